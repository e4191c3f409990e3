"""Reads runs back out of the history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select

from msgcheck.errors import HistoryError
from msgcheck.history import tables
from msgcheck.model.history import (
    BeliefRow,
    CallRow,
    CoverageRow,
    FindingRow,
    MomentRow,
    Origin,
    PageRow,
    RunRow,
    Snapshot,
)


def runs(connection: Connection) -> tuple[RunRow, ...]:
    """All runs, in the order of their time, then of their number."""
    asked = select(tables.runs).order_by(tables.runs.c.started, tables.runs.c.id)
    return tuple(_run(row) for row in connection.execute(asked))


def snapshot(connection: Connection, number: int) -> Snapshot:
    """All of one run. Raises HistoryError where there is none of that number."""
    row = connection.execute(select(tables.runs).where(tables.runs.c.id == number)).one_or_none()
    if row is None:
        raise HistoryError(
            f"There is no run {number} in the history.", "`msgcheck history list` shows those there are."
        )
    return Snapshot(
        run=_run(row),
        pages=_pages(connection, number),
        coverage=tuple(CoverageRow(**_plain(row)) for row in _rows(connection, tables.coverage, number)),
        findings=_findings(connection, number),
        calls=tuple(CallRow(**_plain(row)) for row in _rows(connection, tables.calls, number)),
        moments=tuple(MomentRow(**_plain(row)) for row in _rows(connection, tables.moments, number)),
        beliefs=tuple(
            BeliefRow(**{**_plain(row), "quotes": tuple(row.quotes)})
            for row in _rows(connection, tables.beliefs, number)
        ),
    )


def _run(row: Row[Any]) -> RunRow:
    given = dict(row._mapping)
    origin = Origin(given.pop("commit"), given.pop("config"), given.pop("positioning"))
    return RunRow(origin=origin, **given)


def _of(table: Table, number: int) -> Select[Any]:
    return select(table).where(table.c.run == number).order_by(table.c.place)


def _rows(connection: Connection, table: Table, number: int) -> list[Row[Any]]:
    return list(connection.execute(_of(table, number)))


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in ("run", "place")}


def _pages(connection: Connection, number: int) -> tuple[PageRow, ...]:
    pages, copies, openings = tables.pages, tables.copies, tables.copies.alias()
    asked = (
        _of(pages, number)
        .add_columns(copies.c.text, openings.c.text.label("first_words"))
        .join(copies, copies.c.digest == pages.c.copy)
        .outerjoin(openings, openings.c.digest == pages.c.opening)
    )
    return tuple(_page(dict(row._mapping)) for row in connection.execute(asked))


def _page(given: dict[str, Any]) -> PageRow:
    copy, opening, nouns = given.pop("text"), given.pop("first_words") or "", tuple(given.pop("nouns"))
    kept = {name: value for name, value in given.items() if name not in ("run", "place", "copy", "opening")}
    return PageRow(copy=copy, opening=opening, nouns=nouns, **kept)


def _findings(connection: Connection, number: int) -> tuple[FindingRow, ...]:
    seen, known = tables.sightings, tables.findings
    started, sighting = tables.runs.c.started, seen.alias()
    span = (
        select(sighting.c.fingerprint, func.min(started).label("first"), func.max(started).label("last"))
        .join(tables.runs)
        .where(sighting.c.fingerprint.in_(select(seen.c.fingerprint).where(seen.c.run == number)))
        .group_by(sighting.c.fingerprint)
        .subquery()
    )
    asked = (
        select(
            known.c.fingerprint, known.c.rule, seen.c.severity, known.c.document, seen.c.line, known.c.quote,
            seen.c.message, seen.c.silenced, span.c.first, span.c.last,
        )
        .select_from(seen)
        .join(known)
        .join(span, span.c.fingerprint == seen.c.fingerprint)
        .where(seen.c.run == number)
        .order_by(seen.c.place)
    )  # fmt: skip
    return tuple(FindingRow(**row._mapping) for row in connection.execute(asked))
