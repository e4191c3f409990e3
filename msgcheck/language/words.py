"""Words of a sentence and what the heads say of them, and how both are packed: a tenth of what objects would take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

#: Universal POS tags as spaCy names them; a packed token holds a place in this list.
_TAGS = (
    *("", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "CONJ", "DET", "EOL", "INTJ", "NOUN"),
    *("NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X"),
)
#: Readings are packed as whole ten-thousandths.
_SCALE = 10_000

_encode = msgspec.msgpack.Encoder().encode
_decode_tokens = msgspec.msgpack.Decoder(list[tuple[int, int, int, str | None]]).decode
_decode_words = msgspec.msgpack.Decoder(list[tuple[int, int, int, int]]).decode


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


def pack_tokens(tokens: Iterable[Token]) -> bytes:
    return _encode(
        [
            (token.start, token.end, _TAGS.index(token.pos), None if token.lemma == token.text.lower() else token.lemma)
            for token in tokens
        ]
    )


@lru_cache(maxsize=4096)
def unpack_tokens(text: str, packed: bytes) -> tuple[Token, ...]:
    """The tokens of a sentence. A measure asks for the same sentence's again and again, hence the short memory."""
    return tuple(
        Token(text[start:end], lemma or text[start:end].lower(), _TAGS[tag], start, end)
        for start, end, tag, lemma in _decode_tokens(packed)
    )


def pack_words(words: Iterable[WordReading]) -> bytes:
    """Readings rounded to four digits."""
    return _encode(
        [(word.start, word.end, round(word.buzzword * _SCALE), round(word.insider * _SCALE)) for word in words]
    )


def unpack_words(packed: bytes) -> tuple[WordReading, ...]:
    return tuple(
        WordReading(start, end, buzzword / _SCALE, insider / _SCALE)
        for start, end, buzzword, insider in _decode_words(packed)
    )


def pack_vector(vector: Vector) -> bytes:
    """In half precision: a cosine moves by less than 0.0002, more than by what else a text's batch held."""
    return vector.astype(np.float16).tobytes()


@lru_cache(maxsize=4096)
def unpack_vector(packed: bytes) -> Vector:
    """The vector, read-only. Each message and fact is compared with the same ones."""
    vector = np.frombuffer(packed, dtype=np.float16).astype(np.float32)
    vector.flags.writeable = False
    return vector
