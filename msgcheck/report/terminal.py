"""The report for a terminal: what is wrong, on which words, and what to do first."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from msgcheck.model import SEVERITIES, Finding, Gone, Location, Misconception, PageReport, Report, Severity
from msgcheck.report import wording
from msgcheck.report.columns import Column, table
from msgcheck.report.plain import block_text, excerpt, plain, shorten
from msgcheck.report.view import View

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
#: So many characters of the sentence on each side of the words: with them, about two lines of 80 columns.
_AROUND = 60
_QUOTE = 220
#: Two lines that begin with so many equal characters read as the same line.
_ECHO = 40
#: From this width on, the last answers stand in a column of their own.
_WIDE = 60
#: The width of a report in a file.
_PAPER = 100
#: Text is not wrapped to less than this, however narrow the terminal says it is.
_NARROWEST = 20


def render(report: Report, view: View) -> str:
    """The report as plain text, for a file."""
    console = Console(record=True, width=_PAPER, file=io.StringIO())
    print_report(report, console, view, limit=None)
    return console.export_text()


def print_report(report: Report, console: Console, view: View, *, limit: int | None) -> None:
    """Print the report. At most `limit` findings (worst first) are shown, all with None."""
    _Printer(report, console, view).print(limit)


@dataclass(frozen=True, slots=True)
class _Printer:
    report: Report
    console: Console
    view: View

    @property
    def verbose(self) -> bool:
        return self.view.verbose

    def print(self, limit: int | None) -> None:
        self.pages()
        self.findings(limit)
        self.misconceptions()
        self.voices()
        self.calls()
        self.silenced()
        self.left_out()
        self.answer()

    def text(self, words: str, style: str = "") -> Text:
        """Hostile text made harmless, and spelt in characters that the output can carry."""
        safe = plain(words)
        encoding = self.console.encoding
        return Text(safe.encode(encoding, "replace").decode(encoding, "replace"), style=style)

    def show(self, *parts: Text, indent: int = 0) -> None:
        """One paragraph, wrapped and indented, without trailing blanks."""
        width = max(_NARROWEST, self.console.width - indent)
        for line in Text.assemble(*parts).wrap(self.console, width):
            line.rstrip()
            line.pad_left(indent)
            self.console.print(line, no_wrap=True, crop=False, overflow="ignore", highlight=False)

    def gap(self) -> None:
        self.console.print()

    def heading(self, words: str) -> None:
        self.gap()
        self.show(self.text(words, "bold"))

    # --- pages

    def pages(self) -> None:
        summary = self.report.summary
        read = [wording.counted(summary.pages, "page"), wording.counted(summary.words, "word")]
        if summary.calls:
            read.append(wording.counted(summary.calls, "call"))
        self.show(self.text("msgcheck", "bold"), self.text(f"  {', '.join(read)}"))
        if not self.report.pages:
            self.gap()
            self.show(self.text(wording.heard(self.report), "bold"))
            return
        self.gap()
        for line in self.page_table():
            self.console.print(line, no_wrap=True, crop=False, overflow="ignore", highlight=False)
        self.show(self.text("Confusion: 0 = a first-time reader knows what is sold, 1 = cannot tell.", "dim"))

    def page_table(self) -> list[Text]:
        pages = self.report.pages
        counts = Counter((found.primary.document, found.severity) for found in wording.active(self.report))
        columns = [
            Column("confusion", 0, tuple(self.confusion(page) for page in pages)),
            Column("words", 4, tuple(self.text(f"{page.words:,}") for page in pages)),
        ]
        for rank, severity in enumerate(SEVERITIES, 1):
            numbers = (counts[page.document.key, severity] for page in pages)
            columns.append(Column(f"{severity}s", rank, tuple(self.count(severity, number) for number in numbers)))
        if self.verbose:
            for name in ("what", "who", "why"):
                cells = tuple(self.text(f"{getattr(page.clarity, name):.2f}") for page in pages)
                columns.append(Column(name, 5, cells))
        names = [self.text(page.document.key).plain for page in pages]
        width = max(_NARROWEST, self.console.width)
        return table(("page, most confusing first", "page"), names, columns, width, self.text("…").plain)

    def confusion(self, page: PageReport) -> Text:
        return self.text(f"{page.confusion:.2f}", "bold" if page.confusion >= wording.CONFUSING else "")

    def count(self, severity: Severity, number: int) -> Text:
        return self.text(str(number or "-"), _COLOURS[severity] if number else "dim")

    # --- findings

    def findings(self, limit: int | None) -> None:
        found = wording.active(self.report)
        chosen = found
        if limit is not None and len(found) > limit:
            kept = {id(item) for item in wording.worst_first(found)[:limit]}
            chosen = tuple(item for item in found if id(item) in kept)
        for document, group in groupby(chosen, key=lambda item: item.primary.document):
            self.heading(self.place(document))
            for finding in group:
                self.finding(finding)
        if len(chosen) < len(found):
            hidden = wording.counted(len(found) - len(chosen), "finding")
            self.gap()
            self.show(self.text(f"… and {hidden} more: -v shows all, -o report.html shows them on the page.", "dim"))

    def place(self, document: str) -> str:
        """A document as people find it: of a fetched page, whose file is known, the file."""
        sources = (page.document.source for page in self.report.pages if page.document.key == document)
        source = next(sources, "")
        return source if "://" in document and source and "://" not in source else document or "the whole site"

    def finding(self, finding: Finding) -> None:
        place = finding.primary
        spot = f"{place.line}:{place.column}" if place.line else "page"
        head = [self.text(f"{finding.severity:<8}", f"bold {_COLOURS[finding.severity]}"), self.text(f"{spot:<7} ")]
        head.append(self.text(finding.rule, "dim"))
        if self.verbose:
            head.append(self.text(f"  {finding.confidence:.2f}", "dim"))
        self.gap()
        self.show(*head, indent=2)
        if place.quote and not self.echoed(finding):
            self.show(*self.in_context(place, finding), indent=4)
        self.show(self.text(finding.message), indent=4)
        if finding.advice:
            self.show(self.text("> ", "dim"), self.text(finding.advice), indent=4)
        for other in finding.locations[1 : None if self.verbose else 1 + wording.SHOWN]:
            self.show(self.text(self.also(other), "dim"), indent=4)

    def echoed(self, finding: Finding) -> bool:
        """Whether the message says the words again, so that showing them first would stutter.

        Words inside a longer line are shown all the same, unless they are long enough to be found again.
        """
        quote = " ".join(finding.primary.quote.split()).rstrip(".!?")
        around = excerpt(
            block_text(self.report, finding.primary), finding.primary.start, finding.primary.end, width=_AROUND
        )
        alone = not (around.before.strip() or around.after.strip(" .!?"))
        return (alone or len(quote) > _ECHO) and quote[:_ECHO] in " ".join(finding.message.split())

    def in_context(self, place: Location, finding: Finding) -> list[Text]:
        """The sentence with the words marked: underlined in colour, or in «» where there is none."""
        around = excerpt(block_text(self.report, place), place.start, place.end, width=_AROUND)
        words = around.words or place.quote
        coloured = self.console.color_system is not None and not self.console.no_color
        marked = words if coloured else f"«{words}»"
        style = f"bold underline {_COLOURS[finding.severity]}" if coloured else ""
        return [self.text(around.before, "italic"), self.text(marked, style), self.text(around.after, "italic")]

    def also(self, other: Location) -> str:
        spot = f":{other.line}:{other.column}" if other.line else ""
        quote = f" “{shorten(other.quote, _AROUND)}”" if other.quote else ""
        note = f" ({other.note})" if other.note else ""
        return f"see {self.place(other.document)}{spot}{quote}{note}"

    # --- calls

    def misconceptions(self) -> None:
        if self.report.misconceptions:
            self.heading("What prospects believe")
        for found in self.report.misconceptions:
            self.misconception(found)

    def misconception(self, found: Misconception) -> None:
        self.gap()
        calls = wording.counted(len(found.calls), "call")
        self.show(
            self.text(f"{found.count} × ", "bold"), self.text(found.label, "bold"), self.text(f"  on {calls}"), indent=2
        )
        for quote in found.quotes[: None if self.verbose else wording.SHOWN]:
            self.show(self.text(f"“{shorten(quote, _QUOTE)}”", "italic"), indent=4)
        for suspect in found.suspects[: None if self.verbose else 1]:
            score = f" ({suspect.score:.2f})" if self.verbose else ""
            self.show(self.text(f"likely from {suspect.page}: “{shorten(suspect.quote, _QUOTE)}”{score}"), indent=4)

    def voices(self) -> None:
        """How reps and buyers speak of the product: where calls are all there is, or all is asked for."""
        if self.report.pages and not self.verbose:
            return
        for heading, lines in (
            ("How reps describe it", wording.tracks(self.report)),
            ("In buyers' own words", wording.buyers_words(self.report)),
        ):
            if lines:
                self.heading(heading)
            for line in lines:
                self.show(self.text(line), indent=2)

    def calls(self) -> None:
        spoken = [call for call in self.report.calls if call.moments or call.rep_drift]
        if not spoken or (self.report.pages and not self.verbose):
            return
        self.heading("Calls")
        for report in spoken:
            cleared = wording.spent(report.clearing) if report.clearing and report.clearing.seconds else ""
            told = ", ".join(part for part in (report.call.date, cleared) if part)
            self.gap()
            self.show(self.text(report.call.key, "bold"), self.text(f"  {told}" if told else ""), indent=2)
            for moment in report.moments:
                when = f"{wording.clock(moment.start_s)} " if moment.start_s is not None else ""
                score = f" ({moment.confidence:.2f})" if self.verbose else ""
                lead = f"{when}{moment.speaker or 'somebody'} {wording.shown(moment)}{score}: "
                self.show(self.text(lead), self.text(f"“{shorten(moment.quote, _QUOTE)}”", "italic"), indent=4)
            for drift in report.rep_drift:
                lead = f"{drift.speaker} departs from what is agreed ({drift.message}): "
                self.show(self.text(lead), self.text(f"“{shorten(drift.quote, _QUOTE)}”", "italic"), indent=4)

    # --- the rest

    def silenced(self) -> None:
        """What does not count and what is not there any more, a line each."""
        for heading, asked, lines in (
            ("Silenced by comments", self.view.suppressed, [_line(f) for f in self.report.findings if f.suppressed]),
            ("Known before", self.view.baselined, [_line(f) for f in self.report.findings if f.baselined]),
            ("Gone", self.view.baselined, [_gone(item) for one in self.report.comparisons for item in one.gone]),
        ):
            if lines and (asked or self.verbose):
                self.heading(heading)
                for line in lines:
                    self.show(self.text(line, "dim"), indent=2)

    def left_out(self) -> None:
        if self.report.skipped:
            self.heading("Left out")
            for reason, what in wording.by_reason(self.report.skipped).items():
                self.show(self.text(f"{self.some(what)}: {reason}", "dim"), indent=2)
        if self.report.faults:
            self.heading("Failed")
        for fault in self.report.faults:
            where = " on ".join(filter(None, (fault.rule, fault.document))) or "the run"
            self.show(
                self.text(where, "bold"), self.text(f": {fault.error.removeprefix(f'{fault.document}: ')}"), indent=2
            )

    def some(self, names: list[str]) -> str:
        return ", ".join(names) if self.verbose else wording.some(names)

    def answer(self) -> None:
        summary = self.report.summary
        self.gap()
        silenced = [
            f"{n:,} {what}" for n, what in ((summary.suppressed, "suppressed"), (summary.baselined, "known")) if n
        ]
        told = wording.verdict(self.report) + (f" ({wording.listed(silenced)}, not counted.)" if silenced else "")
        self.answered("Is it all right?", self.text(told))
        for comparison in self.report.comparisons:
            self.answered("What changed?", self.text(wording.compared(comparison, len(wording.active(self.report)))))
        self.answered("What first?", self.todo())

    def answered(self, question: str, answer: Text) -> None:
        """The question, and the answer beside it, or below where the terminal is narrow."""
        if self.console.width < _WIDE:
            self.show(self.text(question, "bold"))
            self.show(answer, indent=2)
            return
        margin = 17
        for number, line in enumerate(answer.wrap(self.console, self.console.width - margin)):
            line.rstrip()
            lead = self.text(f"{'' if number else question:<{margin}}", "bold")
            self.console.print(lead + line, no_wrap=True, crop=False, overflow="ignore", highlight=False)

    def todo(self) -> Text:
        finding = wording.first(self.report)
        if finding is None:
            tip = "Nothing. Add calls with --calls FOLDER to hear what prospects believe."
            return self.text("Nothing." if self.report.calls else tip)
        place = finding.primary
        spot = f":{place.line}:{place.column}" if place.line else ""
        where = self.place(place.document)
        return self.text(f"{where}{spot}: {finding.message} {finding.advice}".strip())


def _line(finding: Finding) -> str:
    place = finding.primary
    spot = f":{place.line}:{place.column}" if place.line else ""
    return f"{place.document}{spot} {finding.rule} “{shorten(place.quote or finding.message, _AROUND)}”"


def _gone(item: Gone) -> str:
    quote = f" “{shorten(item.quote, _AROUND)}”" if item.quote else ""
    return f"{item.document} {item.rule}{quote}"
