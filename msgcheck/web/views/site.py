"""The whole site: its pages by confusion, what they say of the messages, and a fresh check of them."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from msgcheck.history import History, database_url
from msgcheck.model.history import Snapshot
from msgcheck.projects import Project
from msgcheck.report.html import contents
from msgcheck.report.html.pages import Anchors
from msgcheck.web.results import Result
from msgcheck.web.services import IdentityDep, ServicesDep, services
from msgcheck.web.sites import COLUMNS, SiteRow, in_order, rows_of_report, rows_of_snapshot
from msgcheck.web.task import Task
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)
_WORST = "confusion"


@router.get("/site")
async def last(request: Request, shared: ServicesDep, sort: str = _WORST) -> Response:
    """The last check of the site that is held, else the last run of the history, else how to begin."""
    if shared.jobs.get(shared.site_check) is not None:
        return RedirectResponse(f"/site/{shared.site_check}", 303)
    project = await shared.project()
    return await asyncio.to_thread(_from_history, request, project, sort)


@router.post("/site")
async def begin(shared: ServicesDep, who: IdentityDep) -> Response:
    """Check the pages that the configuration names, with the project's calls."""
    job = await shared.submit(Task(site=True), who)
    shared.site_check = job.id
    return RedirectResponse(f"/site/{job.id}", 303)


@router.get("/site/{id}")
async def result(request: Request, id: str, shared: ServicesDep, sort: str = _WORST) -> Response:
    job = shared.job(id)
    if job.result is None:
        return page(request, "progress.html.j2", job=job, at=request.url.path)
    return await asyncio.to_thread(_from_check, request, job.result, id, sort)


def _from_check(request: Request, result: Result, id: str, sort: str) -> Response:
    report = result.shown
    anchors = Anchors.of(report, f"/site/{id}/pages/{{}}", f"/calls/{id}")
    values = contents(report, anchors) | _table(rows_of_report(report, anchors), sort)
    minutes = services(request).settings.limits.result_minutes
    return page(request, "site.html.j2", id=id, run=None, minutes=minutes, can_check=True, **values)


def _from_history(request: Request, project: Project, sort: str) -> Response:
    kept = _last_run(project)
    values: dict[str, Any] = {
        "id": "",
        "run": kept.run if kept else None,
        "positioning": project.agreed,
        "anchors": Anchors({}, {}),
        "can_check": bool(project.config.pages.include),
        **_table(rows_of_snapshot(kept) if kept else [], sort),
    }
    return page(request, "site.html.j2", **values)


def _table(rows: list[SiteRow], sort: str) -> dict[str, Any]:
    """Both the table and the map of the messages follow the chosen order."""
    return {"pages": in_order(rows, sort), "columns": COLUMNS, "sort": sort}


def _last_run(project: Project) -> Snapshot | None:
    config = project.config
    history = History(database_url(config.history.url, config.folder))
    runs = history.runs() if history.exists() else ()
    return history.snapshot(runs[-1].id) if runs else None
