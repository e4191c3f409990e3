"""Judges each turn of a call: how likely confusion shows in it, and of which kind. Trained by training.moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from msgcheck.language.values import Vector
from msgcheck.measure.calls.features import TurnFeatures
from msgcheck.model import MomentKind

KINDS: tuple[MomentKind, ...] = ("misconception", "what-is-it", "term-question", "promise-gap", "audience-doubt")
WEIGHTS = Path(__file__).parent / "moments.npz"

Vocabulary = tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Feature rows for the linear model: `special` columns weigh by mode of talk, `shared` ones do not."""

    shared: Vector
    special: Vector
    modes: tuple[int, ...]


def design(features: TurnFeatures, vocabulary: Vocabulary) -> Design:
    """`vocabulary` maps n-grams of the turn, its answer and the turn before to columns."""
    width = features.meaning.shape[1] // 3
    words = [_indicators([row[place] for row in features.words], known) for place, known in enumerate(vocabulary)]
    return Design(
        shared=np.hstack([features.meaning[:, 2 * width :], *words]),
        special=np.hstack([features.cues, features.closeness, features.meaning[:, : 2 * width]]),
        modes=tuple(features.modes),
    )


def _indicators(rows: Sequence[set[str]], vocabulary: Mapping[str, int]) -> Vector:
    out = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
    for place, row in enumerate(rows):
        out[place, [vocabulary[gram] for gram in row if gram in vocabulary]] = 1.0
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Detector:
    """A linear model. Shapes: `shared_weights` (columns, 6), `special_weights` (modes, columns, 6), `bias` (modes, 6):
    output 0 is the log-odds of a moment, 1 to 5 the scores of `KINDS`. Unknown features (NaN) count as average."""

    vocabulary: Vocabulary
    shared_mean: Vector
    special_mean: Vector
    shared_weights: Vector
    special_weights: Vector
    bias: Vector

    def judge(self, features: TurnFeatures) -> tuple[Vector, Vector]:
        """Probabilities of a moment, shape (turns,), and of each kind given one, shape (turns, 5)."""
        rows = design(features, self.vocabulary)
        modes = np.array(rows.modes, dtype=np.int64)
        scores = np.nan_to_num(rows.shared - self.shared_mean) @ self.shared_weights + self.bias[modes]
        special = np.nan_to_num(rows.special - self.special_mean)
        for mode in range(len(self.special_weights)):
            scores[modes == mode] += special[modes == mode] @ self.special_weights[mode]
        odds, kinds = scores[:, 0], np.exp(scores[:, 1:] - scores[:, 1:].max(axis=1, keepdims=True, initial=-1e9))
        return 1 / (1 + np.exp(-odds)), kinds / kinds.sum(axis=1, keepdims=True)


def save(detector: Detector, path: Path) -> None:
    """Half precision, no pickle; the vocabulary as arrays of strings in column order."""
    words: dict[str, Any] = {
        f"words{place}": np.array(sorted(known, key=known.__getitem__))
        for place, known in enumerate(detector.vocabulary)
    }
    np.savez_compressed(
        path,
        **words,
        shared_mean=detector.shared_mean.astype(np.float16),
        special_mean=detector.special_mean.astype(np.float16),
        shared_weights=detector.shared_weights.astype(np.float16),
        special_weights=detector.special_weights.astype(np.float16),
        bias=detector.bias.astype(np.float32),
    )


@cache
def load_detector(path: Path = WEIGHTS) -> Detector:
    with np.load(path, allow_pickle=False) as stored:
        return Detector(
            tuple(
                {str(gram): column for column, gram in enumerate(stored[name])}
                for name in sorted(stored.files)
                if name.startswith("words")
            ),
            *(
                stored[name].astype(np.float32)
                for name in ("shared_mean", "special_mean", "shared_weights", "special_weights", "bias")
            ),
        )
