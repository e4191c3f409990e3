"""Writes a report into the history, and takes old runs out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from msgcheck.history import tables
from msgcheck.model import CallReport, CategoryGuess, Document, Finding, PageReport, Report
from msgcheck.model.history import Origin

_Row = dict[str, Any]
#: So many category nouns of a page are kept; the first stand highest.
_NOUNS = 12


def record(connection: Connection, report: Report, origin: Origin) -> int:
    """Write all of a report in the open transaction, and give the number of the run."""
    run: int = connection.execute(
        insert(tables.runs).values(_run(report, origin)).returning(tables.runs.c.id)
    ).scalar_one()
    texts = [_copy(page.document) for page in report.pages]
    kept = (*texts, *(page.opening for page in report.pages))
    _add_new(connection, tables.copies, ({"digest": _digest(text), "text": text} for text in kept))
    _write(connection, tables.pages, run, (_page(page, text) for page, text in zip(report.pages, texts, strict=True)))
    _write(connection, tables.coverage, run, (row for page in report.pages for row in _coverage(page)))
    _write_findings(connection, run, report.findings)
    _write(connection, tables.calls, run, map(_call, report.calls))
    _write(connection, tables.moments, run, (row for call in report.calls for row in _moments(call)))
    _write(connection, tables.beliefs, run, _beliefs(report))
    return run


def prune(connection: Connection, before: str) -> int:
    """Take out the runs that started before a time; how many those were."""
    return _delete(connection, tables.runs.c.started < before)


def forget(connection: Connection, started: str, commit: str) -> None:
    """Take out the runs of a commit that started at that time, and let nobody else record one until this is done."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE runs IN SHARE ROW EXCLUSIVE MODE")
    _delete(connection, and_(tables.runs.c.started == started, tables.runs.c.commit == commit))


def _delete(connection: Connection, runs: ColumnElement[bool]) -> int:
    """Take out some runs, and what no other run holds; how many runs those were."""
    gone = connection.execute(delete(tables.runs).where(runs)).rowcount
    held = select(tables.pages.c.copy).union(select(tables.pages.c.opening).where(tables.pages.c.opening.is_not(None)))
    connection.execute(delete(tables.copies).where(tables.copies.c.digest.not_in(held)))
    seen = select(tables.sightings.c.fingerprint)
    connection.execute(delete(tables.findings).where(tables.findings.c.fingerprint.not_in(seen)))
    return gone


def _write(connection: Connection, table: Table, run: int, rows: Iterable[_Row]) -> None:
    if placed := [{"run": run, "place": place, **_storable(row)} for place, row in enumerate(rows)]:
        connection.execute(insert(table), placed)


def _add_new(connection: Connection, table: Table, rows: Iterable[_Row]) -> None:
    """Insert the rows whose key is not there yet."""
    key = [column.name for column in table.primary_key]
    unique = list({tuple(row[name] for name in key): _storable(row) for row in rows}.values())
    if not unique:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=key), unique)


def _write_findings(connection: Connection, run: int, findings: Sequence[Finding]) -> None:
    _add_new(connection, tables.findings, map(_known, findings))
    _write(connection, tables.sightings, run, map(_sighting, findings))


def _storable(row: _Row) -> _Row:
    """Without what databases cannot hold: halves of characters, and the character zero."""
    return {name: _readable(value) if isinstance(value, str) else value for name, value in row.items()}


def _readable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "�")


def _run(report: Report, origin: Origin) -> _Row:
    counts: Mapping[Any, int] = report.summary.findings
    return {
        "started": report.run.started,
        "commit": origin.commit,
        "config": origin.config,
        "positioning": origin.positioning,
        "version": report.tool.version,
        "encoder": report.tool.encoder,
        "nlp": report.tool.nlp,
        "pages": report.summary.pages,
        "calls": report.summary.calls,
        "words": report.summary.words,
        "confusion": report.summary.confusion,
        "errors": counts.get("error", 0),
        "warnings": counts.get("warning", 0),
        "notes": counts.get("note", 0),
        "complete": not report.faults,
        "distance": report.summary.distance,
        "spread": report.summary.spread,
        "rep_distance": report.summary.rep_distance,
    }


def _copy(document: Document) -> str:
    """What a reader sees of a page, a block a line."""
    return "\n".join(" ".join(block.text.split()) for _, block in document.copy())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _page(page: PageReport, text: str) -> _Row:
    guess = page.category_guess[0] if page.category_guess else CategoryGuess("", 0.0)
    noun = page.category_noun
    return {
        "key": page.document.key,
        "source": page.document.source,
        "title": page.document.title,
        "copy": _digest(text),
        "words": page.words,
        "confusion": page.confusion,
        "what": page.clarity.what,
        "who": page.clarity.who,
        "why": page.clarity.why,
        "jargon": page.metrics.jargon_per_100_words,
        "vague": page.metrics.vague_share,
        "alignment": page.metrics.alignment,
        "grade": page.metrics.reading_grade,
        "category": guess.category,
        "category_score": guess.score,
        "nouns": list(dict.fromkeys(_readable(noun.text) for noun in page.category_nouns))[:_NOUNS],
        "opening": _digest(page.opening),
        "distance": page.metrics.distance,
        "noun": noun.text if noun else "",
        "match": noun.match if noun else "",
    }


def _coverage(page: PageReport) -> Iterable[_Row]:
    return (
        {
            "page": page.document.key,
            "message": message.id,
            "status": message.status,
            "score": message.score,
            "quote": message.quote,
        }
        for message in page.messages
    )


def _known(finding: Finding) -> _Row:
    place = finding.primary
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "document": place.document,
        "quote": place.quote,
    }


def _sighting(finding: Finding) -> _Row:
    return {
        "fingerprint": finding.fingerprint,
        "severity": finding.severity,
        "line": finding.primary.line,
        "message": finding.message,
        "silenced": finding.suppressed,
    }


def _call(call: CallReport) -> _Row:
    return {
        "key": call.call.key,
        "date": call.call.date,
        "turns": len(call.call.turns),
        "duration_s": call.call.duration_s,
        "clarifying_s": call.clarifying_s,
        "rep_distance": call.rep_distance,
    }


def _moments(call: CallReport) -> Iterable[_Row]:
    return (
        {
            "call": call.call.key,
            "turn": moment.turn,
            "kind": moment.kind,
            "quote": moment.quote,
            "about": moment.about,
            "category": moment.perceived_category,
            "term": moment.term,
            "confidence": moment.confidence,
        }
        for moment in call.moments
    )


def _beliefs(report: Report) -> Iterable[_Row]:
    return (
        {
            "label": belief.label,
            "moments": belief.count,
            "calls": len(belief.calls),
            "quotes": list(map(_readable, belief.quotes)),
            "page": belief.suspects[0].page if belief.suspects else "",
            "sentence": belief.suspects[0].quote if belief.suspects else "",
        }
        for belief in report.misconceptions
    )
