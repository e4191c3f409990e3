"""What a run found out, as renderers show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from msgcheck.model.calls import BuyerTerm, CallReport, CallsPeriod, Clearing, Misconception, TalkTrack
from msgcheck.model.comparison import Comparison
from msgcheck.model.documents import Document, Fault, Skipped
from msgcheck.model.findings import Finding, Severity
from msgcheck.model.positioning import Positioning

MessageStatus = Literal["covered", "partial", "missing"]
CategoryMatch = Literal["exact", "alias", "close", "other", "not"]
JargonKind = Literal["buzzword", "insider", "acronym", "noun-stack"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a page that a measure rests on."""

    block: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Clarity:
    """How surely a first-time reader can say what is sold, for whom, and what for (each 0..1, 1 = clear)."""

    what: float
    who: float
    why: float
    what_evidence: Evidence | None = None
    who_evidence: Evidence | None = None
    why_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    category: str
    score: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """Units as in formats.md. `alignment` is None without agreed messages.

    `distance` (0..1): how far the page as a whole stands from the agreed positioning in meaning; None without one.
    """

    jargon_per_100_words: float
    vague_share: float
    alignment: float | None
    reading_grade: float
    words_kept_share: float
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class MessageCoverage:
    """Whether a page says an agreed message. `score` (0..1): how likely a careful reader says that it does."""

    id: str
    status: MessageStatus
    score: float
    quote: str = ""
    block: int = -1
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class JargonSpan:
    """Jargon inside a sentence; `start` and `end` are offsets in the sentence. `source`: list, head or both."""

    start: int
    end: int
    text: str
    kind: JargonKind
    score: float
    source: str = "list"


@dataclass(frozen=True, slots=True)
class SentenceReport:
    page: str
    text: str
    role: str
    vagueness: float
    claim: float
    jargon: tuple[JargonSpan, ...]


@dataclass(frozen=True, slots=True)
class CategoryNoun:
    """A noun with which a page files the product. `match`: how it compares with the agreed category."""

    text: str
    match: CategoryMatch
    where: str
    block: int


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page. `category_noun` is the plainest of its category nouns, `opening` what readers see first."""

    document: Document
    words: int
    confusion: float
    clarity: Clarity
    category_guess: tuple[CategoryGuess, ...]
    metrics: Metrics
    messages: tuple[MessageCoverage, ...]
    category_nouns: tuple[CategoryNoun, ...] = ()
    category_noun: CategoryNoun | None = None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    version: str
    encoder: str
    nlp: str
    name: str = "msgcheck"


@dataclass(frozen=True, slots=True)
class Run:
    """What differs between two runs over the same input. `started` is ISO 8601 in UTC."""

    started: str
    duration_s: float
    config: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The run in figures. `distance` (0..1) is that of all pages together from the agreed positioning, `rep_distance`
    that of what reps say on calls, and `spread` the mean distance between two pages; None where there is none.
    """

    pages: int
    calls: int
    words: int
    findings: Mapping[Severity, int]
    confusion: float
    suppressed: int
    baselined: int
    distance: float | None = None
    spread: float | None = None
    rep_distance: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a renderer may show, already sorted and rounded."""

    tool: Tool
    run: Run
    summary: Summary
    positioning: Positioning | None
    pages: tuple[PageReport, ...]
    sentences: Sequence[SentenceReport]
    calls: tuple[CallReport, ...]
    misconceptions: tuple[Misconception, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    faults: tuple[Fault, ...]
    clearing: Clearing | None = None
    talk_tracks: tuple[TalkTrack, ...] = ()
    voice: tuple[BuyerTerm, ...] = ()
    calls_trend: tuple[CallsPeriod, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
