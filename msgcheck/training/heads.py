"""Train the heads that read vagueness, claims and jargon.

    python -m msgcheck.training.heads --gold DIR [--output FILE] [--measure]

DIR holds sentences.jsonl and extra_sentences.jsonl. Figures are cross-validated by page:
no page is scored by weights that saw one of its sentences. `--measure` prints them without writing weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from msgcheck.language.encoder import Encoded
from msgcheck.language.heads import LAYERS, sentence_features, token_features
from msgcheck.language.torch_encoder import TorchEncoder

_OUTPUT = Path(__file__).parent.parent / "language" / "heads" / "weights.npz"
_FOLDS = 10
_SENTENCE_ALPHA = 1000.0
_HIDDEN, _EPOCHS, _DROPOUT, _DECAY, _RATE, _BATCH = 64, 4, 0.3, 0.05, 1e-3, 512
#: Sentences that three annotators read weigh twice.
_TRUSTED = 2.0
_KINDS = {"buzzword": 1, "insider": 2}

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


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The labelled sentences with everything that the heads may see of them."""

    texts: list[str]
    pages: Floats
    trusted: NDArray[np.bool_]
    features: Floats
    targets: Floats
    tokens: list[Floats]
    labels: list[NDArray[np.int64]]
    offsets: list[NDArray[np.int32]]
    jargon: list[list[dict[str, Any]]]


def encode(texts: Sequence[str]) -> list[Encoded]:
    found: dict[int, Encoded] = dict(TorchEncoder(LAYERS).encode(texts))
    return [found[index] for index in range(len(texts))]


def load_sentences(gold: Path) -> Sentences:
    rows = [
        json.loads(line)
        for name in ("sentences.jsonl", "extra_sentences.jsonl")
        for line in (gold / name).read_text(encoding="utf-8").splitlines()
    ]
    texts = [row["text"] for row in rows]
    encoded = encode(texts)
    return Sentences(
        texts=texts,
        pages=np.array([row["page"] for row in rows]),
        trusted=np.array([len(row["vague_votes"]) >= 3 for row in rows]),
        features=np.stack([sentence_features(text, item) for text, item in zip(texts, encoded, strict=True)]),
        targets=np.array([[np.mean(row["vague_votes"]) / 2, np.mean(row["claim_votes"])] for row in rows]),
        tokens=[token_features(item) for item in encoded],
        labels=[_token_labels(item, row["jargon"]) for item, row in zip(encoded, rows, strict=True)],
        offsets=[item.offsets for item in encoded],
        jargon=[row["jargon"] for row in rows],
    )


def _token_labels(encoded: Encoded, spans: list[dict[str, Any]]) -> NDArray[np.int64]:
    labels = np.zeros(len(encoded.offsets), dtype=np.int64)
    for span in spans:
        inside = (encoded.offsets[:, 0] < span["end"]) & (encoded.offsets[:, 1] > span["start"])
        labels[inside] = _KINDS[span["kind"]]
    return labels


def fit_linear(features: Floats, targets: Floats, weights: Floats, alpha: float) -> Linear:
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = Ridge(alpha=alpha).fit((features - mean) / scale, targets, sample_weight=weights)
    return Linear(mean, scale, model.coef_.T, model.intercept_)


def fit_words(tokens: Floats, labels: NDArray[np.int64], weights: Floats) -> dict[str, Floats]:
    """A network of one hidden layer over token states, as the arrays that the heads read."""
    torch.manual_seed(0)
    mean, scale = tokens.mean(axis=0), tokens.std(axis=0) + 1e-5
    inputs, wanted = torch.tensor((tokens - mean) / scale), torch.tensor(labels)
    importance = torch.tensor(weights, dtype=torch.float32)
    first = torch.nn.Linear(inputs.shape[1], _HIDDEN)
    second = torch.nn.Linear(_HIDDEN, 1 + len(_KINDS))
    drop = torch.nn.Dropout(_DROPOUT)
    network = torch.nn.Sequential(drop, first, torch.nn.ReLU(), drop, second)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    network.train()
    for _ in range(_EPOCHS):
        for batch in torch.randperm(len(inputs)).split(_BATCH):
            optimiser.zero_grad()
            losses = torch.nn.functional.cross_entropy(network(inputs[batch]), wanted[batch], reduction="none")
            (losses * importance[batch]).mean().backward()
            optimiser.step()
    return {
        "word.mean": mean,
        "word.scale": scale,
        "word.weight1": first.weight.detach().numpy().T,
        "word.bias1": first.bias.detach().numpy(),
        "word.weight2": second.weight.detach().numpy().T,
        "word.bias2": second.bias.detach().numpy(),
    }


