"""What is said on calls: upload transcripts and notes, or read the project's, and see what prospects believe."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from msgcheck.model import Report
from msgcheck.report.html import contents
from msgcheck.report.html.headline import heard
from msgcheck.report.html.pages import Anchors
from msgcheck.web.errors import AnswerError
from msgcheck.web.intake import uploaded
from msgcheck.web.services import IdentityDep, ServicesDep, services
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)
_NOBODY = "Nobody took it for something else."


@router.get("/calls")
async def form(request: Request, shared: ServicesDep) -> Response:
    return await _form(request, None)


@router.post("/calls")
async def begin(
    request: Request, shared: ServicesDep, who: IdentityDep, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Read the files against the pages of the site, on which the sentence may stand that made a belief."""
    given = [(file.filename or "", await file.read()) for file in files if file.filename]
    try:
        if not given:
            raise AnswerError(422, "No file came along.", "Choose transcripts or notes of calls.")
        task = uploaded(given, "call")
        project = await shared.project()
        job = await shared.submit(replace(task, site=bool(project.config.pages.include)), who)
    except AnswerError as error:
        return await _form(request, error)
    return RedirectResponse(f"/calls/{job.id}", 303)


@router.get("/calls/{id}")
async def result(request: Request, id: str, shared: ServicesDep) -> Response:
    job = shared.job(id)
    if job.result is None:
        return page(request, "progress.html.j2", job=job, at=request.url.path)
    return await asyncio.to_thread(lambda found: _shown(request, found.shown, id), job.result)


async def _form(request: Request, problem: AnswerError | None) -> Response:
    shared = services(request)
    project = await shared.project()
    last = shared.jobs.get(shared.site_check)
    return page(
        request,
        "calls_form.html.j2",
        problem.status if problem else 200,
        problem=problem,
        ours=len(project.calls),
        pages=bool(project.config.pages.include),
        last=last.id if last and last.result else "",
    )


def _shown(request: Request, report: Report, id: str) -> Response:
    anchors = Anchors.of(report, f"/site/{id}/pages/{{}}")
    product = report.positioning.product if report.positioning else ""
    told = heard(report.misconceptions[0], product) if report.misconceptions else ""
    values = contents(report, anchors) | {"headline": f"{told[0].upper()}{told[1:]}." if told else _NOBODY}
    minutes = services(request).settings.limits.result_minutes
    return page(request, "calls_result.html.j2", id=id, minutes=minutes, **values)
