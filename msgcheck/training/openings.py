"""Train the head that reads a page's opening: its confusion, and whether it tells what is sold, for whom, what for.

    python -m msgcheck.training.openings --gold DIR [--output FILE] [--measure]

DIR holds pages.json and extra_pages.json with their pages. Figures are cross-validated by page: no page is scored by
weights that saw it. `--measure` prints them without writing weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold

from msgcheck.language.heads import LAYERS
from msgcheck.language.openings import opening_features, opening_prefixes
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.rules.vague.hero_unclear import CONFUSED, MISSING
from msgcheck.training.pages import labelled_openings

_OUTPUT = Path(__file__).parent.parent / "language" / "heads" / "openings.npz"
_FOLDS = 10
_ALPHA = 500.0
#: Pages that four readers read weigh twice; the others had two.
_TRUSTED = 2.0
#: Readers' mean at or over which an opening counts as confusing, under which a slot counts as unanswered (0..1).
_CONFUSING, _UNANSWERED = 0.5, 0.5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A ridge regression on standardised features."""

    mean: Floats
    scale: Floats
    weight: Floats
    bias: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray((features - self.mean) / self.scale @ self.weight + self.bias)


def fit_linear(features: Floats, targets: Floats, weights: Floats) -> Linear:
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = Ridge(alpha=_ALPHA).fit((features - mean) / scale, targets, sample_weight=weights)
    return Linear(mean, scale, model.coef_.T, model.intercept_)


def encode_openings(openings: Sequence[str]) -> list[Floats]:
    """One matrix a prefix length, a row an opening."""
    encoder = TorchEncoder(LAYERS)
    features = []
    for prefixes in zip(*(opening_prefixes(opening) for opening in openings), strict=True):
        found = dict(encoder.encode(prefixes))
        features.append(np.stack([opening_features(found[index]) for index in range(len(prefixes))]))
    return features


def cross_validated(features: Sequence[Floats], targets: Floats, trusted: NDArray[np.bool_]) -> Floats:
    """Readings of each opening by weights that did not see its page, (openings, 4)."""
    predicted = np.zeros_like(targets)
    weights = np.where(trusted, _TRUSTED, 1.0)
    for train, test in GroupKFold(_FOLDS).split(targets, groups=np.arange(len(targets))):
        readings = [fit_linear(seen[train], targets[train], weights[train])(seen[test]) for seen in features]
        predicted[test] = np.mean(readings, axis=0)
    return predicted


def measure_readings(predicted: Floats, targets: Floats, trusted: NDArray[np.bool_]) -> dict[str, float]:
    """Rank correlations with the blind readers, on the pages that four of them read."""
    names = ("confusion", "clear_what", "clear_who", "clear_why")
    return {
        f"readers.{name}": float(spearmanr(predicted[trusted, column], targets[trusted, column])[0])
        for column, name in enumerate(names)
    }


def measure_rule(predicted: Floats, targets: Floats) -> dict[str, float]:
    """How many pages vague.hero-unclear would report, and how often the blind readers agree."""
    worst = predicted[:, 1:].min(axis=1)
    reported = (worst < MISSING) & (predicted[:, 0] >= CONFUSED)
    slots = predicted[:, 1:].argmin(axis=1) + 1
    named = targets[np.arange(len(targets)), slots]
    return {
        "rule.pages": float(len(targets)),
        "rule.reported": float(reported.sum()),
        "rule.confusing": float((targets[reported, 0] >= _CONFUSING).sum()),
        "rule.named_slot_unanswered": float((named[reported] < _UNANSWERED).sum()),
    }


def main() -> None:
    """Measure by cross-validation, then train on everything and write the weights in half precision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures only")
    args = parser.parse_args()
    openings, targets, trusted = labelled_openings(args.gold)
    features = encode_openings(openings)
    predicted = cross_validated(features, targets, trusted)
    figures = measure_readings(predicted, targets, trusted) | measure_rule(predicted, targets)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=2))
    if args.measure:
        return
    weights = np.where(trusted, _TRUSTED, 1.0)
    arrays: dict[str, Any] = {}
    for place, seen in enumerate(features):
        head = fit_linear(seen, targets, weights)
        arrays |= {f"{place}.{part}": getattr(head, part) for part in ("mean", "scale", "weight", "bias")}
    halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in sorted(arrays.items())}
    np.savez_compressed(args.output, **halves)


if __name__ == "__main__":
    main()
