"""The report's stylesheet, which the app shares."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from msgcheck.report.html import stylesheet

router = APIRouter(include_in_schema=False)


@router.get("/static/report.css")
async def report_style() -> Response:
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})
