"""What the reading top says of a sentence and its words, as a person would put it: shares from 0 to 1.

How it was trained, on what, and how well it does on unseen pages: MODEL_CARD.md beside the weights.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.encoder import READING, Encoded
from msgcheck.language.shipped import checked
from msgcheck.language.values import WordReading

#: Hidden layers whose token states the reading of page openings sees (language/openings.py).
LAYERS = (3, 4)
#: Counts of the surface are standardised and then kept within so many deviations.
SURFACE_LIMIT = 3.0
#: The place of the logarithm of the length among the counts.
LOG_LENGTH = 1
_SURFACE = ("surface.mean", "surface.scale", "surface.weight")
_WORD = re.compile(r"[^\W_](?:[\w'’&/.-]*[^\W_])?")

Floats = NDArray[np.float32]


def surface(text: str) -> Floats:
    """Eight counts that the reading top cannot see well: length, figures, capitals, who is spoken of."""
    words = text.split()
    lower = f" {text.lower()} "
    counts = (
        len(words),
        np.log1p(len(words)),
        any(letter.isdigit() for letter in text),
        len(re.findall(r"\d+", text)),
        len(re.findall(r"(?<!^)\b[A-Z]\w+", text)),
        text.endswith((".", "!", "?")),
        bool(re.search(r"\b(?:we|our|us)\b", lower)),
        bool(re.search(r"\byour?\b", lower)),
    )
    return np.array(counts, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the heads say of one sentence; `vagueness` and `claim` in 0..1."""

    vagueness: float
    claim: float
    words: tuple[WordReading, ...]


class Heads:
    """Turns the reading top's logits into readings; numpy alone, so that it costs no further import."""

    @cached_property
    def _weights(self) -> tuple[Floats, Floats, Floats]:
        from safetensors import safe_open

        with safe_open(checked(READING), framework="numpy") as stored:
            mean, scale, weight = (stored.get_tensor(name).astype(np.float32) for name in _SURFACE)
        return mean, scale, weight

    def read(self, text: str, encoded: Encoded) -> SentenceReading:
        if not len(encoded.offsets):
            return SentenceReading(0.0, 0.0, ())
        mean, scale, weight = self._weights
        counts = np.clip((surface(text) - mean) / scale, -SURFACE_LIMIT, SURFACE_LIMIT)
        vagueness, claim = logistic(encoded.sentence + weight @ counts)
        return SentenceReading(
            float(vagueness), float(claim), word_readings(text, encoded.offsets, shares(encoded.words))
        )


def logistic(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def shares(logits: Floats) -> Floats:
    """The softmax of each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def word_readings(text: str, offsets: NDArray[np.int32], shares: Floats) -> tuple[WordReading, ...]:
    """The words of a text, each with the mean of its tokens' `shares` (tokens, 3): none, buzzword, insider."""
    spans = np.array([match.span() for match in _WORD.finditer(text)], dtype=np.int32).reshape(-1, 2)
    first = np.searchsorted(offsets[:, 1], spans[:, 0], side="right")
    count = np.searchsorted(offsets[:, 0], spans[:, 1], side="left") - first
    spans, first, count = spans[count > 0], first[count > 0], count[count > 0]
    total = shares[first]
    for further in range(1, count.max(initial=0)):
        longer = count > further
        total[longer] += shares[first[longer] + further]
    _, buzzwords, insiders = (total / count[:, None].astype(np.float32)).T.tolist()
    return tuple(
        WordReading(start, end, buzzword, insider)
        for (start, end), buzzword, insider in zip(spans.tolist(), buzzwords, insiders, strict=True)
    )
