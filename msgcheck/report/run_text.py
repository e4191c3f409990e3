"""One run of the history as plain text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgcheck.model.history import RunRow, Snapshot
from msgcheck.report.drift import wording
from msgcheck.report.plain import plain
from msgcheck.report.wording import counted


def render(snapshot: Snapshot) -> str:
    return "\n".join(_lines(snapshot)) + "\n"


def _lines(snapshot: Snapshot) -> Iterator[str]:
    yield from _head(snapshot.run)
    yield from _pages(snapshot)
    yield from _messages(snapshot)
    if snapshot.findings:
        yield ""
        yield "Findings:"
        rules = Counter(row.rule for row in snapshot.findings if not row.silenced)
        yield from (f"{count:>6}  {rule}" for rule, count in rules.most_common())
    if snapshot.beliefs:
        yield ""
        yield "What prospects believed:"
    for belief in snapshot.beliefs:
        yield f"  {plain(belief.label)}: {counted(belief.moments, 'moment')} on {counted(belief.calls, 'call')}"


def _head(run: RunRow) -> Iterator[str]:
    said = wording.run(run)
    yield f"{said[0].upper()}{said[1:]}, by msgcheck {run.version}" + ("" if run.complete else "; incomplete")
    read = ", ".join((counted(run.pages, "page"), counted(run.calls, "call"), counted(run.words, "word")))
    found = ", ".join((counted(run.errors, "error"), counted(run.warnings, "warning"), counted(run.notes, "note")))
    yield f"{read}; confusion {run.confusion:.2f}; {found}"


def _pages(snapshot: Snapshot) -> Iterator[str]:
    """The page at the end of its line, for names are as long as they like."""
    if not snapshot.pages:
        return
    yield ""
    yield "Confusion  jargon in 100 words  vague claims  errors  warnings  page"
    counts = Counter((row.document, row.severity) for row in snapshot.findings if not row.silenced)
    for page in snapshot.pages:
        errors, warnings = counts[page.key, "error"], counts[page.key, "warning"]
        scores = f"{page.confusion:>9.2f}  {page.jargon:>19.1f}  {page.vague:>12.0%}"
        yield f"{scores}  {errors:>6}  {warnings:>8}  {plain(page.key)}"


def _messages(snapshot: Snapshot) -> Iterator[str]:
    counts = Counter((row.message, row.status) for row in snapshot.coverage)
    names = dict.fromkeys(row.message for row in snapshot.coverage)
    if names:
        yield ""
        yield "Pages on which each agreed message is covered, said in part, missing:"
    for name in names:
        numbers = (f"{counts[name, status]:>4}" for status in ("covered", "partial", "missing"))
        yield f"{''.join(numbers)}  {plain(name)}"
