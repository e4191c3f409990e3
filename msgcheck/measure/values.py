"""Numbers and readings about pages and calls that rules and reports share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgcheck.language.values import OpeningReading, Passage, Sentence, Vector
from msgcheck.language.words import unpack_vector
from msgcheck.measure.quantities import Quantity
from msgcheck.model import (
    Block,
    BuyerTerm,
    Call,
    CallsPeriod,
    CategoryGuess,
    CategoryMatch,
    Clarity,
    Clearing,
    Document,
    Evidence,
    JargonSpan,
    MessageCoverage,
    Metrics,
    Misconception,
    Moment,
    Positioning,
    RepDrift,
    TalkTrack,
)


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedPage:
    """A page and, block by block (same index), its passages; furniture has an empty passage.

    `opening` is what a first-time reader sees (tab title, headline, first words), `opening_vector` its embedding and
    `reading` how clear it is.
    """

    document: Document
    passages: tuple[Passage, ...]
    opening: str
    opening_vector: Vector
    reading: OpeningReading


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedCall:
    """A call with a passage a turn, and one vector a turn (rows of `vectors`)."""

    call: Call
    passages: tuple[Passage, ...]
    vectors: Vector


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedPositioning:
    """The positioning with the embeddings of its parts; rows in the order of the positioning's own lists.

    `categories` holds rows for category, then category_aliases; `not_categories` for the `not` list.
    Arrays have shape (0, dimensions) where a slot is empty.
    """

    positioning: Positioning
    messages: tuple[Passage, ...]
    facts: tuple[Passage, ...]
    message_vectors: Vector
    fact_vectors: Vector
    categories: Vector
    not_categories: Vector
    audiences: Vector
    needs: Vector
    statement: Vector


@dataclass(frozen=True, slots=True, eq=False)
class SentenceMeasure:
    """One sentence of page copy. `start` and `end` are offsets in the block's text.

    `vagueness` and `claim` (0..1) judge the sentence alone; `jargon` offsets count within the sentence.
    `company_voice` is False for testimonials, quoted customers and other words that are not the company's own.
    """

    block: int
    start: int
    end: int
    role: str
    section: int
    sentence: Sentence
    vagueness: float
    claim: float
    jargon: tuple[JargonSpan, ...]
    company_voice: bool

    @property
    def text(self) -> str:
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class CategoryUse:
    """A noun phrase with which the page files the product. `where`: title, headline, description, definition, data.

    `score` (0..1): how sure the reading is that the phrase names the product's category.
    """

    block: int
    start: int
    end: int
    text: str
    where: str
    match: CategoryMatch
    score: float


@dataclass(frozen=True, slots=True)
class AudienceUse:
    """Words with which the page says whom it is for. `audience` is the id of the closest agreed one, or empty.

    `score` (0..1): how likely the words speak of one of the agreed audiences.
    """

    block: int
    start: int
    end: int
    text: str
    audience: str
    score: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words of a page that contradict a fact, another page, or the page itself.

    `other_page` is the document key of the other place ('' for the positioning), `other_quote` its words.
    """

    block: int
    start: int
    end: int
    quote: str
    reason: str
    confidence: float
    fact: str = ""
    other_quote: str = ""
    other_page: str = ""
    other: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A text whose amounts are compared: a fact, or a sentence with its neighbours in mind.

    `keys` are its stems; `block` is the paragraph that the text stands in.
    """

    text: str
    packed_vector: bytes
    keys: frozenset[str]
    amounts: tuple[Quantity, ...]
    block: str

    @property
    def vector(self) -> Vector:
        return unpack_vector(self.packed_vector)


@dataclass(frozen=True, slots=True)
class SiteStatement:
    """A company statement with counts, and the place of its sentence: what other pages may contradict."""

    block: int
    start: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim that no agreed message or fact supports; `sentence` indexes PageMeasures.sentences, `support` 0..1."""

    sentence: int
    support: float
    closest: str = ""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A variant or misspelling at a place, and what it should be; `kind`: variant, avoided, product-name."""

    block: int
    start: int
    end: int
    text: str
    preferred: str
    kind: Literal["variant", "avoided", "product-name"]


@dataclass(frozen=True, slots=True)
class PageMeaning:
    """What a page says as a whole: the direction of its claims, empty where there are none.

    `distance` (0..1) is that from the agreed positioning, None without one.
    """

    packed_middle: bytes = b""
    distance: float | None = None

    @property
    def middle(self) -> Vector:
        return unpack_vector(self.packed_middle)


@dataclass(frozen=True, slots=True)
class SiteMeaning:
    """How far all pages together stand from the agreed positioning, and on average one page from another (0..1)."""

    distance: float | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PageMeasures:
    """Everything measured about one page, given the positioning (if there is one).

    Once the page is measured its sentences have no vectors any more, for these are most of what a page takes: a rule
    that compares meanings needs a measure that does so.
    """

    document: Document
    sentences: Sequence[SentenceMeasure]
    words: int
    clarity: Clarity
    confusion: float
    metrics: Metrics
    messages: tuple[MessageCoverage, ...]
    categories: tuple[CategoryUse, ...]
    category_guess: tuple[CategoryGuess, ...]
    audiences: tuple[AudienceUse, ...]
    conflicts: tuple[Conflict, ...]
    unsupported: tuple[Unsupported, ...]
    terms: tuple[TermUse, ...]
    statements: tuple[SiteStatement, ...] = ()
    meaning: PageMeaning = PageMeaning()
    opening: str = ""

    def block(self, index: int) -> Block:
        return self.document.blocks[index]


@dataclass(frozen=True, slots=True)
class CallMeasures:
    """Everything measured about one call; the call's speakers carry their inferred roles.

    `rep_distance` (0..1): how far what reps say of the product stands from the agreed positioning.
    """

    call: Call
    moments: tuple[Moment, ...]
    rep_drift: tuple[RepDrift, ...]
    clearing: Clearing | None
    rep_distance: float | None = None


@dataclass(frozen=True, slots=True)
class CallsMeasures:
    """All calls of a run, the wrong beliefs that they share, how reps describe the product, and buyers' own words.

    `rep_distance` is that of `CallMeasures`, over all calls.
    """

    calls: tuple[CallMeasures, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    clearing: Clearing | None = None
    talk_tracks: tuple[TalkTrack, ...] = ()
    voice: tuple[BuyerTerm, ...] = ()
    trend: tuple[CallsPeriod, ...] = ()
    rep_distance: float | None = None
