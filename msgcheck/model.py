"""The values that flow through the pipeline: documents, calls, positioning, findings and the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["html", "markdown", "text"]
SpeakerRole = Literal["rep", "prospect", "unknown"]
Severity = Literal["error", "warning", "note"]
LocationKind = Literal["primary", "related"]
MessageStatus = Literal["covered", "partial", "missing"]
JargonKind = Literal["buzzword", "insider", "acronym", "noun-stack"]
MomentKind = Literal["misconception", "what-is-it", "term-question", "promise-gap", "audience-doubt"]

#: Most important first; the order in which findings are shown.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

#: Roles of blocks that are on the page but are not the page's copy.
FURNITURE = frozenset({"nav", "footer", "legal", "cookie"})
#: Roles that a reader does not see in the flow of the page.
UNSEEN = frozenset({"title", "description", "alt"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out on purpose, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that failed while the run went on. `rule` is empty when reading failed, not a rule."""

    rule: str
    document: str
    error: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Bytes as they came, with what their origin says about them.

    `key` is short, stable and unique within a run (a path relative to the target, or a URL);
    `source` is what the user can open (a path or a URL); `name` is a file name whose suffix may tell
    the type; `media_type` and `charset` are what an HTTP server declared, lower case, or empty.
    """

    key: str
    source: str
    name: str
    content: bytes
    media_type: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Character `offset` of a block's text stands at `line` and `column` of the source (both from 1)."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a source file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of copy that a reader takes in as a unit: a heading, paragraph, list item, button.

    `role` is one of: title, description, heading-1..6, hero, body, list-item, cta, quote, table, caption,
    alt, nav, footer, legal, cookie. `text` has its white space folded. `anchors` are sorted by offset, the
    first at offset 0; between two anchors the text runs along one source line, a column a character.
    `section` counts the headings (level 1 to 3) passed so far: blocks with the same number stand together.
    `href` is where a link or button leads.
    """

    role: str
    text: str
    anchors: tuple[Anchor, ...]
    selector: str = ""
    section: int = 0
    href: str = ""

    @property
    def line(self) -> int:
        return self.anchors[0].line

    @property
    def column(self) -> int:
        return self.anchors[0].column

    @property
    def is_copy(self) -> bool:
        """Whether a reader takes this for something that the company says (formats.md, 'page copy')."""
        return self.role not in FURNITURE

    def position(self, offset: int) -> Position:
        """Where the character at `offset` stands in the source."""
        best = self.anchors[0]
        for anchor in self.anchors:
            if anchor.offset > offset:
                break
            best = anchor
        return Position(best.line, best.column + offset - best.offset)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A `msgcheck-disable` comment: rule-id prefixes (none = every rule), and the source lines it covers."""

    rules: tuple[str, ...]
    first_line: int
    last_line: int
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A page as it reads. `language` is an ISO 639-1 code, or empty when the text is too short to tell.

    `visible_words` counts every word that the page shows, furniture included; `names` are the names that the
    page's own metadata gives the product or company (og:site_name, JSON-LD name, title part).
    """

    key: str
    source: str
    kind: DocumentKind
    title: str
    language: str
    blocks: tuple[Block, ...]
    visible_words: int
    skipped: tuple[Skipped, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    names: tuple[str, ...] = ()

    def copy(self) -> Iterator[tuple[int, Block]]:
        """The blocks that are page copy, each with its index in `blocks`."""
        return ((index, block) for index, block in enumerate(self.blocks) if block.is_copy)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on a call. `confidence` (0..1) says how sure the role is; 1.0 where the format states it.

    `email` is the address that the format gives, to tell the role by; no report shows it.
    """

    name: str
    role: SpeakerRole = "unknown"
    confidence: float = 0.0
    email: str = ""


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

    `key` is the document key, with `#n` for the n-th call of a file that holds several.
    """

    key: str
    source: str
    format: str
    date: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    duration_s: float | None = None

    def role_of(self, name: str) -> SpeakerRole:
        return next((speaker.role for speaker in self.speakers if speaker.name == name), "unknown")


@dataclass(frozen=True, slots=True)
class Audience:
    id: str
    name: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that the company agreed to say. `required_on` holds path globs (`/`, `/product/**`)."""

    id: str
    text: str
    kind: str = "value"
    required_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`prefer` maps the preferred term to the variants that it replaces."""

    prefer: tuple[tuple[str, tuple[str, ...]], ...] = ()
    avoid: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Positioning:
    """The agreed statement. Empty values mean 'not agreed', never a guess; `missing` says what was not found."""

    source: str
    product: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    category_aliases: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    alternatives: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    facts: tuple[Fact, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    statement: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a page or call. `block` is an index into the document's blocks (or the call's turns);
    `start` and `end` are character offsets in that block's text. `line` is 0 where a whole document is meant."""

    document: str
    kind: LocationKind = "primary"
    block: int = -1
    start: int = 0
    end: int = 0
    quote: str = ""
    note: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place. `fingerprint`, `suppressed` and `baselined` are filled in by the engine."""

    rule: str
    severity: Severity
    confidence: float
    message: str
    advice: str
    locations: tuple[Location, ...]
    fingerprint: str = ""
    suppressed: bool = False
    baselined: bool = False

    @property
    def primary(self) -> Location:
        return self.locations[0]


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
    """Units as in formats.md. `alignment` is None without agreed messages."""

    jargon_per_100_words: float
    vague_share: float
    alignment: float | None
    reading_grade: float
    words_kept_share: float


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
    """A rep's turn that describes the product otherwise than agreed. `message`: which agreed thing it departs from."""

    turn: int
    speaker: str
    quote: str
    message: str
    score: float


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
    clarifying_s: float | None


@dataclass(frozen=True, slots=True)
class PageReport:
    document: Document
    words: int
    confusion: float
    clarity: Clarity
    category_guess: tuple[CategoryGuess, ...]
    metrics: Metrics
    messages: tuple[MessageCoverage, ...]


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
    pages: int
    calls: int
    words: int
    findings: Mapping[Severity, int]
    confusion: float
    suppressed: int
    baselined: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a renderer may show, already sorted and rounded."""

    tool: Tool
    run: Run
    summary: Summary
    positioning: Positioning | None
    pages: tuple[PageReport, ...]
    sentences: tuple[SentenceReport, ...]
    calls: tuple[CallReport, ...]
    misconceptions: tuple[Misconception, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    faults: tuple[Fault, ...]
