"""The report as a comment on a pull request: what to mend first, the rest folded away.

It begins with a hidden marker, by which CI finds the comment again and updates it in place, and stays under the
65,536 characters that GitHub takes: what does not fit is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgcheck.model import SEVERITIES, Finding, Gone, Location, PageReport, Report
from msgcheck.report import wording
from msgcheck.report.markdown_text import code, escape, linked
from msgcheck.report.places import Places
from msgcheck.report.plain import block_text, excerpt, shorten
from msgcheck.report.view import View

MARKER = "<!-- msgcheck: the report on this pull request -->"
#: GitHub's limit is 65,536; in bytes, so that it holds however the service counts.
_LIMIT = 64_000
#: So much is kept for the parts that follow the worst findings, the others, the pages, and what was left out.
_FOR_TABLES, _FOR_PAGES, _FOR_REST, _FOR_FOOTER = 24_000, 8_000, 4_000, 1_000
_WORST, _ROWS = 10, 50
#: So many characters of a sentence on each side of the words, and of anything that is said.
_AROUND, _SAID = 120, 400
_OTHERS = ("Where", "Rule", "What a buyer meets")
_GONE = ("Where", "Rule", "Words")
_PAGES = ("Page", "Confusion", "Errors", "Warnings", "Notes")
_FOOTER = (
    f"{code('msgcheck explain RULE')} gives the reason for a rule. To accept a finding, put "
    f"{code('<!-- msgcheck-disable-next-line RULE -->')} before it."
)


def render(report: Report, view: View) -> str:
    """The whole comment."""
    return _Comment(report, view, Places.of(report, view)).text()


@dataclass(slots=True)
class _Comment:
    """Takes lines as long as there is room for them."""

    report: Report
    view: View
    places: Places
    lines: list[str] = field(default_factory=list)
    room: int = _LIMIT

    def text(self) -> str:
        found = wording.worst_first(self.view.findings(self.report))
        worst = [finding for finding in found if finding.severity != "note"][:_WORST]
        self.add(MARKER, f"### msgcheck: {self.headline()}", "", *self.summary(), "")
        shown = len(worst) - self.fill(map(self.worst, worst), _FOR_TABLES)
        self.table(_others(found[shown:]), _OTHERS, [self.row(finding) for finding in found[shown:]], _FOR_PAGES)
        gone = [_gone(item) for comparison in self.report.comparisons for item in comparison.gone]
        self.table(f"{wording.counted(len(gone), 'finding')} gone", _GONE, gone, _FOR_REST)
        if len(self.report.pages) > 1:
            self.table(self.pages_heading(), _PAGES, list(self.pages()), _FOR_REST)
        self.left_out()
        self.add(f"<sub>{_FOOTER}</sub>")
        return "\n".join(self.lines) + "\n"

    def add(self, *lines: str) -> None:
        self.lines += lines
        self.room -= sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)

    def fill(self, items: Iterable[str], keep: int) -> int:
        """Add what fits, with `keep` left over; gives back how many items did not fit."""
        left = 0
        for item in items:
            if left or self.room - len(item.encode("utf-8", "replace")) - 1 < keep:
                left += 1
            else:
                self.add(item)
        return left

    def headline(self) -> str:
        failed = wording.counted(len(self.report.faults), "thing")
        incomplete = f"incomplete, {failed} could not be checked; " if self.report.faults else ""
        found = self.view.findings(self.report)
        if failing := sum(self.view.fails(finding) for finding in found):
            return f"{incomplete}{wording.counted(failing, 'finding')} to mend before this goes live"
        worth = wording.severities(Counter(finding.severity for finding in found))
        if worth:
            return f"{incomplete}nothing stops this, {worth} to look at"
        return f"{incomplete}nothing to mend" + (" in what was" if incomplete else "")

    def summary(self) -> Iterator[str]:
        counts = self.report.summary
        yield f"**Is it all right?** {escape(wording.verdict(self.report))}\n"
        for comparison in self.report.comparisons:
            new = len(wording.active(self.report))
            yield f"**What changed?** {escape(wording.compared(comparison, new))}\n"
        read = [wording.counted(counts.pages, "page"), wording.counted(counts.words, "word")]
        read += [wording.counted(counts.calls, "call")] if counts.calls else []
        silenced = [(counts.baselined, "known from the baseline"), (counts.suppressed, "silenced in the page")]
        hidden = wording.listed([f"{number:,} {what}" for number, what in silenced if number])
        yield f"Read: {', '.join(read)}." + (f" Not counted: {hidden}." if hidden else "")
        for fault in self.report.faults[:_WORST]:
            yield f"\n**Failed:** {escape(shorten(str(fault), _SAID))}"
        if more := len(self.report.faults[_WORST:]):
            yield f"\n**Failed:** {more:,} more, which the full report has."

    def worst(self, finding: Finding) -> str:
        """The sentence as it reads, the words in bold; then the reason, what to do in italics, and where it is."""
        place = finding.primary
        said = escape(shorten(finding.message, _SAID))
        if finding.advice:
            said += f" *{escape(shorten(finding.advice, _SAID))}*"
        quoted = f"> {self.quote(place)}\n\n" if place.quote else ""
        return f"{quoted}{said}<br><sub>{finding.severity} · {self.where(place)} · {code(finding.rule)}</sub>\n"

    def quote(self, place: Location) -> str:
        """The sentence with the words in bold."""
        around = excerpt(block_text(self.report, place), place.start, place.end, width=_AROUND)
        before, after = around.before, around.after
        left = " " if before.endswith(" ") else ""
        right = " " if after.startswith(" ") else ""
        words = escape(shorten(around.words or place.quote, _SAID))
        return f"{escape(before)}{left}<b>{words}</b>{right}{escape(after)}"

    def where(self, place: Location) -> str:
        path = self.places.path(place.document) or place.document or "the whole site"
        spot = f"{path}:{place.line}" if place.line and self.places.path(place.document) else path
        return linked(code(shorten(spot, _AROUND)), self.places.link(place.document, place.line))

    def row(self, finding: Finding) -> str:
        said = shorten(" ".join(filter(None, (finding.message, finding.advice))), _SAID)
        return f"| {self.where(finding.primary)} | {finding.severity} {code(finding.rule)} | {escape(said)} |"

    def pages_heading(self) -> str:
        return (
            f"{wording.counted(len(self.report.pages), 'page')}, most confusing first "
            "(0: a first-time reader knows what is sold; 1: cannot tell)"
        )

    def pages(self) -> Iterator[str]:
        counts = Counter((found.primary.document, found.severity) for found in self.view.findings(self.report))
        for page in self.report.pages:
            yield self.page(page, [counts[page.document.key, severity] for severity in SEVERITIES])

    def page(self, page: PageReport, counts: list[int]) -> str:
        cells = [f"{page.confusion:.2f}", *(f"{number:,}" if number else "" for number in counts)]
        return f"| {self.where(Location(page.document.key))} | {' | '.join(cells)} |"

    def table(self, heading: str, columns: tuple[str, ...], rows: list[str], keep: int) -> None:
        if rows:
            self.add(f"<details><summary>{heading}</summary>", "")
            self.add(f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}")
            if left := self.fill(rows[:_ROWS], keep) + len(rows[_ROWS:]):
                self.add("", f"And {left:,} more, which the full report has.")
            self.add("", "</details>", "")

    def left_out(self) -> None:
        skipped = self.report.skipped
        if not skipped:
            return
        files = len(wording.unread(skipped))
        counts = [(files, "file", "not read"), (len(skipped) - files, "rule", "not run")]
        heading = wording.listed([f"{wording.counted(number, what)} {how}" for number, what, how in counts if number])
        self.add(f"<details><summary>{heading}</summary>", "")
        reasons = wording.by_reason(skipped).items()
        listed = (f"- {escape(shorten(f'{wording.some(what)}: {reason}', _SAID))}" for reason, what in reasons)
        if left := self.fill(listed, _FOR_FOOTER):
            self.add(f"- and for {wording.counted(left, 'other reason')}")
        self.add("", "</details>", "")


def _gone(item: Gone) -> str:
    return f"| {code(item.document)} | {code(item.rule)} | {escape(shorten(item.quote, _SAID))} |"


def _others(rest: list[Finding]) -> str:
    return f"The others: {wording.severities(Counter(finding.severity for finding in rest))}"
