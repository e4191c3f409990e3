"""What changed between two runs of the history, in pictures and sentences."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from msgcheck.config import DriftThresholds
from msgcheck.history import History, compare, crossed, database_url
from msgcheck.model import Positioning
from msgcheck.model.history import RunRow
from msgcheck.projects import Project
from msgcheck.report.drift.html import own_stylesheet, sections
from msgcheck.report.drift.wording import run as run_name
from msgcheck.web.errors import AnswerError
from msgcheck.web.services import ServicesDep
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/drift")
async def drift(request: Request, shared: ServicesDep, first: int = 0, last: int = 0) -> Response:
    """Between the runs `first` and `last`; by default the last two."""
    project = await shared.project()
    return await asyncio.to_thread(_shown, request, project, first, last)


@router.get("/static/drift.css")
async def drift_style() -> Response:
    return Response(own_stylesheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})


def _shown(request: Request, project: Project, first: int, last: int) -> Response:
    config = project.config
    url = database_url(config.history.url, config.folder)
    history = History(url)
    runs = history.runs() if history.exists() else ()
    chosen = _chosen(runs, first, last)
    told = _told(url, chosen, runs, project.agreed, config.drift.thresholds) if chosen else None
    names = [(run.id, run_name(run)) for run in reversed(runs)]
    return page(request, "drift.html.j2", runs=names, chosen=chosen, sections=told)


@lru_cache(maxsize=8)
def _told(
    url: str,
    chosen: tuple[int, int],
    runs: tuple[RunRow, ...],
    agreed: Positioning | None,
    thresholds: DriftThresholds,
) -> Markup:
    """The report, which takes seconds to draw: kept as long as the history holds the same `runs`."""
    history = History(url)
    ends = history.snapshot(chosen[0]), history.snapshot(chosen[1])
    found = compare(*ends, history.timeline(*chosen))
    return sections(replace(found, agreed=agreed, alerts=crossed(*ends, found, thresholds)))


def _chosen(runs: tuple[RunRow, ...], first: int, last: int) -> tuple[int, int] | None:
    """The numbers of two runs, the older one first; None where there are not two."""
    ids = [run.id for run in runs]
    for asked in (first, last):
        if asked and asked not in ids:
            raise AnswerError(404, f"There is no run {asked}.", "Choose one of those in the list.")
    if len(ids) < 2:
        return None
    after = last or next(id for id in reversed(ids) if id != first)
    before = first or ids[max(0, ids.index(after) - 1)]
    if before == after:
        raise AnswerError(422, "That is the same run twice.", "Choose two different ones.")
    return (before, after) if ids.index(before) < ids.index(after) else (after, before)
