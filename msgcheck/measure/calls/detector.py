"""Judges each turn of a call: how likely confusion shows in it, and of which kind. Trained by training.moments.

Two stages. A linear model reads a turn with its neighbours; boosted trees then weigh its score against those of the
turns around, the ways of speaking and the closeness to the statement: a correction two turns later, or a belief that
was heard before, says as much as the turn itself.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.values import Vector
from msgcheck.measure.calls.features import TurnFeatures
from msgcheck.model import MomentKind

KINDS: tuple[MomentKind, ...] = ("misconception", "what-is-it", "term-question", "promise-gap", "audience-doubt")
MODES = 3
WEIGHTS = Path(__file__).parent / "moments.npz"

Whole = NDArray[np.int64]

#: Scores of so many turns before and after a turn are seen beside its own.
_AROUND = (-3, -2, -1, 1, 2, 3)
#: What a score counts as where a call has no turn: no sign of a moment.
_NO_TURN = -4.0
#: A call's highest scores say how confused its people are; of short stretches they say nothing.
_HIGHEST, _TELLING_LENGTH, _USUAL_HIGHEST = 4, 13, -0.5
_SHORT_CALL = 20
#: Unknown closeness, for the trees.
_UNKNOWN = -1.0


def rows(features: TurnFeatures) -> Vector:
    """The columns of the linear stage. `special` ones stand once more for each way in which a turn is heard."""
    return np.hstack([features.cues, features.closeness, features.meaning])


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Shapes: `weights` (modes, columns, 6), `bias` (modes, 6). Output 0 is the log-odds of a moment, 1 to 5 the scores
    of `KINDS`. Unknown features (NaN) count as average."""

    mean: Vector
    weights: Vector
    bias: Vector

    def scores(self, features: TurnFeatures) -> Vector:
        columns = np.nan_to_num(rows(features) - self.mean)
        modes = np.array(features.modes, dtype=np.int64)
        scores = self.bias[modes]
        for mode in range(MODES):
            scores[modes == mode] += columns[modes == mode] @ self.weights[mode]
        return scores


def shares(scores: Vector) -> Vector:
    """The softmax of each row."""
    kinds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
    return np.asarray(kinds / kinds.sum(axis=1, keepdims=True), dtype=np.float32)


def surroundings(features: TurnFeatures, scores: Vector) -> Vector:
    """The columns of the second stage, for all turns of one call."""
    odds = scores[:, 0]
    count = len(odds)
    padded = np.concatenate([np.full(3, _NO_TURN), odds, np.full(3, _NO_TURN)])
    around = [padded[3 + step : 3 + step + count] for step in _AROUND]
    highest = float(np.sort(odds)[-_HIGHEST:].mean()) if count >= _TELLING_LENGTH else _USUAL_HIGHEST
    place = np.arange(count) / max(_SHORT_CALL, count)
    own = np.stack([odds, *around, np.full(count, highest), place, np.array(features.modes)], axis=1)
    columns = np.hstack([own, shares(scores[:, 1:]), features.cues, features.closeness])
    return np.asarray(np.nan_to_num(columns, nan=_UNKNOWN), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Boosted regression trees, one after the other in each array. A leaf has feature -1, and its value is added up;
    elsewhere a row goes left where its feature is at most the threshold. `roots` says where each tree starts, `start`
    what the sum of leaves is added to."""

    roots: Whole
    feature: Whole
    threshold: Vector
    left: Whole
    right: Whole
    value: Vector
    start: Vector

    def odds(self, columns: Vector) -> Vector:
        columns = columns.astype(np.float32)
        place = np.tile(self.roots, (len(columns), 1))
        each = np.arange(len(columns))[:, None]
        while (inner := self.feature[place] >= 0).any():
            goes_left = columns[each, self.feature[place]] <= self.threshold[place]
            place = np.where(inner, np.where(goes_left, self.left[place], self.right[place]), place)
        return np.asarray(self.start + self.value[place].sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Detector:
    """Both stages; `kinds` are the trees of each of `KINDS`. The calibration (slope, intercept) makes 0.5 mean as
    likely as not."""

    linear: Linear
    moment: Trees
    kinds: tuple[Trees, ...]
    slope: float
    intercept: float

    def judge(self, features: TurnFeatures) -> tuple[Vector, Vector]:
        """Probabilities of a moment, shape (turns,), and of each kind given one, shape (turns, 5)."""
        columns = surroundings(features, self.linear.scores(features))
        odds = self.slope * self.moment.odds(columns) + self.intercept
        return 1 / (1 + np.exp(-odds)), shares(np.stack([trees.odds(columns) for trees in self.kinds], axis=1))


def save(detector: Detector, path: Path) -> None:
    """No pickle; the linear weights in half precision."""
    arrays: dict[str, Any] = {f"linear.{name}": getattr(detector.linear, name) for name in ("mean", "weights", "bias")}
    arrays = {name: array.astype(np.float16) for name, array in arrays.items()}
    for place, trees in enumerate((detector.moment, *detector.kinds)):
        arrays |= {f"trees{place}.{part.name}": getattr(trees, part.name) for part in fields(Trees)}
    np.savez_compressed(path, **arrays, calibration=np.array([detector.slope, detector.intercept]))


@cache
def load_detector(path: Path = WEIGHTS) -> Detector:
    with np.load(path, allow_pickle=False) as stored:
        linear = Linear(*(stored[f"linear.{part.name}"].astype(np.float32) for part in fields(Linear)))
        moment, *kinds = (
            Trees(*(stored[f"trees{place}.{part.name}"] for part in fields(Trees))) for place in range(1 + len(KINDS))
        )
        slope, intercept = stored["calibration"].tolist()
    return Detector(linear, moment, tuple(kinds), slope, intercept)
