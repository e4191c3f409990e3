"""The result of a check: one page with its copy and notes, the list of its pages, or what was said on calls."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from msgcheck.model import PageReport, Report
from msgcheck.report.html.pages import Anchors, page_view
from msgcheck.web.changes import Source
from msgcheck.web.errors import AnswerError
from msgcheck.web.job import Job
from msgcheck.web.results import Result
from msgcheck.web.services import Services, ServicesDep, services
from msgcheck.web.standing import Standing, figures, first_reader, headline, name_of, on_page, told
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)
#: So many changes can be taken back.
_STEPS = 30
#: A longer source is no copy that anybody wants to edit in a text field.
_EDITABLE = 200_000


@dataclass(frozen=True, slots=True)
class Trail:
    """The checks of a copy before its words were changed, the first one first; their ids travel in the address."""

    ids: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Trail:
        return cls(tuple(filter(None, text.split(".")))[-_STEPS:])

    def address(self, id: str) -> str:
        """Of a result with this trail behind it."""
        return f"/check/{id}" + (f"?was={self}" if self.ids else "")

    def after(self, id: str) -> Trail:
        """The trail of what comes after the check `id`."""
        return Trail((*self.ids, id)[-_STEPS:])

    @property
    def back(self) -> str:
        """The address of the check before, or empty."""
        return Trail(self.ids[:-1]).address(self.ids[-1]) if self.ids else ""

    def __str__(self) -> str:
        return ".".join(self.ids)


async def shown(request: Request, job: Job, result: Result, was: str) -> Response:
    """The page of a result, as fits what was checked."""
    report = await asyncio.to_thread(lambda: result.shown)
    if len(report.pages) == 1 and job.source is not None:
        return await asyncio.to_thread(_workbench, request, job, report, Trail.read(was))
    where = "/site" if report.pages else "/calls"
    return RedirectResponse(f"{where}/{job.id}", 303)


@router.get("/site/{id}/pages/{place}")
async def one_page(request: Request, id: str, place: str, shared: ServicesDep) -> Response:
    """One page of several, to read."""
    result = shared.job(id).result
    if result is None:
        return RedirectResponse(f"/site/{id}", 303)
    return await asyncio.to_thread(_page_of_several, request, result, id, place)


def _page_of_several(request: Request, result: Result, id: str, place: str) -> Response:
    report = result.shown
    anchors = Anchors.of(report, f"/site/{id}/pages/{{}}", f"/calls/{id}")
    found = next((item for item in report.pages if anchors.pages[item.document.key] == place), None)
    if found is None:
        raise AnswerError(404, "The check has no such page.", "Look for it in the list of its pages.")
    values = _page_values(report, found, anchors)
    return page(request, "page.html.j2", id=id, back=f"/site/{id}", trail=None, source="", **values)


def _workbench(request: Request, job: Job, report: Report, trail: Trail) -> Response:
    shared, (found,) = services(request), report.pages
    values = _page_values(report, found, Anchors.of(report))
    now, then, before = Standing.of(report, found), _standing(shared, trail.ids[:1]), _standing(shared, trail.ids[-1:])
    values |= {
        "figures": list(figures(now, then)),
        "told": told(now, before) if before else "",
        "offers": {},
        "source": "",
        "minutes": shared.settings.limits.result_minutes,
        "trail": trail,
    }
    source = source_of(job, found)
    if source is not None:
        places = {finding.fingerprint: source.places(finding) for finding in report.findings}
        values["offers"] = {print_: there[0] for print_, there in places.items() if there}
        values["source"] = source.text if len(source.text) <= _EDITABLE else ""
    return page(request, "page.html.j2", id=job.id, back="", **values)


def source_of(job: Job, found: PageReport) -> Source | None:
    """The source of the page, where its words can be replaced in it."""
    if job.source is None or not Source.can_hold(found.document):
        return None
    return Source(job.source, found.document)


def _page_values(report: Report, found: PageReport, anchors: Anchors) -> dict[str, Any]:
    view = page_view(found, on_page(report, found), anchors)
    now = Standing.of(report, found)
    return {
        "report": report,
        "view": view,
        "name": name_of(found),
        "headline": headline(view),
        "replies": list(first_reader(view)),
        "figures": list(figures(now, None)),
        "offers": {},
    }


def _standing(shared: Services, ids: tuple[str, ...]) -> Standing | None:
    """How a page stood in an earlier check, as long as that is held."""
    job = shared.jobs.get(ids[0]) if ids else None
    if job is None or job.result is None or len(job.result.report.pages) != 1:
        return None
    return Standing.of(job.result.report, job.result.report.pages[0])
