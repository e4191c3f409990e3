"""Trains the moment detector on labelled calls of invented companies, and measures it on companies left out.

    python -m msgcheck.training.moments --gold DIR [--cases DIR] [--talk DIR] [--measure]

`--gold` and `--cases` name folders of labelled calls, `--talk` one of talk that is about no product: see
`training.labelled_calls`. The exchanges in data/exchanges.txt are learnt from too, and never measured on. Companies
are left out a quarter at a time, from both stages; the calibration comes from what was left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from msgcheck.cache import Cache, cache_folder
from msgcheck.config import LanguageSettings
from msgcheck.language.core import load_language
from msgcheck.language.values import Vector
from msgcheck.measure.calls.detector import (
    MODES,
    WEIGHTS,
    Detector,
    Linear,
    Trees,
    rows,
    save,
    surroundings,
    voices,
)
from msgcheck.measure.calls.features import MEANINGS
from msgcheck.measure.calls.phrasing import PARTS, Phrasing, phrases
from msgcheck.training.labelled_calls import Example, load_cases, load_exchanges, load_talk, load_turns

#: How much each vector of `TurnFeatures.meaning` may say beside the ways of speaking, how much weights may depend on
#: the way a turn is heard, and how strongly they are held small: chosen by average precision on companies left out
#: (12 companies, 5,263 turns, 425 moments; November 2026, `--measure`).
_MEANING = (0.4, 0.2, 0.4, 0.3, 0.2, 0.2, 0.2)
_SPECIAL, _STRENGTH, _KIND_STRENGTH = 0.5, 0.01, 0.02
_DIMENSIONS = 128
#: What the vectors are multiplied by, to vary about as much as the other columns.
_SPREAD = 1.6
#: A word heard at so many companies belongs to no trade, and stands as itself in phrases; a phrase counts that stands
#: in so many turns. The strengths as above.
_COMPANIES, _TURNS = 6, 4
_PHRASE_STRENGTH, _PHRASE_KIND_STRENGTH = 2.0, 4.0
_MOMENT_TREES: dict[str, Any] = {
    "n_estimators": 150,
    "learning_rate": 0.06,
    "max_depth": 3,
    "min_samples_leaf": 20,
    "subsample": 0.6,
    "max_features": 0.25,
}
_KIND_TREES: dict[str, Any] = {
    "n_estimators": 60,
    "learning_rate": 0.08,
    "max_depth": 2,
    "min_samples_leaf": 8,
    "subsample": 0.7,
    "max_features": 0.3,
}
#: Written exchanges and talk weigh so much: they are not what calls are like (at 0.5 average precision falls by 0.01).
_BORROWED = 0.3
_FOLDS = 4
#: Groups that are measured on.
_LABELLED = ("calls", "cases")
#: Groups of companies from which no way of speaking was collected.
_FRESH = ("cases", "exchanges")
#: Figures are shown for these thresholds of the probability.
_SHOWN = (0.4, 0.5, 0.6)

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Examples with the group and the fold that each belongs to; the examples of a company stay together."""

    examples: tuple[Example, ...]
    groups: NDArray[np.str_]
    folds: Whole

    @classmethod
    def of(cls, groups: Mapping[str, Sequence[Example]]) -> Material:
        fold_of: dict[str, int] = {}
        for group in groups.values():
            for place, company in enumerate(dict.fromkeys(example.company for example in group)):
                fold_of[company] = place % _FOLDS
        examples = tuple(example for group in groups.values() for example in group)
        names = np.array([name for name, group in groups.items() for _ in group])
        return cls(examples, names, np.array([fold_of[example.company] for example in examples]))

    def take(self, kept: NDArray[np.bool_]) -> Material:
        examples = tuple(example for example, wanted in zip(self.examples, kept, strict=True) if wanted)
        return Material(examples, self.groups[kept], self.folds[kept])

    def kinds(self) -> Whole:
        return np.concatenate([example.kinds for example in self.examples])

    def by_turn(self, values: NDArray[Any]) -> NDArray[Any]:
        """A value an example, repeated for each of its turns."""
        return np.repeat(values, [len(example.kinds) for example in self.examples])

    def weights(self) -> Vector:
        return np.where(np.isin(self.by_turn(self.groups), _LABELLED), 1.0, _BORROWED)


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """A row a turn, for the second stage: its columns, with scores by models of the first that did not see its company,
    and these models' log-odds of a moment."""

    columns: Vector
    stages: tuple[Vector, Vector]
    kinds: Whole
    weights: Vector
    folds: Whole

    @classmethod
    def of(cls, material: Material) -> Turns:
        blind = [first_stage(material.take(material.folds != fold)) for fold in range(_FOLDS)]
        models = [blind[fold] for fold in material.folds.tolist()]
        scored = [
            (linear.scores(example.features), phrasing.scores(example.features.spoken))
            for example, (linear, phrasing) in zip(material.examples, models, strict=True)
        ]
        columns = [
            surroundings(example.features, *stages) for example, stages in zip(material.examples, scored, strict=True)
        ]
        stages = np.vstack([linear for linear, _ in scored]), np.vstack([phrasing for _, phrasing in scored])
        folds = material.by_turn(material.folds)
        return cls(np.vstack(columns), stages, material.kinds(), material.weights(), folds)

    def fit(self, kept: Any = ...) -> tuple[Trees, tuple[Trees, ...]]:
        """The trees for moments, and those for their kinds."""
        columns, kinds, weights = self.columns[kept], self.kinds[kept], self.weights[kept]
        chosen = kinds >= 0
        moment = _fit_trees(_MOMENT_TREES, columns, chosen, weights)
        return moment[-1], _fit_trees(_KIND_TREES, columns[chosen], kinds[chosen], weights[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class _Projection:
    """Standardises columns and takes the main directions of each vector: `matrix` (columns, reduced)."""

    mean: Vector
    matrix: Vector

    @classmethod
    def of(cls, columns: Vector, plain: int) -> _Projection:
        """The first `plain` columns stay by themselves."""
        width = columns.shape[1]
        meaning = (width - plain) // MEANINGS
        blocks = [np.diag(1 / (np.nanstd(columns[:, :plain], axis=0) + 1e-3))]
        for place, share in enumerate(_MEANING):
            part = columns[:, plain + place * meaning : plain + (place + 1) * meaning]
            found = PCA(min(_DIMENSIONS, meaning), random_state=0).fit(part)
            spread = np.sqrt(found.explained_variance_).mean()
            blocks.append(found.components_.T * (share * _SPREAD / spread))
        matrix = np.zeros((width, sum(block.shape[1] for block in blocks)), dtype=np.float32)
        top = left = 0
        for block in blocks:
            matrix[top : top + block.shape[0], left : left + block.shape[1]] = block
            top, left = top + block.shape[0], left + block.shape[1]
        return cls(np.nanmean(columns, axis=0), matrix)

    def __call__(self, columns: Vector) -> Vector:
        return np.asarray(np.nan_to_num(columns - self.mean) @ self.matrix, dtype=np.float32)


def first_stage(material: Material) -> tuple[Linear, Phrasing]:
    return _fit_linear(material), _fit_phrasing(material)


def _fit_linear(material: Material) -> Linear:
    """Two logistic regressions over the same columns: is it a moment, and of which kind."""
    columns = np.vstack([rows(example.features) for example in material.examples])
    project = _Projection.of(columns, columns.shape[1] - material.examples[0].features.meaning.shape[1])
    modes = np.eye(MODES, dtype=np.float32)[[mode for example in material.examples for mode in example.features.modes]]
    shared = project(columns)
    matrix = np.hstack([modes, shared, *(shared * (_SPECIAL * modes[:, mode : mode + 1]) for mode in range(MODES))])
    kinds, weights = material.kinds(), material.weights()
    chosen = kinds >= 0
    moment = LogisticRegression(C=_STRENGTH, max_iter=300).fit(matrix, chosen, weights)
    kind = LogisticRegression(C=_KIND_STRENGTH, max_iter=300).fit(matrix[chosen], kinds[chosen], weights[chosen])
    learnt = np.vstack([moment.coef_, kind.coef_]).T
    own_modes, own, *by_mode = np.split(learnt, [MODES, *(MODES + shared.shape[1] * (n + 1) for n in range(MODES))])
    return Linear(
        mean=project.mean,
        weights=np.stack([project.matrix @ (own + _SPECIAL * part) for part in by_mode]),
        bias=np.concatenate([moment.intercept_, kind.intercept_]) + own_modes,
    )


def _fit_phrasing(material: Material) -> Phrasing:
    """The same two questions, asked of phrases."""
    heard: dict[str, set[str]] = {}
    for example in material.examples:
        for word, _ in (token for turn in example.features.spoken for token in turn):
            heard.setdefault(word, set()).add(example.company)
    known = frozenset(word for word, companies in heard.items() if len(companies) >= _COMPANIES)
    said = [parts for example in material.examples for parts in phrases(example.features.spoken, known)]
    readers = [TfidfVectorizer(analyzer=itemgetter(part), binary=True, min_df=_TURNS) for part in range(len(PARTS))]
    matrix = csr_matrix(
        hstack([reader.fit_transform(said) * share for reader, (_, _, share) in zip(readers, PARTS, strict=True)])
    )
    kinds, weights = material.kinds(), material.weights()
    chosen = np.flatnonzero(kinds >= 0)
    moment = LogisticRegression(C=_PHRASE_STRENGTH, max_iter=300).fit(matrix, kinds >= 0, weights)
    kind = LogisticRegression(C=_PHRASE_KIND_STRENGTH, max_iter=300).fit(matrix[chosen], kinds[chosen], weights[chosen])
    learnt = np.vstack([moment.coef_, kind.coef_]).T.astype(np.float32)
    ends = np.cumsum([len(reader.idf_) for reader in readers])
    return Phrasing(
        known=known,
        places=tuple({phrase: row for row, phrase in enumerate(reader.get_feature_names_out())} for reader in readers),
        rarity=tuple(reader.idf_.astype(np.float32) for reader in readers),
        weights=tuple(part * share for part, (_, _, share) in zip(np.split(learnt, ends[:-1]), PARTS, strict=True)),
        bias=np.concatenate([moment.intercept_, kind.intercept_]).astype(np.float32),
    )


def _fit_trees(settings: dict[str, Any], columns: Vector, wanted: Any, weights: Vector) -> tuple[Trees, ...]:
    """The trees of each class, of two classes those of the second."""
    model = GradientBoostingClassifier(random_state=0, **settings).fit(columns, wanted, weights)
    priors = model.init_.class_prior_
    starts = [np.log(priors[1] / priors[0])] if len(priors) == 2 else np.log(priors)
    return tuple(
        _flattened([estimator.tree_ for estimator in column], settings["learning_rate"], start)
        for column, start in zip(model.estimators_.T, starts, strict=True)
    )


def _flattened(trees: Sequence[Any], rate: float, start: float) -> Trees:
    roots = np.cumsum([0, *(tree.node_count for tree in trees)])[:-1]
    pairs = list(zip(trees, roots, strict=True))
    return Trees(
        roots=roots,
        feature=np.concatenate([np.maximum(tree.feature, -1) for tree in trees]),
        threshold=np.concatenate([tree.threshold for tree in trees]).astype(np.float32),
        left=np.concatenate([tree.children_left + root for tree, root in pairs]),
        right=np.concatenate([tree.children_right + root for tree, root in pairs]),
        value=np.concatenate([tree.value[:, 0, 0] for tree in trees]).astype(np.float32) * np.float32(rate),
        start=np.array(start),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What turns of companies that were left out got: log-odds, and likeliest kind; the truth; and their group."""

    odds: Vector
    kinds: Whole
    truth: Whole
    subtle: NDArray[np.bool_]
    hard: NDArray[np.bool_]
    groups: NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """How what the models say is added up: shares of `voices`, and the intercept."""

    shares: Vector
    intercept: float


def left_out(material: Material, turns: Turns) -> tuple[Judged, Blend]:
    """Each fold judged by trees that learnt from the others."""
    said = np.zeros((len(turns.kinds), 1 + len(turns.stages)), dtype=np.float32)
    kinds = np.zeros(len(turns.kinds), dtype=np.int64)
    for fold in range(_FOLDS):
        unseen = turns.folds == fold
        moment, by_kind = turns.fit(~unseen)
        said[unseen] = voices(moment, turns.columns[unseen], *(scores[unseen] for scores in turns.stages))
        kinds[unseen] = np.argmax([trees.odds(turns.columns[unseen]) for trees in by_kind], axis=0)
    groups = material.by_turn(material.groups)
    blend = _blend(said, turns.kinds >= 0, groups)
    subtle, hard = (
        np.concatenate([getattr(example, name) for example in material.examples]) for name in ("subtle", "hard")
    )
    odds = np.asarray(said @ blend.shares + blend.intercept, dtype=np.float32)
    return Judged(odds, kinds, turns.kinds, subtle, hard, groups), blend


def _blend(said: Vector, true: NDArray[np.bool_], groups: NDArray[np.str_]) -> Blend:
    """Shares from the companies that the ways of speaking were not collected from; then Platt's slope and intercept on
    the labelled ones: 0.5 then means as likely as not."""
    fresh, own = np.isin(groups, _FRESH), np.isin(groups, _LABELLED)
    shares = LogisticRegression(C=100.0).fit(said[fresh], true[fresh]).coef_[0]
    model = LogisticRegression(C=100.0).fit((said[own] @ shares)[:, None], true[own])
    return Blend(shares * model.coef_[0, 0], float(model.intercept_[0]))


def figures(judged: Judged, groups: Sequence[str], share: float) -> dict[str, float]:
    """Of the turns of some groups, where a probability of `share` is enough."""
    own = np.isin(judged.groups, groups)
    said, true = judged.odds[own] >= np.log(share / (1 - share)), judged.truth[own] >= 0
    hits = said & true
    precision, recall = hits.sum() / said.sum(), hits.sum() / true.sum()
    return {
        "average_precision": float(average_precision_score(true, judged.odds[own])),
        "precision": float(precision),
        "recall": float(recall),
        "recall_subtle": float(said[judged.subtle[own]].mean()),
        "kind_right": float((judged.kinds == judged.truth)[own][hits].mean()),
        "hard_negatives_silent": float(1 - said[judged.hard[own]].mean()),
    }


def _print_figures(judged: Judged) -> None:
    labelled = [name for name in _LABELLED if name in judged.groups]
    for share in _SHOWN:
        for chosen in (labelled, *([name] for name in labelled)):
            shown = {name: round(value, 3) for name, value in figures(judged, chosen, share).items()}
            print(f"from {share}, {' and '.join(chosen)}:", json.dumps(shown))
        if "talk" in judged.groups:
            alarms = (judged.odds >= np.log(share / (1 - share)))[judged.groups == "talk"]
            print(
                f"from {share}, false alarms per 1,000 of {len(alarms)} turns of talk:", round(1000 * alarms.mean(), 2)
            )


def main() -> None:
    """Measure on companies left out, then train on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--talk", type=Path)
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--measure", action="store_true", help="print figures only")
    args = parser.parse_args()
    language = load_language(LanguageSettings(), cache=Cache(cache_folder()))
    groups = {"calls": list(load_turns(args.gold, language)), "exchanges": list(load_exchanges(language))}
    if args.cases:
        groups["cases"] = list(load_cases(args.cases, language))
    if args.talk:
        groups["talk"] = list(load_talk(args.talk, language))
    material = Material.of(groups)
    turns = Turns.of(material)
    judged, blend = left_out(material, turns)
    _print_figures(judged)
    print("shares", blend.shares.round(3).tolist())
    if not args.measure:
        save(Detector(*first_stage(material), *turns.fit(), blend.shares, blend.intercept), args.output)


if __name__ == "__main__":
    main()
