"""What the language layer gives to the measures: sentences with their words, meaning and first readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Token:
    """A word. `start` and `end` are offsets in the sentence; `pos` is a Universal POS tag; `lemma` is lower case."""

    text: str
    lemma: str
    pos: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordReading:
    """How likely (0..1) the characters `start`..`end` of a sentence are part of jargon, by kind."""

    start: int
    end: int
    buzzword: float
    insider: float


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a passage. `start` and `end` are offsets in the passage's text.

    `vector` is the unit-length embedding (384 numbers with the shipped model). `vagueness` and `claim` are
    the trained heads' readings of the sentence alone, 0..1; `words` those of its words, in order.
    """

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    vector: Vector
    vagueness: float
    claim: float
    words: tuple[WordReading, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A block, turn or message with its sentences; empty text has none."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class OpeningReading:
    """What the trained heads say of a page's opening, as a first-time reader would, each 0..1.

    `confusion`: unsure what is sold; `what`, `who`, `why`: can say what is sold, for whom, and what for.
    """

    confusion: float
    what: float
    who: float
    why: float


class Language(Protocol):
    """Reads text. All methods answer in the order of their input, batch their work, and cache by content."""

    @property
    def encoder_name(self) -> str: ...

    @property
    def nlp_name(self) -> str: ...

    def annotate(self, texts: Sequence[str]) -> list[Passage]:
        """Split each text into sentences and read them."""
        ...

    def embed(self, texts: Sequence[str]) -> Vector:
        """One unit-length row a text, of shape (len(texts), dimensions), without splitting."""
        ...

    def read_openings(self, texts: Sequence[str]) -> list[OpeningReading]:
        """How clear each page opening is to a first-time reader."""
        ...
