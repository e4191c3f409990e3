"""What the templates show: the report's values, laid out as rows of copy with their notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgcheck.model import (
    CallReport,
    CallsPeriod,
    CategoryGuess,
    Finding,
    MessageCoverage,
    PageReport,
    Severity,
    Suspect,
    TalkTrack,
)
from msgcheck.report.html.marks import Family, Piece


@dataclass(frozen=True, slots=True)
class Link:
    """A place elsewhere in the report; `href` is empty where there is nothing to go to."""

    text: str
    href: str
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside the copy. `id` is unique in the file, `number` within its page; `more` says what `also` is."""

    id: str
    number: int
    family: Family
    finding: Finding
    place: str
    also: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Item:
    """One block as it reads; `level` is that of its heading element, `look` the style of its role."""

    id: str
    look: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks that stand together (`kind`: heading, text, list, buttons, quote, table, caption), and their notes."""

    kind: str
    items: tuple[Item, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the three questions of clarity; `quote` is the words that answer it, or empty."""

    question: str
    score: float
    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    value: str
    unit: str
    good: str


@dataclass(frozen=True, slots=True)
class PageView:
    id: str
    report: PageReport
    url: str
    reading: str
    counts: tuple[tuple[Severity, int], ...]
    slots: tuple[Slot, ...]
    measures: tuple[Measure, ...]
    guesses: tuple[CategoryGuess, ...]
    cells: Mapping[str, MessageCoverage]
    preview: tuple[Item, ...] = ()
    preview_notes: tuple[Note, ...] = ()
    whole: tuple[Note, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def key(self) -> str:
        return self.report.document.key


@dataclass(frozen=True, slots=True)
class SuspectView:
    suspect: Suspect
    href: str


@dataclass(frozen=True, slots=True)
class MomentView:
    when: str
    speaker: str
    what: str
    quote: str
    suspects: tuple[SuspectView, ...]


@dataclass(frozen=True, slots=True)
class CallView:
    id: str
    report: CallReport
    people: str
    lasted: str
    cleared: str
    moments: tuple[MomentView, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class TrendView:
    """A bar: which part of the period's calls show confusion."""

    period: CallsPeriod
    label: str
    share: float
    time: str


@dataclass(frozen=True, slots=True)
class RepView:
    """A row of the talk-track table; `cells` in the order category, audience, value."""

    speaker: str
    cells: tuple[tuple[TalkTrack, ...], ...]


@dataclass(frozen=True, slots=True)
class MisconceptionView:
    label: str
    count: int
    calls: tuple[Link, ...]
    quotes: tuple[str, ...]
    suspects: tuple[SuspectView, ...]


@dataclass(frozen=True, slots=True)
class NounView:
    """A category noun, how it compares with the agreed one, and the places where it stands."""

    text: str
    reading: str
    look: str
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Words of a page, and the words elsewhere that they contradict."""

    here: Link
    there: Link
