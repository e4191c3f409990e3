"""How measures went from run to run, and calls from week to week, up to a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from msgcheck.history import reading, tables
from msgcheck.model.history import RunRow
from msgcheck.model.timeline import AGREED, CallWeek, Cause, NounCourse, PageCourse, PagePoint, SitePoint, Timeline

#: More runs than these cannot be told apart in a picture; then the last run of each day, week or month stands for it.
_MOST_RUNS = 60
#: More nouns than these are those of single pages.
_MOST_NOUNS = 12


def timeline(connection: Connection, first: int, last: int) -> Timeline:
    """All that led to the later of two runs that are compared; both are always among the points."""
    known = reading.runs(connection)
    until = max((place for place, run in enumerate(known, 1) if run.id in (first, last)), default=len(known))
    runs = _thinned([run for run in known[:until] if run.pages], {first, last})
    rows = _page_rows(connection, [run.id for run in runs])
    shared = {row.key for number in (first, last) for row in rows[number]}
    runs = [run for run in runs if shared & {row.key for row in rows[run.id]}]
    return Timeline(
        site=tuple(_site(run, rows[run.id], marks) for run, marks in zip(runs, _marks(runs), strict=True)),
        pages=_pages(runs, rows),
        nouns=_nouns(runs, rows),
        **_calls(connection, known[until - 1]),
    )


def changed(before: RunRow, after: RunRow) -> tuple[Cause, ...]:
    """What else than the copy differs between two runs."""
    told: tuple[tuple[Cause, bool], ...] = (
        ("version", before.version != after.version),
        ("model", (before.encoder, before.nlp) != (after.encoder, after.nlp)),
        ("positioning", before.origin.positioning != after.origin.positioning),
        ("configuration", before.origin.config != after.origin.config),
    )
    return tuple(cause for cause, happened in told if happened)


def _thinned(runs: Sequence[RunRow], kept: set[int]) -> list[RunRow]:
    """All runs, or the last of each day, week or month, whichever first is few enough."""
    periods: tuple[Callable[[date], object], ...] = (
        lambda day: day,
        lambda day: day.isocalendar()[:2],
        lambda day: (day.year, day.month),
    )
    few = list(runs)
    for period in periods:
        if len(few) <= _MOST_RUNS:
            break
        last = {period(_day(run)): run.id for run in runs}
        few = [run for run in runs if run.id in kept or last[period(_day(run))] == run.id]
    return few


def _day(run: RunRow) -> date:
    return date.fromisoformat(run.started[:10])


_Rows = Mapping[int, list[Any]]


def _page_rows(connection: Connection, runs: Sequence[int]) -> _Rows:
    pages = tables.pages.c
    asked = (
        select(
            pages.run, pages.key, pages.words, pages.confusion, pages.jargon, pages.vague, pages.distance, pages.noun,
            pages.match,
        )
        .where(pages.run.in_(runs))
        .order_by(pages.run, pages.key)
    )  # fmt: skip
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(asked):
        rows[row.run].append(row)
    return rows


def _marks(runs: Sequence[RunRow]) -> list[tuple[Cause, ...]]:
    """For each run, what else than the copy is new in it."""
    return [(), *(changed(earlier, later) for earlier, later in pairwise(runs))][: len(runs)]


def _site(run: RunRow, pages: Sequence[Any], marks: tuple[Cause, ...]) -> SitePoint:
    words = sum(page.words for page in pages) or 1
    return SitePoint(
        run=run.id,
        day=run.started[:10],
        confusion=run.confusion,
        jargon=round(sum(page.jargon * page.words for page in pages) / words, 3),
        vague=round(sum(page.vague * page.words for page in pages) / words, 3),
        distance=run.distance,
        spread=run.spread,
        rep_distance=run.rep_distance,
        named=sum(bool(page.noun) for page in pages),
        agreed=sum(page.match in AGREED for page in pages),
        marks=marks,
    )


def _pages(runs: Sequence[RunRow], rows: _Rows) -> tuple[PageCourse, ...]:
    courses: dict[str, list[PagePoint]] = defaultdict(list)
    for run in runs:
        for row in rows[run.id]:
            values = {name: value for name, value in row._mapping.items() if name not in ("key", "words")}
            courses[row.key].append(PagePoint(day=run.started[:10], **values))
    return tuple(PageCourse(key, tuple(points)) for key, points in sorted(courses.items()))


def _nouns(runs: Sequence[RunRow], rows: _Rows) -> tuple[NounCourse, ...]:
    """The nouns that most pages used, in any run, the most used first."""
    counted = [Counter((row.noun.lower(), row.match) for row in rows[run.id] if row.noun) for run in runs]
    total = sum(counted, Counter[tuple[str, str]]())
    ranked = sorted(total, key=lambda noun: (-total[noun], noun))[:_MOST_NOUNS]
    return tuple(NounCourse(*noun, tuple(count[noun] for count in counted)) for noun in ranked)


def _calls(connection: Connection, last: RunRow) -> dict[str, Any]:
    """Every call once, as the last run up to `last` saw it, by week."""
    calls, moments, known = tables.calls, tables.moments, tables.runs.c
    until = or_(known.started < last.started, and_(known.started == last.started, known.id <= last.id))
    newest = func.row_number().over(partition_by=calls.c.key, order_by=(known.started.desc(), known.id.desc()))
    ranked = select(calls, newest.label("rank")).join(tables.runs).where(until).subquery()
    latest = select(ranked).where(ranked.c.rank == 1).subquery()
    heard: dict[str, list[str]] = defaultdict(list)
    of_call = and_(moments.c.run == latest.c.run, moments.c.call == latest.c.key)
    for row in connection.execute(select(moments.c.call, moments.c.kind).join(latest, of_call)):
        heard[row.call].append(row.kind)
    weeks: dict[date, list[Any]] = defaultdict(list)
    undated = 0
    for row in connection.execute(select(latest).order_by(latest.c.key)):
        if row.date:
            day = date.fromisoformat(row.date)
            weeks[day - timedelta(days=day.weekday())].append(row)
        else:
            undated += 1
    return {"weeks": tuple(_week(start, held, heard) for start, held in sorted(weeks.items())), "undated": undated}


def _week(start: date, calls: Sequence[Any], heard: Mapping[str, Sequence[str]]) -> CallWeek:
    kinds = [kind for call in calls for kind in heard.get(call.key, ())]
    return CallWeek(
        start=start.isoformat(),
        calls=len(calls),
        misconceptions=kinds.count("misconception"),
        moments=len(kinds),
        minutes=round(sum(call.clarifying_s or 0.0 for call in calls) / 60, 1),
        rep_distance=_mean(call.rep_distance for call in calls),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 3) if known else None
