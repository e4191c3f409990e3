"""A check that goes on: how far it is, its events, its report in every format, its end."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from msgcheck.web.api.shapes import JobAnswer, JobId, refusals
from msgcheck.web.errors import AnswerError
from msgcheck.web.events import described, stream
from msgcheck.web.results import EXPORTS
from msgcheck.web.services import IdentityDep, ServicesDep

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
ExportFormat = Literal["json", "html", "markdown"]
_SUFFIX = {"json": "json", "html": "html", "markdown": "md"}
_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": {kind: {"schema": {}} for kind in EXPORTS.values()}}
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The events.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@router.get("/{id}", responses=refusals(404))
async def job(id: JobId, shared: ServicesDep) -> JobAnswer:
    """How far a check is."""
    return JobAnswer.model_validate(described(shared.job(id)))


@router.delete("/{id}", responses=refusals(404))
async def cancel(id: JobId, shared: ServicesDep, who: IdentityDep) -> JobAnswer:
    """Stop a check; its work ends at once. One that has ended stays as it is."""
    found = shared.job(id)
    if not found.ended:
        shared.jobs.cancel(found)
        await shared.note("cancel", who, job=id)
    return JobAnswer.model_validate(described(found))


@router.get("/{id}/events", response_class=StreamingResponse, responses=_EVENTS | refusals(404, 503))
async def events(id: JobId, shared: ServicesDep) -> StreamingResponse:
    """Server-sent events: `progress`, then `done`, `failed` or `cancelled`, each with the job as its data."""
    found = shared.job(id)
    if shared.streams >= shared.settings.limits.streams:
        raise AnswerError(503, "Too many watch checks already.", "Ask for the job itself instead.", retry_after=5)
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(stream(found, shared), media_type="text/event-stream", headers=headers)


@router.get("/{id}/report", response_class=Response, responses=_EXPORTED | refusals(404, 409))
async def report(
    id: JobId, shared: ServicesDep, who: IdentityDep, format: Annotated[ExportFormat, Query()] = "json"
) -> Response:
    """The report of a check that is done, to keep or to send on."""
    found = shared.job(id)
    if found.result is None:
        raise AnswerError(
            409, f"The check is {found.progress.state}: there is no report.", "Watch it until it is done."
        )
    content = await asyncio.to_thread(found.result.rendered, format)
    await shared.note("export", who, job=id, format=format)
    name = f"msgcheck.{_SUFFIX[format]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(content, media_type=EXPORTS[format], headers=headers)
