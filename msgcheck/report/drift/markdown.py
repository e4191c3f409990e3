"""The drift as Markdown: for a comment, a wiki page or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgcheck.model.drift import CopyChange, Drift, PageDrift
from msgcheck.model.history import FindingRow
from msgcheck.report.drift import alerts, wording
from msgcheck.report.drift.names import Names
from msgcheck.report.drift.reasons import facts, reasons
from msgcheck.report.markdown_text import code, escape

_PAGES = ("Page", "Confusion", "Jargon a 100 words", "From the positioning", "Reads as", "")
_CHANGES = ("Before", "Now", "What it did")


def render(drift: Drift) -> str:
    return "\n".join(_lines(drift)) + "\n"


def _lines(drift: Drift) -> Iterator[str]:
    yield f"## {escape(wording.headline(drift))}"
    yield ""
    if drift.alerts:
        yield f"**{alerts.title(drift)}**"
        yield ""
        yield from (f"- {escape(alerts.sentence(alert))}" for alert in drift.alerts)
        yield ""
    yield escape(f"From {wording.run(drift.before)} to {wording.run(drift.after)}. {wording.behind(drift)}")
    yield ""
    for line in wording.together(drift):
        yield f"- {escape(line)}"
    yield ""
    yield from _table(_PAGES, [_row(page) for page in drift.pages])
    names = Names.of([page.key for page in drift.pages], drift.agreed)
    for page in drift.pages:
        if page.state in ("kept", "renamed") and (page.gone or page.new or page.messages):
            yield from _page(page, drift, names)
    yield f"### Findings: {wording.tally(drift)}"
    yield ""
    yield from _findings("new", drift.new)
    yield from _findings("gone", drift.fixed)
    yield from _beliefs(drift)
    if len(rows := wording.over_time(drift)) > 1:
        yield "### Over time"
        yield ""
        yield from _table(wording.OVER_TIME, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _row(page: PageDrift) -> tuple[str, ...]:
    category = page.category_after if page.sure else ""
    if page.sure and page.category_before and page.category_before != page.category_after:
        category = f"{page.category_before} → {page.category_after}"
    figures = (wording.moved(page.confusion), wording.moved(page.jargon, 1), wording.moved(page.distance))
    return (code(page.key), *figures, escape(category), escape(wording.state(page)))


def _page(page: PageDrift, drift: Drift, names: Names) -> Iterator[str]:
    yield f"### {code(page.key)}"
    yield ""
    for fact in facts(page, drift):
        yield f"- {escape(fact)}"
    for message in page.messages:
        yield f"- message {code(message.message)}: {message.before or 'not asked'} → {message.after or 'not asked'}"
    yield ""
    if page.changes:
        yield from _table(_CHANGES, [_change(change, page, names) for change in page.changes])


def _change(change: CopyChange, page: PageDrift, names: Names) -> tuple[str, ...]:
    sides = (change.gone, change.new, tuple(reasons(change, page, names)))
    return tuple("<br>".join(map(escape, lines)) for lines in sides)


def _findings(kind: str, findings: Sequence[FindingRow]) -> Iterator[str]:
    for finding in findings:
        place = finding.document + (f":{finding.line}" if finding.line else "")
        yield f"- {kind}, {finding.severity}: {code(place)} {code(finding.rule)} {escape(finding.message)}"
    if findings:
        yield ""


def _beliefs(drift: Drift) -> Iterator[str]:
    if drift.beliefs:
        yield "### What prospects believed, on how many calls"
        yield ""
        yield from _table(
            ("Belief", "Before", "Now"),
            [(escape(belief.label), str(belief.before), str(belief.after)) for belief in drift.beliefs],
        )
    if clearing := wording.moved(drift.clarifying, 1):
        yield f"Minutes of call time that went into clearing up: {clearing}"
