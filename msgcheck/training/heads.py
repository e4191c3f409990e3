"""Train the reading top: vagueness and claim of a sentence, jargon by word.

    python -m msgcheck.training.heads --gold DIR [--readings FILE] [--measure]

DIR holds sentences.jsonl and extra_sentences.jsonl. Figures are cross-validated by page: no page is scored by weights
that saw one of its sentences. FILE gets the readings behind the figures, for `msgcheck.training.wording`. `--measure`
stops there; otherwise the weights are trained on everything and written in half precision.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from msgcheck.language.encoder import READING
from msgcheck.language.heads import logistic, shares
from msgcheck.training.sentences import Floats, Sentences, load_sentences
from msgcheck.training.tuning import Trained, Tuner

_FOLDS, _FOLD_SEED = 5, 7
#: The weights that are written are the mean of so many trainings; the figures are of one training a fold, to save time.
_SEEDS = (0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Cross-validated readings of the sentences whose pages hold one with three annotators.

    `index` are their places among all; `sentences`, (n, 2), vagueness and claim; `words` the shares of none, buzzword
    and insider a token, marks of start and end left out.
    """

    index: NDArray[np.int64]
    sentences: Floats
    words: list[Floats]

    def save(self, path: Path) -> None:
        counts = np.array([len(rows) for rows in self.words])
        np.savez(path, index=self.index, sentences=self.sentences, counts=counts, words=np.concatenate(self.words))

    @classmethod
    def load(cls, path: Path) -> Readings:
        with np.load(path, allow_pickle=False) as kept:
            words = np.split(kept["words"], kept["counts"].cumsum()[:-1])
            return cls(kept["index"], kept["sentences"], words)


def folds(data: Sentences) -> NDArray[np.int64]:
    """The fold of each sentence, by page; -1 where the page has no sentence with three annotators: always trained on,
    never scored."""
    pages = np.unique(data.pages[data.trusted])
    order = np.random.default_rng(_FOLD_SEED).permutation(len(pages))
    fold_of = {pages[page]: place % _FOLDS for place, page in enumerate(order)}
    return np.array([fold_of.get(page, -1) for page in data.pages])


def cross_validated(data: Sentences) -> Readings:
    tuner = Tuner(data)
    fold = folds(data)
    read: dict[int, tuple[Floats, Floats]] = {}
    for held_out in range(_FOLDS):
        model = tuner.fit(np.flatnonzero(fold != held_out), seed=held_out)
        for index, sentence, words in tuner.read(model, np.flatnonzero(fold == held_out)):
            read[index] = logistic(sentence), shares(words[1:-1])
    order = sorted(read)
    return Readings(np.array(order), np.stack([read[place][0] for place in order]), [read[place][1] for place in order])


def measure(data: Sentences, readings: Readings) -> dict[str, float]:
    """Figures on the sentences with three annotators."""
    kept = data.trusted[readings.index]
    vague, claim = data.targets[readings.index[kept]].T
    read_vague, read_claim = readings.sentences[kept].T
    clear, empty = vague <= 0.17, vague >= 0.83
    return {
        "vague.spearman": float(spearmanr(read_vague, vague)[0]),
        "vague.auc": float(roc_auc_score(empty[clear | empty], read_vague[clear | empty])),
        "claim.auc": float(roc_auc_score(claim > 0.5, read_claim)),
        "jargon.words.F1 (head alone)": _word_f1(data, readings),
    }


def _word_f1(data: Sentences, readings: Readings, threshold: float = 0.5) -> float:
    hit = false = missed = 0
    for index, words in zip(readings.index.tolist(), readings.words, strict=True):
        if not data.trusted[index]:
            continue
        starts, ends = data.offsets[index][1:-1].T
        gold = {place for span in data.jargon[index] for place in range(span["start"], span["end"])}
        for match in re.finditer(r"\w+", data.texts[index]):
            inside = (starts < match.end()) & (ends > match.start())
            marked = bool(inside.any()) and float(1 - words[inside, 0].mean()) > threshold
            hit += marked and match.start() in gold
            false += marked and match.start() not in gold
            missed += not marked and match.start() in gold
    return 2 * hit / (2 * hit + false + missed)


def write(model: Trained, path: Path) -> None:
    """In half precision, under the names by which `language` reads them."""
    arrays = {name.removeprefix("top."): value.numpy() for name, value in model.state_dict().items()}
    names = {"mean": "surface.mean", "scale": "surface.scale"}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({names.get(name, name): array.astype(np.float16) for name, array in arrays.items()}, path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure by cross-validation, then train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=READING)
    parser.add_argument("--readings", type=Path, help="keep the cross-validated readings in this file")
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures only")
    args = parser.parse_args(arguments)
    data = load_sentences(args.gold)
    readings = cross_validated(data)
    if args.readings:
        readings.save(args.readings)
    print(json.dumps({name: round(value, 3) for name, value in measure(data, readings).items()}, indent=2))
    if not args.measure:
        write(Tuner(data).fit_mean(np.arange(len(data.texts)), _SEEDS), args.output)


if __name__ == "__main__":
    main()
