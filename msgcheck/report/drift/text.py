"""The drift as plain text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgcheck.model.drift import CopyChange, Drift, PageDrift
from msgcheck.model.history import FindingRow
from msgcheck.report.drift import alerts, wording
from msgcheck.report.drift.names import Names
from msgcheck.report.drift.reasons import facts, is_told, reasons
from msgcheck.report.plain import plain, shorten
from msgcheck.report.wording import counted

#: So many alerts, pages of a kind, changes of a page, sentences of a change, findings of a kind and runs are shown.
_ALERTS, _PAGES, _CHANGES, _SENTENCES, _FINDINGS, _RUNS = 10, 10, 6, 4, 10, 12
_WIDTH = 110


def render(drift: Drift) -> str:
    return "\n".join(_lines(drift)) + "\n"


def _lines(drift: Drift) -> Iterator[str]:
    yield plain(wording.headline(drift))
    if drift.alerts:
        yield f"{alerts.title(drift)}:"
        yield from (f"  {plain(alerts.sentence(alert))}" for alert in drift.alerts[:_ALERTS])
        yield from _more(drift.alerts, _ALERTS, "limit", "  ")
    yield f"From {wording.run(drift.before)} to {wording.run(drift.after)}. {wording.behind(drift)}"
    yield from map(plain, wording.together(drift))
    names = Names.of([page.key for page in drift.pages], drift.agreed)
    moved = [page for page in drift.pages if is_told(page)]
    for page in moved[:_PAGES]:
        yield ""
        yield from _page(page, drift, names)
    yield from _more(moved, _PAGES, "page")
    added, removed = ([page for page in drift.pages if page.state == state] for state in ("added", "removed"))
    yield from _once("New pages:", added, drift.new)
    yield from _once("Pages that are gone:", removed, drift.fixed)
    yield ""
    yield f"Findings: {wording.tally(drift)}."
    yield from _findings("new", drift.new, added)
    yield from _findings("gone", drift.fixed, removed)
    yield from _beliefs(drift)
    yield from _over_time(drift)


def _more(items: Sequence[object], shown: int, noun: str, indent: str = "") -> Iterator[str]:
    if len(items) > shown:
        yield f"{indent}… and {counted(len(items) - shown, noun)} more"


def _once(title: str, pages: Sequence[PageDrift], findings: Sequence[FindingRow]) -> Iterator[str]:
    """Pages that only one of the runs saw, with how many findings are on each."""
    if not pages:
        return
    yield ""
    yield title
    counts = Counter(finding.document for finding in findings)
    for page in pages[:_PAGES]:
        figures = f"confusion {wording.moved(page.confusion)}, {counted(counts[page.key], 'finding')}"
        yield f"  {plain(page.key)}: {figures}"
    yield from _more(pages, _PAGES, "page", "  ")


def _page(page: PageDrift, drift: Drift, names: Names) -> Iterator[str]:
    yield plain(page.key) + (f"  ({plain(state)})" if (state := wording.state(page)) else "")
    figures = f"confusion {wording.moved(page.confusion)}   jargon {wording.moved(page.jargon, 1)} a 100 words"
    distance = wording.moved(page.distance)
    yield f"  {figures}" + (f"   {distance} from the positioning" if distance else "")
    for fact in facts(page, drift):
        yield f"  {plain(fact)}"
    for message in page.messages:
        yield f"  message {plain(message.message)}: {message.before or 'not asked'} → {message.after or 'not asked'}"
    for change in page.changes[:_CHANGES]:
        yield from _change(change, page, names)
    yield from _more(page.changes, _CHANGES, "change", "  ")


def _change(change: CopyChange, page: PageDrift, names: Names) -> Iterator[str]:
    for mark, sentences in (("-", change.gone), ("+", change.new)):
        for sentence in sentences[:_SENTENCES]:
            yield f"  {mark} {shorten(plain(sentence), _WIDTH)}"
        yield from _more(sentences, _SENTENCES, "sentence", f"  {mark} ")
    for reason in reasons(change, page, names):
        yield f"      {shorten(plain(reason), _WIDTH)}"


def _findings(kind: str, findings: Sequence[FindingRow], counted_already: Sequence[PageDrift]) -> Iterator[str]:
    """Those on pages that both runs saw."""
    without = {page.key for page in counted_already}
    findings = [finding for finding in findings if finding.document not in without]
    for finding in findings[:_FINDINGS]:
        place = plain(finding.document) + (f":{finding.line}" if finding.line else "")
        yield f"  {kind:<5}{finding.severity:<8} {place} {finding.rule}: {shorten(plain(finding.message), _WIDTH)}"
    yield from _more(findings, _FINDINGS, "finding", f"  {kind:<5}")


def _beliefs(drift: Drift) -> Iterator[str]:
    if drift.beliefs:
        yield ""
        yield "What prospects believed, on how many calls:"
    for belief in drift.beliefs:
        yield f"  {plain(belief.label)}: {belief.before} → {belief.after}"
    if clearing := wording.moved(drift.clarifying, 1):
        yield f"  Minutes of call time that went into clearing up: {clearing}"


def _over_time(drift: Drift) -> Iterator[str]:
    rows = wording.over_time(drift)[-_RUNS:]
    if len(rows) < 2:
        return
    head = wording.OVER_TIME
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    yield ""
    for cells in (head, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
