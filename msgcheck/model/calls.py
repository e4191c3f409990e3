"""Conversations, and the moments in which confusion shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpeakerRole = Literal["rep", "prospect", "unknown"]
#: The sides of a product that reps describe.
Slot = Literal["category", "audience", "value"]
VoiceKind = Literal["product", "problem", "alternative"]
MomentKind = Literal["misconception", "what-is-it", "term-question", "promise-gap", "audience-doubt"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on a call. `confidence` (0..1) says how sure the role is; 1.0 where the format states it.

    `email` is the address that the format gives, to tell role and company by; no report shows it. `label` stands for
    the name in a redacted report ('Prospect A'); empty where the name may be shown.
    """

    name: str
    role: SpeakerRole = "unknown"
    confidence: float = 0.0
    email: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of talk. Times in seconds, None where the format has none.

    `note` marks third-person notes that somebody wrote about a call (a CRM field, a bullet of Markdown
    notes): `speaker` is then the writer, who may report what others said.
    """

    index: int
    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    note: bool = False
    line: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    """A conversation or the notes of one. `date` is ISO 8601 (YYYY-MM-DD) or empty; `speakers` in order of appearance.

    `key` is the document key, with `#n` for the n-th call of a file that holds several. `title` is what the export
    calls it, and `accounts` how the outside company is spelt, longest first; no report shows either.
    """

    key: str
    source: str
    format: str
    date: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    duration_s: float | None = None
    title: str = ""
    accounts: tuple[str, ...] = ()

    def role_of(self, name: str) -> SpeakerRole:
        return next((speaker.role for speaker in self.speakers if speaker.name == name), "unknown")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A page sentence that likely caused a moment; `score` 0..1. `block`, `start`, `end` place it on the page."""

    page: str
    quote: str
    score: float
    block: int = -1
    start: int = 0
    end: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn where confusion shows. `quote` is the whole turn, letter for letter."""

    call: str
    turn: int
    start_s: float | None
    speaker: str
    role: SpeakerRole
    kind: MomentKind
    quote: str
    confidence: float
    about: str = ""
    perceived_category: str = ""
    term: str = ""
    message: str = ""
    suspects: tuple[Suspect, ...] = ()


@dataclass(frozen=True, slots=True)
class RepDrift:
    """A rep's turn that describes the product otherwise than agreed: `words` of it.

    `message`: which side of the agreed statement it departs from (category, audience).
    """

    turn: int
    speaker: str
    quote: str
    message: str
    score: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clearing:
    """Time spent on clearing things up, and its `share` (0..1) of all talk (`talk_s`).

    `estimated`: by the number of words, where a format has no times.
    """

    seconds: float
    share: float
    talk_s: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class TalkTrack:
    """How a rep describes one side of the product: `words` of their own, or the agreed words that they keep to.

    `count` is in how many turns; `quote` is the whole of one of them, on the call and turn that are named first.
    """

    speaker: str
    slot: Slot
    words: str
    agreed: bool
    count: int
    calls: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class BuyerTerm:
    """What prospects call the product, their problem or what they use instead, beside what the pages say.

    `count` is in how many turns of how many `prospects`, `places` where (call, turn); `pages` says how often the pages
    use the words themselves, `page_term` the page's word for the same thing, and `page_count` how often they use that.
    """

    about: VoiceKind
    words: str
    count: int
    calls: tuple[str, ...]
    prospects: int
    quote: str
    places: tuple[tuple[str, int], ...]
    pages: int = 0
    page_term: str = ""
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class CallsPeriod:
    """The calls of a week or month, from the day `start` (ISO 8601) on; `confused` of them show a moment."""

    start: str
    unit: Literal["week", "month"]
    calls: int
    confused: int
    moments: int
    clarifying_s: float


@dataclass(frozen=True, slots=True)
class Misconception:
    """Several moments with one wrong belief."""

    label: str
    count: int
    calls: tuple[str, ...]
    quotes: tuple[str, ...]
    suspects: tuple[Suspect, ...] = ()


@dataclass(frozen=True, slots=True)
class CallReport:
    call: Call
    moments: tuple[Moment, ...]
    rep_drift: tuple[RepDrift, ...]
    clearing: Clearing | None = None
    rep_distance: float | None = None

    @property
    def clarifying_s(self) -> float | None:
        """Seconds spent on clearing up; None for notes of a call."""
        return self.clearing.seconds if self.clearing else None
