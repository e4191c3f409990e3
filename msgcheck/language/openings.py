"""A small trained head that reads a page's opening as a first-time reader would.

It sees the meaning of the first words (mean token states), how concrete each sentence reads, and words that tell
something without a model (cues.py). How it was trained, on what, and how well it does on unseen pages: OPENINGS.md
beside the weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.cues import opening_cues
from msgcheck.language.encoder import States
from msgcheck.language.heads import LAYERS
from msgcheck.language.shipped import checked
from msgcheck.language.values import OpeningReading

#: The readers whose judgement the head learnt saw about so many words; sentences and cues are read in as many.
OPENING_WORDS = 90
#: The meaning of so many words from the start: Spearman with the readers 0.90, against 0.87 with 45 or 90 words, 0.84
#: with 130 (confusion, by page, November 2026).
_FIRST_WORDS = 65
#: A sentence that begins before this many words counts as read first.
_EARLY = 40
_WORD_STATE = LAYERS.index(3)
_WEIGHTS = Path(__file__).parent / "heads" / "openings.npz"
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")

#: What readers' confusion is made of: least squares on the means of four blind readers of 44 pages, R² 0.95 (November
#: 2026, `python -m msgcheck.training.openings --gold DIR`).
CONFUSED_AT_WORST = 1.27
SHARES = {"what": 0.90, "who": 0.14, "why": 0.17}

#: How fast nearness falls with the square of the distance between openings (training.openings says how it was chosen).
GAMMA = 0.06

Floats = NDArray[np.float32]


def opening_parts(text: str) -> tuple[str, ...]:
    """What the encoder reads of an opening: its first words as a whole, then sentence by sentence."""
    words = text.split()
    return (" ".join(words[:_FIRST_WORDS]), *_SENTENCE_END.split(" ".join(words[:OPENING_WORDS])))


def mean_states(states: States) -> Floats:
    """Mean token states of two layers; shape (768,)."""
    layers, tokens, size = states.values.shape
    if not tokens:
        return np.zeros(layers * size, dtype=np.float32)
    pooled: Floats = states.values.mean(axis=1).ravel()
    return pooled


def word_states(states: States) -> Floats:
    """Token states of one layer; shape (tokens, 384)."""
    found: Floats = states.values[_WORD_STATE]
    return found


def reading_order(parts: Sequence[str], vagueness: Floats, claim: Floats, insider: Floats) -> list[float]:
    """Five numbers about an opening's sentences, from readings of each (0..1) and of each word (`insider`)."""
    lengths = np.array([len(part.split()) for part in parts], dtype=np.float32)
    early = np.cumsum(lengths) - lengths < _EARLY
    plain = np.sort(claim - vagueness)
    return [
        float(np.average(vagueness[early], weights=lengths[early])),
        float(vagueness[0]),
        float(plain[-2:].mean()),
        float(np.average(claim, weights=lengths)),
        float(insider.mean()) if len(insider) else 0.0,
    ]


def settle(confusion: float, who: float, why: float) -> OpeningReading:
    """The four numbers so that confusion is what the answers make it: 'what' is the answer that explains the rest."""
    confusion, who, why = (min(1.0, max(0.0, value)) for value in (confusion, who, why))
    what = (CONFUSED_AT_WORST - confusion - SHARES["who"] * who - SHARES["why"] * why) / SHARES["what"]
    return OpeningReading(confusion, min(1.0, max(0.0, what)), who, why)


@dataclass(frozen=True, slots=True, eq=False)
class SupportVectors:
    """A support vector regression with a Gaussian kernel: an opening is read as those like it were.

    Features are shifted by `mean` and stretched by `scale`; `support` (openings, features) holds those learnt from,
    `dual` (openings, readings) what each adds for being near, `bias` (readings,) what all start from.
    """

    mean: Floats
    scale: Floats
    support: Floats
    dual: Floats
    bias: Floats

    def __call__(self, features: Floats) -> Floats:
        """The readings of one row of features."""
        apart = ((self.support - (features - self.mean) * self.scale) ** 2).sum(axis=1)
        return np.asarray(np.exp(-GAMMA * apart) @ self.dual + self.bias)


class OpeningHead:
    """The shipped weights; numpy alone, so that reading costs no further import."""

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with np.load(checked(_WEIGHTS), allow_pickle=False) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}

    @cached_property
    def _opening(self) -> SupportVectors:
        return SupportVectors(*(self._weights[f"opening.{part.name}"] for part in fields(SupportVectors)))

    def read(self, parts: Sequence[str], states: Sequence[States]) -> OpeningReading:
        """`parts` as `opening_parts` gives them, with the states of each."""
        if not len(states[0].offsets):
            return OpeningReading(1.0, 0.0, 0.0, 0.0)
        sentences = np.stack([mean_states(item) for item in states[1:]])
        vagueness, claim = np.clip(self._linear("sentence", sentences), 0.0, 1.0).T
        words = np.concatenate([word_states(item) for item in states[1:]])
        insider = np.clip(self._linear("word", words), 0.0, 1.0)
        order = reading_order(parts[1:], vagueness, claim, insider)
        features = np.concatenate([mean_states(states[0]), order, opening_cues(" ".join(parts[1:]))])
        return settle(*(float(value) for value in self._opening(features)))

    def _linear(self, name: str, features: Floats) -> Floats:
        return np.asarray(features @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])
