"""Train the head that reads a page's opening: its confusion, and whether it tells what is sold, for whom, what for.

    python -m msgcheck.training.openings --gold DIR [--output FILE] [--measure]

DIR holds sentences.jsonl, extra_sentences.jsonl, and pages.json and extra_pages.json with their pages. Figures are
cross-validated by page, over several divisions into folds: no page is scored by weights that saw its readers or the
labels of its sentences, and the readings of the training pages come from weights that did not see theirs either.
`--measure` prints the figures without writing weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LinearRegression
from sklearn.svm import SVR

from msgcheck.language.cues import opening_cues
from msgcheck.language.encoder import States
from msgcheck.language.heads import LAYERS
from msgcheck.language.openings import (
    GAMMA,
    SupportVectors,
    mean_states,
    opening_parts,
    reading_order,
    settle,
    word_states,
)
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.rules.vague.hero_unclear import CONFUSED, MISSING
from msgcheck.training.pages import Openings, labelled_openings

_OUTPUT = Path(__file__).parent.parent / "language" / "heads" / "openings.npz"
_FOLDS, _SEEDS = 10, 5
#: What a miss costs and how small a one is none (support vector regression), ridge penalties, and how much the readings
#: of sentences and the cues weigh beside the states (features of a group are standardised and share the group's
#: weight). Chosen by cross-validation in November 2026; half or twice as much of any moves the figures by about 0.01.
_COST, _FREE = 2.0, 0.03
_SENTENCE_ALPHA, _WORD_ALPHA = 800.0, 300.0
_SHARES = {"states": 1.0, "order": 0.5, "cues": 0.5}
#: A cue that is the same everywhere is not divided by nothing.
_LEAST_SPREAD = 1e-3
#: Pages that four readers read, and sentences that three annotators read, weigh twice.
_TRUSTED = 2.0
#: Readers' mean at or over which an opening counts as confusing, under which a slot counts as unanswered (0..1).
_CONFUSING, _UNANSWERED = 0.5, 0.5

Floats = NDArray[np.float32]
Folds = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A linear reading of raw features."""

    weight: Floats
    bias: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray(features @ self.weight + self.bias)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What a ridge regression needs to know of its data: sums can be added, so that folds are left out cheaply."""

    inner: NDArray[np.float64]
    outer: NDArray[np.float64]

    @classmethod
    def of(cls, features: Floats, targets: Floats, weights: Floats) -> Sums:
        rows = np.c_[features, np.ones(len(features))].astype(np.float64)
        return cls(rows.T @ (rows * weights[:, None]), rows.T @ (targets * weights[:, None]))

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.inner + other.inner, self.outer + other.outer)

    def fit(self, alpha: float) -> Linear:
        """Ridge regression on features of unit spread, the bias free."""
        total = self.inner[-1, -1]
        mean = self.inner[-1, :-1] / total
        spread = np.sqrt(np.maximum(np.diag(self.inner)[:-1] / total - mean**2, 1e-9))
        centred = self.inner[:-1, :-1] / total - np.outer(mean, mean)
        goal = self.outer[-1] / total
        scaled = centred / np.outer(spread, spread) + np.eye(len(mean)) * alpha / total
        solved = np.linalg.solve(scaled, (self.outer[:-1] / total - np.outer(mean, goal)) / spread[:, None])
        weight = solved / spread[:, None]
        return Linear(weight.astype(np.float32), (goal - mean @ weight).astype(np.float32))


@dataclass(slots=True)
class SentenceSums:
    """Sums over the labelled sentences of each page: of vagueness and claim, and of insider terms by word."""

    sentences: dict[str, Sums] = field(default_factory=dict)
    words: dict[str, Sums] = field(default_factory=dict)


def encode(texts: Sequence[str]) -> list[States]:
    found: dict[int, States] = dict(TorchEncoder(LAYERS).states(texts))
    return [found[index] for index in range(len(texts))]


def sum_sentences(gold: Path) -> SentenceSums:
    by_page: dict[str, list[dict[str, Any]]] = {}
    for name in ("sentences.jsonl", "extra_sentences.jsonl"):
        for line in (gold / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            by_page.setdefault(row["page"], []).append(row)
    rows = [row for page in by_page.values() for row in page]
    encoded = iter(encode([row["text"] for row in rows]))
    sums = SentenceSums()
    for page, items in by_page.items():
        read = [next(encoded) for _ in items]
        weights = np.array([_TRUSTED if len(row["vague_votes"]) >= 3 else 1.0 for row in items], dtype=np.float32)
        targets = [[np.mean(row["vague_votes"]) / 2, np.mean(row["claim_votes"])] for row in items]
        labels = np.concatenate([_insider(item, row["jargon"]) for item, row in zip(read, items, strict=True)])
        states = np.concatenate([word_states(item) for item in read])
        sums.sentences[page] = Sums.of(np.stack([mean_states(item) for item in read]), np.array(targets), weights)
        sums.words[page] = Sums.of(states, labels[:, None], np.ones(len(labels), dtype=np.float32))
    return sums


def _insider(encoded: States, spans: list[dict[str, Any]]) -> Floats:
    labels = np.zeros(len(encoded.offsets), dtype=np.float32)
    for span in spans:
        if span["kind"] == "insider":
            labels[(encoded.offsets[:, 0] < span["end"]) & (encoded.offsets[:, 1] > span["start"])] = 1.0
    return labels


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An opening as the head sees it, before its sentences are read."""

    parts: tuple[str, ...]
    states: Floats
    cues: list[float]
    sentences: Floats
    words: Floats

    def order(self, sentence: Linear, word: Linear) -> list[float]:
        vagueness, claim = np.clip(sentence(self.sentences), 0.0, 1.0).T
        return reading_order(self.parts[1:], vagueness, claim, np.clip(word(self.words), 0.0, 1.0))


