"""Lay out one page: its opening, its measures, and its copy in rows with the notes beside the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgcheck.model import SEVERITIES, Evidence, Finding, Location, PageReport, Report
from msgcheck.report import wording
from msgcheck.report.html.marks import Span, cut, family_of
from msgcheck.report.html.views import Item, Link, Measure, Note, PageView, Row, Slot

_PREVIEW = frozenset({"title", "description"})
_GROUPED: Mapping[str, str] = {"list-item": "list", "cta": "buttons", "cta-stock": "buttons", "table": "table"}
_SINGLE: Mapping[str, str] = {"quote": "quote", "caption": "caption", "alt": "caption"}
#: The page's own title is an h2 of the report and the copy has an h3 above it, so its headings start below.
_FIRST_LEVEL, _LAST_LEVEL = 4, 6
_GUESSES = 3


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where pages and calls stand in the report, by document key.

    The paths lead to other files where not all of it stands in one; `{}` in `page_path` is the page's id.
    """

    pages: Mapping[str, str]
    calls: Mapping[str, str]
    page_path: str = ""
    call_path: str = ""

    @classmethod
    def of(cls, report: Report, page_path: str = "", call_path: str = "") -> Anchors:
        return cls(
            {page.document.key: f"p{rank}" for rank, page in enumerate(report.pages, 1)},
            {call.call.key: f"c{rank}" for rank, call in enumerate(report.calls, 1)},
            page_path,
            call_path,
        )

    def to(self, document: str, block: int = -1) -> str:
        """A link, or empty for what the report does not show."""
        if id := self.pages.get(document):
            return f"{self.page_path.format(id)}#{id}" + (f"-b{block}" if block >= 0 else "")
        return f"{self.call_path}#{self.calls[document]}" if document in self.calls else ""


def page_view(report: PageReport, findings: Sequence[Finding], anchors: Anchors) -> PageView:
    """Everything that the page's section shows; `findings` are those of this page."""
    layout = _Layout(report, findings, anchors)
    # In the order of the page, so that its notes are numbered as they are met.
    whole = layout.whole()
    preview, preview_notes = layout.preview()
    rows = tuple(layout.rows())
    measured = measured_view(report, findings, anchors)
    return replace(measured, preview=preview, preview_notes=preview_notes, whole=whole, rows=rows)


def measured_view(report: PageReport, findings: Sequence[Finding], anchors: Anchors) -> PageView:
    """The page without its copy and its notes: what a list of pages shows."""
    document, id = report.document, anchors.pages[report.document.key]
    return PageView(
        id=id,
        report=report,
        url=document.source if document.source.startswith(("http://", "https://")) else "",
        reading=wording.lostness(report.confusion),
        counts=tuple((name, sum(found.severity == name for found in findings)) for name in SEVERITIES),
        slots=_slots(report, id),
        measures=tuple(_measures(report)),
        guesses=report.category_guess[:_GUESSES],
        cells={message.id: message for message in report.messages},
    )


def note(finding: Finding, id: str, number: int, anchors: Anchors) -> Note:
    """A finding with its other places as links."""
    place = finding.primary
    return Note(
        id=id,
        number=number,
        family=family_of(finding.rule),
        finding=finding,
        place=f"line {place.line}" if place.line else "",
        also=tuple(_link(other, anchors) for other in finding.locations[1:]),
        more=_more(finding.locations[1:], anchors),
    )


def _more(others: Sequence[Location], anchors: Anchors) -> str:
    """What the other places of a finding are: what was heard on calls, or more places on pages."""
    documents = {other.document for other in others}
    if documents and documents <= set(anchors.calls):
        return f"Heard on {wording.counted(len(documents), 'call')}"
    return f"See also {wording.counted(len(others), 'place')}"


def _link(other: Location, anchors: Anchors) -> Link:
    spot = f", line {other.line}" if other.line else ""
    return Link(f"{other.document}{spot}", anchors.to(other.document, other.block), other.quote, other.note)


