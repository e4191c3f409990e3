"""Check copy: wait for the report, or get a job to watch."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, Response, UploadFile

from msgcheck.web.api.shapes import CheckRequest, JobAnswer, refusals
from msgcheck.web.errors import AnswerError
from msgcheck.web.events import described
from msgcheck.web.intake import UploadKind, uploaded
from msgcheck.web.job import Job
from msgcheck.web.security.identity import Identity
from msgcheck.web.services import IdentityDep, Services, ServicesDep
from msgcheck.web.task import Task

router = APIRouter(prefix="/api/v1", tags=["checks"])
Files = Annotated[list[UploadFile], File(description="Pages (HTML, Markdown, DOCX, …) or calls.")]
Kind = Annotated[UploadKind, Query(description="What the files are; `auto` goes by their type.")]
_REPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.post("/check", responses=_REPORT | refusals(503, 504))
async def check(request: Request, body: CheckRequest, shared: ServicesDep, who: IdentityDep) -> Response:
    """Check copy and wait for the report (the JSON of `msgcheck check --format json`)."""
    return await _report(request, body.task(), shared, who)


@router.post("/check/files", responses=_REPORT | refusals(503, 504))
async def check_files(
    request: Request, files: Files, shared: ServicesDep, who: IdentityDep, kind: Kind = "auto"
) -> Response:
    """Check files and wait for the report."""
    return await _report(request, await read(files, kind), shared, who)


@router.post("/jobs", status_code=202, responses=refusals(503))
async def begin(body: CheckRequest, shared: ServicesDep, who: IdentityDep) -> JobAnswer:
    """Begin a check, to be watched at `/jobs/{id}` or `/jobs/{id}/events`."""
    return JobAnswer.model_validate(described(await shared.submit(body.task(), who)))


@router.post("/jobs/files", status_code=202, responses=refusals(503))
async def begin_files(files: Files, shared: ServicesDep, who: IdentityDep, kind: Kind = "auto") -> JobAnswer:
    """Begin a check of files."""
    return JobAnswer.model_validate(described(await shared.submit(await read(files, kind), who)))


async def read(files: list[UploadFile], kind: UploadKind) -> Task:
    """Uploaded files as a task."""
    return uploaded([(file.filename or "", await file.read()) for file in files], kind)


async def _report(request: Request, task: Task, shared: Services, who: Identity) -> Response:
    job = await shared.submit(task, who)
    await _attended(request, job, shared)
    if job.result is None:
        problem = job.failure
        raise AnswerError(422 if problem else 503, *((problem.message, problem.hint) if problem else ("Cancelled.",)))
    content = await asyncio.to_thread(job.result.rendered, "json")
    return Response(content, media_type="application/json", headers={"X-Msgcheck-Job": job.id})


async def _attended(request: Request, job: Job, shared: Services) -> None:
    """Wait for a job while its client does; nobody else knows of it, so it ends with its client."""
    waiting = asyncio.ensure_future(job.wait())
    while not waiting.done():
        await asyncio.wait([waiting], timeout=1.0)
        if not waiting.done() and await request.is_disconnected():
            shared.jobs.cancel(job)
