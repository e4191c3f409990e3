"""Small trained heads: readings of a sentence and its words, from the encoder's token states.

How they were trained, on what, and how well they do on unseen pages: MODEL_CARD.md beside the weights.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.encoder import Encoded
from msgcheck.language.values import WordReading

#: Hidden layers that the heads read. The middle layers tell vague from concrete better than the last, which was
#: trained for similarity: cross-validated by page, Spearman 0.79 against 0.69 (November 2026, training.heads).
LAYERS = (2, 3, 4, 5, 6)
_SENTENCE_LAYERS = (0, 1, 2, 3)
_WORD_LAYERS = (1, 2, 3)
_WEIGHTS = Path(__file__).parent / "heads" / "weights.npz"
_WORD = re.compile(r"[^\W_](?:[\w'’&/.-]*[^\W_])?")

Floats = NDArray[np.float32]


def sentence_features(text: str, encoded: Encoded) -> Floats:
    """Mean token states of four layers, then eight counts of the surface; shape (1544,)."""
    pooled = encoded.states[list(_SENTENCE_LAYERS)].mean(axis=1).ravel()
    return np.concatenate([pooled, _surface(text)]).astype(np.float32)


def token_features(encoded: Encoded) -> Floats:
    """Token states of three layers side by side; shape (tokens, 1152)."""
    return np.concatenate(encoded.states[list(_WORD_LAYERS)], axis=1).astype(np.float32)


def _surface(text: str) -> list[float]:
    words = text.split()
    lower = f" {text.lower()} "
    return [
        float(len(words)),
        float(np.log1p(len(words))),
        float(any(letter.isdigit() for letter in text)),
        float(len(re.findall(r"\d+", text))),
        float(len(re.findall(r"(?<!^)\b[A-Z]\w+", text))),
        float(text.endswith((".", "!", "?"))),
        float(bool(re.search(r"\b(?:we|our|us)\b", lower))),
        float(bool(re.search(r"\byour?\b", lower))),
    ]


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the heads say of one sentence; `vagueness` and `claim` in 0..1."""

    vagueness: float
    claim: float
    words: tuple[WordReading, ...]


class Heads:
    """The shipped weights; numpy alone, so that reading costs no further import."""

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with np.load(_WEIGHTS, allow_pickle=False) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}

    def read(self, text: str, encoded: Encoded) -> SentenceReading:
        if not len(encoded.offsets):
            return SentenceReading(0.0, 0.0, ())
        vagueness, claim = np.clip(self._linear("sentence", sentence_features(text, encoded)), 0.0, 1.0)
        return SentenceReading(float(vagueness), float(claim), self._words(text, encoded))

    def _linear(self, name: str, features: Floats) -> Floats:
        weights = self._weights
        scaled = (features - weights[f"{name}.mean"]) / weights[f"{name}.scale"]
        return np.asarray(scaled @ weights[f"{name}.weight"] + weights[f"{name}.bias"], dtype=np.float32)

    def _words(self, text: str, encoded: Encoded) -> tuple[WordReading, ...]:
        weights = self._weights
        features = (token_features(encoded) - weights["word.mean"]) / weights["word.scale"]
        hidden = np.maximum(features @ weights["word.weight1"] + weights["word.bias1"], 0.0)
        logits = hidden @ weights["word.weight2"] + weights["word.bias2"]
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return word_readings(text, encoded.offsets, shares)


def word_readings(text: str, offsets: NDArray[np.int32], shares: Floats) -> tuple[WordReading, ...]:
    """The words of a text, each with the mean of its tokens' `shares` (tokens, 3): none, buzzword, insider."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    readings = []
    for match in _WORD.finditer(text):
        inside = (starts < match.end()) & (ends > match.start())
        if inside.any():
            _, buzzword, insider = shares[inside].mean(axis=0)
            readings.append(WordReading(match.start(), match.end(), float(buzzword), float(insider)))
    return tuple(readings)