@dataclass(slots=True)
class _Layout:
    """Walks a page's blocks once and numbers the notes in the order in which a reader meets them."""

    report: PageReport
    findings: Sequence[Finding]
    anchors: Anchors
    number: int = 0
    level: int = _FIRST_LEVEL - 1
    by_block: dict[int, list[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for finding in self.findings:
            self.by_block.setdefault(self._home(finding), []).append(finding)

    @property
    def id(self) -> str:
        return self.anchors.pages[self.report.document.key]

    def _home(self, finding: Finding) -> int:
        """The block that shows a finding; -1 where the report shows no such block (the whole page, a footer)."""
        block, blocks = finding.primary.block, self.report.document.blocks
        return block if 0 <= block < len(blocks) and blocks[block].is_copy else -1

    def whole(self) -> tuple[Note, ...]:
        return tuple(self._note(finding) for finding in self.by_block.get(-1, ()))

    def preview(self) -> tuple[tuple[Item, ...], tuple[Note, ...]]:
        shown = [self._item(i, 0) for i, block in self.report.document.copy() if block.role in _PREVIEW]
        return tuple(item for item, _ in shown), tuple(note for _, notes in shown for note in notes)

    def rows(self) -> Iterator[Row]:
        """Lists, buttons and tables stay together up to the first item with notes, which then stand beside it."""
        kind, items, notes = "", [], []  # type: ignore[var-annotated]
        for index, block in enumerate(self.report.document.blocks):
            if not (block.is_copy or block.role in _GROUPED):
                continue
            if block.role in _PREVIEW or (block.role == "alt" and index not in self.by_block):
                continue
            group = _GROUPED.get(block.role, "")
            if items and (notes or group != kind):
                yield Row(kind, tuple(items), tuple(notes))
                items, notes = [], []
            item, found = self._item(index, self._level(block.role))
            if group:
                kind = group
                items.append(item)
                notes += found
            else:
                yield Row(_kind(block.role), (item,), found)
        if items:
            yield Row(kind, tuple(items), tuple(notes))

    def _level(self, role: str) -> int:
        """Heading levels below the report's own, never skipping one; 0 for what is no heading."""
        if not role.startswith("heading-"):
            return 0
        wanted = _FIRST_LEVEL + int(role.removeprefix("heading-")) - 1
        self.level = min(wanted, self.level + 1, _LAST_LEVEL)
        return self.level

    def _item(self, index: int, level: int) -> tuple[Item, tuple[Note, ...]]:
        block = self.report.document.blocks[index]
        here = sorted(self.by_block.get(index, ()), key=lambda found: (found.primary.start, found.primary.end))
        notes = tuple(self._note(finding) for finding in here)
        spans = [Span(place.start, place.end, n.number, n.family) for n in notes for place in _marked(n.finding)]
        look = "cell-head" if block.role == "table" and block.selector == "th" else block.role.removesuffix("-stock")
        return Item(f"{self.id}-b{index}", look, level, cut(block.text, spans)), notes

    def _note(self, finding: Finding) -> Note:
        self.number += 1
        return note(finding, f"{self.id}-f{self.number}", self.number, self.anchors)


def _marked(finding: Finding) -> list[Location]:
    """The words that a finding is about, in the block of its first place: there may be several of one kind."""
    first = finding.primary
    same = [place for place in finding.locations[1:] if place.kind == "primary" and place.block == first.block]
    return [first, *(place for place in same if place.document == first.document)]


def _kind(role: str) -> str:
    return "heading" if role.startswith("heading-") else _SINGLE.get(role, "text")


def _slots(report: PageReport, id: str) -> tuple[Slot, ...]:
    clarity = report.clarity
    return (
        _slot("What is sold", clarity.what, clarity.what_evidence, id),
        _slot("For whom", clarity.who, clarity.who_evidence, id),
        _slot("What for", clarity.why, clarity.why_evidence, id),
    )


def _slot(question: str, score: float, evidence: Evidence | None, id: str) -> Slot:
    if evidence is None:
        return Slot(question, score, "", "")
    return Slot(question, score, evidence.quote, f"#{id}-b{evidence.block}")


def _measures(report: PageReport) -> Iterator[Measure]:
    metrics = report.metrics
    yield Measure("Jargon", f"{metrics.jargon_per_100_words:.1f}", "of 100 words", "fewer is better, 0 is best")
    yield Measure("Vague claims", f"{metrics.vague_share:.0%}", "of what the page claims", "lower is better")
    if metrics.alignment is None:
        yield Measure("Says what was agreed", "–", "no messages are agreed", "list them in positioning.yaml")
    else:
        yield Measure(
            "Says what was agreed", f"{metrics.alignment:.0%}", "of its claims, by weight", "higher is better"
        )
    yield Measure("Reading grade", f"{metrics.reading_grade:.1f}", "US school years", "up to about 9 reads easily")
    yield Measure(
        "Read as copy",
        f"{metrics.words_kept_share:.0%}",
        "of the words it shows",
        "the rest is menus, footers, legal text",
    )