def see(texts: Sequence[str]) -> list[Seen]:
    parts = [opening_parts(text) for text in texts]
    encoded = iter(encode([part for item in parts for part in item]))
    seen = []
    for item in parts:
        whole, *sentences = [next(encoded) for _ in item]
        pooled = np.stack([mean_states(sentence) for sentence in sentences])
        words = np.concatenate([word_states(sentence) for sentence in sentences])
        seen.append(Seen(item, mean_states(whole), opening_cues(" ".join(item[1:])), pooled, words))
    return seen


class SentenceHeads:
    """The readings of sentences, by weights that did not see the pages of given folds."""

    def __init__(self, sums: SentenceSums, pages: Sequence[str], folds: Folds) -> None:
        fold_of = dict(zip(pages, folds.tolist(), strict=True))
        self._sums: dict[int, tuple[Sums, Sums]] = {}
        for page, sentence in sums.sentences.items():
            fold = fold_of.get(page, -1)
            kept = self._sums.get(fold)
            word = sums.words[page]
            self._sums[fold] = (kept[0] + sentence, kept[1] + word) if kept else (sentence, word)
        self._fitted: dict[frozenset[int], tuple[Linear, Linear]] = {}

    def without(self, *folds: int) -> tuple[Linear, Linear]:
        key = frozenset(folds)
        if key not in self._fitted:
            kept = [sums for fold, sums in self._sums.items() if fold not in key]
            sentence, word = kept[0]
            for more_sentences, more_words in kept[1:]:
                sentence, word = sentence + more_sentences, word + more_words
            self._fitted[key] = sentence.fit(_SENTENCE_ALPHA), word.fit(_WORD_ALPHA)
        return self._fitted[key]


def fit_opening(
    seen: Sequence[Seen], orders: Sequence[list[float]], readers: Floats, weights: Floats
) -> SupportVectors:
    """Support vector regressions for confusion, who and why ('what' follows from them)."""
    groups = {
        "states": np.stack([item.states for item in seen]),
        "order": np.array(orders, dtype=np.float32),
        "cues": np.array([item.cues for item in seen], dtype=np.float32),
    }
    features = np.concatenate(list(groups.values()), axis=1)
    reach = np.concatenate(
        [np.full(rows.shape[1], np.sqrt(_SHARES[name] / rows.shape[1])) for name, rows in groups.items()]
    )
    mean, scale = features.mean(axis=0), reach / np.maximum(features.std(axis=0), _LEAST_SPREAD)
    support = (features - mean) * scale
    dual, bias = np.zeros((len(support), 3)), np.zeros(3)
    for place, column in enumerate((0, 2, 3)):
        model = SVR(C=_COST, gamma=GAMMA, epsilon=_FREE).fit(support, readers[:, column], sample_weight=weights)
        dual[model.support_, place], bias[place] = model.dual_coef_[0], model.intercept_[0]
    return SupportVectors(*(part.astype(np.float32) for part in (mean, scale, support, dual, bias)))


def read_by(head: SupportVectors, item: Seen, order: list[float]) -> list[float]:
    features = np.concatenate([item.states, order, item.cues]).astype(np.float32)
    reading = settle(*(float(value) for value in head(features)))
    return [reading.confusion, reading.what, reading.who, reading.why]


