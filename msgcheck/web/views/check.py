"""Check a page: paste, upload or name it, watch the work, read the copy with its notes."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from msgcheck.model import Report
from msgcheck.report.html import contents
from msgcheck.web.intake import PastedKind, at_url, pasted, uploaded
from msgcheck.web.services import IdentityDep, ServicesDep
from msgcheck.web.task import Task
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/check")
async def form(request: Request, shared: ServicesDep) -> Response:
    return page(request, "check.html.j2", agreed=await shared.agreed())


@router.post("/check")
async def begin(
    shared: ServicesDep,
    who: IdentityDep,
    text: Annotated[str, Form()] = "",
    kind: Annotated[PastedKind, Form()] = "markdown",
    url: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """Take the file, else the address, else what was pasted."""
    job = await shared.submit(await _task(text, kind, url, file), who)
    return RedirectResponse(f"/check/{job.id}", 303)


@router.get("/check/{id}")
async def result(request: Request, id: str, shared: ServicesDep) -> Response:
    job = shared.job(id)
    if job.result is None:
        return page(request, "progress.html.j2", job=job)
    return await asyncio.to_thread(_shown, request, job.result.shown, id)


@router.post("/check/{id}/cancel")
async def cancel(id: str, shared: ServicesDep, who: IdentityDep) -> Response:
    shared.jobs.cancel(shared.job(id))
    await shared.note("cancel", who, job=id)
    return RedirectResponse(f"/check/{id}", 303)


async def _task(text: str, kind: PastedKind, url: str, file: UploadFile | None) -> Task:
    if file is not None and file.filename:
        return uploaded([(file.filename, await file.read())])
    return at_url(url) if url.strip() else pasted(text, kind)


def _shown(request: Request, report: Report, id: str) -> Response:
    return page(request, "result.html.j2", id=id, **contents(report))
