"""Whether the server is well, and what it counts; for those who run it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from msgcheck.web.services import ServicesDep

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def health(shared: ServicesDep) -> JSONResponse:
    """Says 503 while it takes nothing on: it is shutting down."""
    closing = shared.jobs.closing
    return JSONResponse({"status": "closing" if closing else "ok"}, 503 if closing else 200)


@router.get("/metrics")
async def metrics(shared: ServicesDep) -> Response:
    shared.metrics.waiting.set(shared.jobs.waiting)
    shared.metrics.running.set(shared.jobs.running)
    return Response(shared.metrics.text(), media_type=CONTENT_TYPE_LATEST)