def divide(trusted: NDArray[np.bool_], seed: int) -> Folds:
    """A fold a page, the two kinds of pages spread evenly."""
    folds = np.zeros(len(trusted), dtype=np.int64)
    generator = np.random.default_rng(seed)
    for kind in (trusted, ~trusted):
        places = generator.permutation(np.flatnonzero(kind))
        folds[places] = np.arange(len(places)) % _FOLDS
    return folds


def cross_validated(data: Openings, seen: Sequence[Seen], sums: SentenceSums, seed: int) -> Floats:
    """Readings of each opening by weights that did not see its page, (openings, 4)."""
    folds = divide(data.trusted, seed)
    heads = SentenceHeads(sums, data.pages, folds)
    weights = np.where(data.trusted, _TRUSTED, 1.0)
    predicted = np.zeros_like(data.readers)
    for fold in range(_FOLDS):
        train = np.flatnonzero(folds != fold).tolist()
        orders = [seen[index].order(*heads.without(fold, int(folds[index]))) for index in train]
        head = fit_opening([seen[index] for index in train], orders, data.readers[train], weights[train])
        for index in np.flatnonzero(folds == fold).tolist():
            predicted[index] = read_by(head, seen[index], seen[index].order(*heads.without(fold)))
    return predicted


def measure_readings(predicted: Floats, data: Openings) -> dict[str, float]:
    """Rank correlations with the blind readers, on the pages that four of them read."""
    names = ("confusion", "clear_what", "clear_who", "clear_why")
    kept = data.trusted
    return {name: float(spearmanr(predicted[kept, at], data.readers[kept, at])[0]) for at, name in enumerate(names)}


def measure_rule(predicted: Floats, readers: Floats) -> dict[str, float]:
    """How many pages vague.hero-unclear would report, and how often the blind readers agree."""
    reported = (predicted[:, 1:].min(axis=1) < MISSING) & (predicted[:, 0] >= CONFUSED)
    named = readers[np.arange(len(readers)), predicted[:, 1:].argmin(axis=1) + 1]
    confusing = readers[:, 0] >= _CONFUSING
    return {
        "rule.reported": float(reported.sum()),
        "rule.precision": float(confusing[reported].mean()),
        "rule.recall": float(reported[confusing].mean()),
        "rule.named_slot_unanswered": float((named[reported] < _UNANSWERED).mean()),
    }


def figures(data: Openings, seen: Sequence[Seen], sums: SentenceSums) -> dict[str, list[float]]:
    """Mean and standard deviation of each figure over divisions into folds; and what confusion is made of."""
    runs = []
    for seed in range(_SEEDS):
        predicted = cross_validated(data, seen, sums, seed)
        runs.append(measure_readings(predicted, data) | measure_rule(predicted, data.readers))
    kept = data.readers[data.trusted]
    made_of = LinearRegression().fit(kept[:, 1:], kept[:, 0])
    shares = [float(made_of.intercept_), *(-made_of.coef_).tolist(), float(made_of.score(kept[:, 1:], kept[:, 0]))]
    found = {
        name: [float(np.mean([r[name] for r in runs])), float(np.std([r[name] for r in runs]))] for name in runs[0]
    }
    return found | {"confusion is, less what, who, why, R2": shares}


def main() -> None:
    """Measure by cross-validation, then train on everything and write the weights in half precision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures only")
    args = parser.parse_args()
    data, sums = labelled_openings(args.gold), sum_sentences(args.gold)
    seen = see(data.texts)
    found = figures(data, seen, sums)
    print(json.dumps({name: [round(value, 3) for value in values] for name, values in found.items()}, indent=2))
    if args.measure:
        return
    heads = SentenceHeads(sums, data.pages, divide(data.trusted, 0))
    orders = [item.order(*heads.without(int(fold))) for item, fold in zip(seen, divide(data.trusted, 0), strict=True)]
    opening = fit_opening(seen, orders, data.readers, np.where(data.trusted, _TRUSTED, 1.0))
    sentence, word = heads.without()
    trained: dict[str, Linear | SupportVectors] = {"opening": opening, "sentence": sentence, "word": word}
    halves: dict[str, Any] = {
        f"{name}.{part.name}": getattr(head, part.name).astype(np.float16)
        for name, head in trained.items()
        for part in fields(head)
    }
    np.savez_compressed(args.output, **halves)


if __name__ == "__main__":
    main()
