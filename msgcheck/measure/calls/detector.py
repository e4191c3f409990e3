"""Judges each turn of a call: how likely confusion shows in it, and of which kind. Trained by training.moments.

Two stages. Two linear models read a turn with its neighbours: one its meaning and ways of speaking, one its phrases.
Boosted trees then weigh their scores against those of the turns around, the ways of speaking and the closeness to the
statement: a correction two turns later, or a belief that was heard before, says as much as the turn itself. What all
three say is added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.shipped import checked
from msgcheck.language.values import Vector
from msgcheck.measure.calls.features import TurnFeatures
from msgcheck.measure.calls.phrasing import PARTS, Phrasing
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


def surroundings(features: TurnFeatures, *stages: Vector) -> Vector:
    """The columns of the second stage, for all turns of one call; `stages` are the scores of the first."""
    count = len(features.modes)
    place = np.arange(count) / max(_SHORT_CALL, count)
    own = np.stack([column for scores in stages for column in _around(scores[:, 0])], axis=1)
    told = np.hstack([shares(scores[:, 1:]) for scores in stages])
    columns = np.hstack(
        [own, place[:, None], np.array(features.modes)[:, None], told, features.cues, features.closeness]
    )
    return np.asarray(np.nan_to_num(columns, nan=_UNKNOWN), dtype=np.float32)


def _around(odds: Vector) -> list[Vector]:
    """The log-odds of each turn, those of the turns around it, and the highest of the call."""
    count = len(odds)
    padded = np.concatenate([np.full(3, _NO_TURN), odds, np.full(3, _NO_TURN)])
    around = [padded[3 + step : 3 + step + count] for step in _AROUND]
    highest = float(np.sort(odds)[-_HIGHEST:].mean()) if count >= _TELLING_LENGTH else _USUAL_HIGHEST
    return [odds, *around, np.full(count, highest)]


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
    """Both stages; `kinds` are the trees of each of `KINDS`. What trees and both linear models say of a moment is added
    up with the shares of `blend`, so that 0.5 means as likely as not."""

    linear: Linear
    phrasing: Phrasing
    moment: Trees
    kinds: tuple[Trees, ...]
    blend: Vector
    intercept: float

    def judge(self, features: TurnFeatures) -> tuple[Vector, Vector]:
        """Probabilities of a moment, shape (turns,), and of each kind given one, shape (turns, 5)."""
        stages = self.linear.scores(features), self.phrasing.scores(features.spoken)
        columns = surroundings(features, *stages)
        odds = voices(self.moment, columns, *stages) @ self.blend + self.intercept
        return 1 / (1 + np.exp(-odds)), shares(np.stack([trees.odds(columns) for trees in self.kinds], axis=1))


def voices(moment: Trees, columns: Vector, *stages: Vector) -> Vector:
    """The log-odds that are added up: those of the trees, then those of the models before them."""
    return np.stack([moment.odds(columns), *(scores[:, 0] for scores in stages)], axis=1)


def save(detector: Detector, path: Path) -> None:
    """No pickle; the linear weights in half precision."""
    phrasing = detector.phrasing
    arrays: dict[str, Any] = {f"linear.{name}": getattr(detector.linear, name) for name in ("mean", "weights", "bias")}
    for place in range(len(PARTS)):
        arrays[f"rarity{place}"], arrays[f"weights{place}"] = phrasing.rarity[place], phrasing.weights[place]
    arrays = {name: array.astype(np.float16) for name, array in (arrays | {"phrasing.bias": phrasing.bias}).items()}
    for place, places in enumerate(phrasing.places):
        arrays[f"phrases{place}"] = _packed(sorted(places, key=places.__getitem__))
    arrays["known"] = _packed(sorted(phrasing.known))
    for place, trees in enumerate((detector.moment, *detector.kinds)):
        arrays |= {f"trees{place}.{part.name}": getattr(trees, part.name) for part in fields(Trees)}
    np.savez_compressed(path, **arrays, blend=detector.blend, intercept=np.array(detector.intercept))


def _packed(lines: Iterable[str]) -> Vector:
    """Lines of text as bytes."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _unpacked(packed: Vector) -> list[str]:
    return packed.tobytes().decode().split("\n")


@cache
def load_detector(path: Path = WEIGHTS) -> Detector:
    with np.load(checked(path), allow_pickle=False) as stored:
        linear = Linear(*(stored[f"linear.{part.name}"].astype(np.float32) for part in fields(Linear)))
        parts = range(len(PARTS))
        phrasing = Phrasing(
            known=frozenset(_unpacked(stored["known"])),
            places=tuple({line: row for row, line in enumerate(_unpacked(stored[f"phrases{part}"]))} for part in parts),
            rarity=tuple(stored[f"rarity{part}"].astype(np.float32) for part in parts),
            weights=tuple(stored[f"weights{part}"].astype(np.float32) for part in parts),
            bias=stored["phrasing.bias"].astype(np.float32),
        )
        moment, *kinds = (
            Trees(*(stored[f"trees{place}.{part.name}"] for part in fields(Trees))) for place in range(1 + len(KINDS))
        )
        return Detector(linear, phrasing, moment, tuple(kinds), stored["blend"], float(stored["intercept"]))
