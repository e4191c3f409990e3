"""What the language layer gives to the measures: sentences with their words, meaning and first readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from msgcheck.language.words import Token, Vector, WordReading, unpack_tokens, unpack_vector, unpack_words

__all__ = ["Language", "OpeningReading", "Passage", "Sentence", "Token", "Vector", "WordReading"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage. `start` and `end` are offsets in the passage's text.

    `vagueness` and `claim` are the trained heads' readings of the sentence alone, 0..1. Tokens, words and vector are
    kept packed (`msgcheck.language.words`): as objects they would take ten times the memory, and a run may hold
    the sentences of thousands of pages.
    """

    text: str
    start: int
    end: int
    vagueness: float
    claim: float
    packed_tokens: bytes
    packed_words: bytes
    packed_vector: bytes

    @property
    def tokens(self) -> tuple[Token, ...]:
        return unpack_tokens(self.text, self.packed_tokens)

    @property
    def words(self) -> tuple[WordReading, ...]:
        """What the trained heads say of the words, in order."""
        return unpack_words(self.packed_words)

    @property
    def vector(self) -> Vector:
        """The unit-length embedding (384 numbers with the shipped model)."""
        return unpack_vector(self.packed_vector)


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