def word_shares(weights: dict[str, Floats], tokens: Floats) -> Floats:
    """Probabilities of none, buzzword, insider a token; as language.heads computes them."""
    hidden = np.maximum(
        (tokens - weights["word.mean"]) / weights["word.scale"] @ weights["word.weight1"] + weights["word.bias1"], 0
    )
    logits = hidden @ weights["word.weight2"] + weights["word.bias2"]
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def cross_validated(data: Sentences) -> tuple[Floats, list[Floats]]:
    """Vagueness and claim, (sentences, 2), and shares a token, by weights that saw no sentence of the same page."""
    predicted = np.zeros_like(data.targets)
    weights = np.where(data.trusted, _TRUSTED, 1.0)
    shares: list[Floats] = [np.zeros((0, 3), dtype=np.float32)] * len(data.texts)
    for train, test in GroupKFold(_FOLDS).split(data.features, groups=data.pages):
        predicted[test] = fit_linear(data.features[train], data.targets[train], weights[train], _SENTENCE_ALPHA)(
            data.features[test]
        )
        words = _fit_words_on(data, train)
        for index in test:
            shares[index] = word_shares(words, data.tokens[index])
    return predicted, shares


def measure_sentences(data: Sentences) -> dict[str, float]:
    """Cross-validated figures on the sentences with three annotators."""
    predicted, shares = cross_validated(data)
    kept = data.trusted
    vague, claim = data.targets[kept].T
    clear, empty = vague <= 0.17, vague >= 0.83
    return {
        "vague.spearman": float(spearmanr(predicted[kept, 0], vague)[0]),
        "vague.auc": float(roc_auc_score(empty[clear | empty], predicted[kept, 0][clear | empty])),
        "claim.auc": float(roc_auc_score(claim > 0.5, predicted[kept, 1])),
        "jargon.words.F1": _word_f1(data, shares),
    }


def _fit_words_on(data: Sentences, picked: Sequence[int] | NDArray[np.int64]) -> dict[str, Floats]:
    weights = [np.full(len(data.labels[i]), _TRUSTED if data.trusted[i] else 1.0) for i in picked]
    tokens = np.concatenate([data.tokens[i] for i in picked])
    return fit_words(tokens, np.concatenate([data.labels[i] for i in picked]), np.concatenate(weights))


def _word_f1(data: Sentences, shares: Sequence[Floats], threshold: float = 0.4) -> float:
    hit = false = missed = 0
    for index in np.flatnonzero(data.trusted).tolist():
        starts, ends = data.offsets[index].T
        gold = {place for span in data.jargon[index] for place in range(span["start"], span["end"])}
        for match in re.finditer(r"\w+", data.texts[index]):
            inside = (starts < match.end()) & (ends > match.start())
            marked = inside.any() and float(1 - shares[index][inside, 0].mean()) > threshold
            hit += marked and match.start() in gold
            false += marked and match.start() not in gold
            missed += not marked and match.start() in gold
    return 2 * hit / (2 * hit + false + missed)


def main() -> None:
    """Measure by cross-validation, then train on everything and write the weights in half precision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures only")
    args = parser.parse_args()
    data = load_sentences(args.gold)
    figures = measure_sentences(data)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=2))
    if args.measure:
        return
    sentence = fit_linear(data.features, data.targets, np.where(data.trusted, _TRUSTED, 1.0), _SENTENCE_ALPHA)
    arrays = _fit_words_on(data, range(len(data.texts)))
    arrays |= {f"sentence.{part}": getattr(sentence, part) for part in ("mean", "scale", "weight", "bias")}
    args.output.parent.mkdir(parents=True, exist_ok=True)
    halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in sorted(arrays.items())}
    np.savez_compressed(args.output, **halves)


if __name__ == "__main__":
    main()
