"""The training of the reading top: no page on both sides, readings kept whole, weights that the tool reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from msgcheck.language import torch_encoder
from msgcheck.language.encoder import READING
from msgcheck.language.heads import surface
from msgcheck.training import heads, tuning
from msgcheck.training.heads import Readings, cross_validated, folds, measure, write
from msgcheck.training.sentences import Sentences, load_sentences
from msgcheck.training.tuning import Tuner

pytestmark = pytest.mark.models

WORDS = ("Empower your synergy.", "We weigh pears.", "Crates hold 40 pears each.", "Unlock seamless outcomes.")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    """Ten pages of two sentences with three annotators, and a page of one with one annotator."""
    gold = tmp_path_factory.mktemp("gold")
    rows = []
    for page in range(10):
        for place in range(2):
            text = WORDS[(2 * page + place) % 4]
            word = text.split()[1]
            rows.append(
                {
                    "page": f"p{page}",
                    "text": text,
                    "vague_votes": [2, 2, 1] if place == 0 else [0, 0, 0],
                    "claim_votes": [1, 1, 0] if place == 0 else [0, 0, 1],
                    "jargon": [{"start": text.index(word), "end": text.index(word) + len(word), "kind": "buzzword"}],
                    "jargon_any": [[[word, "B"]], [[word.upper(), "T"]], []],
                }
            )
    extra = {"page": "q", "text": "Bake.", "vague_votes": [0], "claim_votes": [1], "jargon": []}
    (gold / "sentences.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (gold / "extra_sentences.jsonl").write_text(json.dumps(extra), encoding="utf-8")
    return load_sentences(gold)


def test_annotators_who_differ_share_a_token(data: Sentences) -> None:
    marks, offsets = data.marks[0], data.offsets[0].tolist()
    assert np.allclose(marks[offsets.index([8, 12])], 1 / 3)
    assert np.allclose(marks.sum(axis=1), 1)


def test_no_page_is_on_both_sides(data: Sentences) -> None:
    fold = folds(data)
    assert all(len(set(fold[data.pages == page])) == 1 for page in set(data.pages))
    assert set(fold[data.trusted]) == {0, 1, 2, 3, 4}
    assert fold[data.pages == "q"].tolist() == [-1]


def test_every_sentence_of_a_scored_page_is_read_once_and_kept(
    data: Sentences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "_EPOCHS", 1)
    monkeypatch.setattr(heads, "_FOLDS", 2)
    readings = cross_validated(data)
    assert readings.index.tolist() == list(range(20))
    readings.save(tmp_path / "readings.npz")
    kept = Readings.load(tmp_path / "readings.npz")
    assert np.array_equal(kept.sentences, readings.sentences)
    assert [words.shape for words in kept.words] == [(len(data.offsets[i]) - 2, 3) for i in range(20)]
    assert set(measure(data, kept)) >= {"vague.spearman", "vague.auc", "claim.auc"}


def test_learns_what_is_vague_and_written_weights_read_as_the_trained_model_does(
    data: Sentences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "_EPOCHS", 20)
    tuner = Tuner(data)
    model = tuner.fit(np.arange(len(data.texts)))
    vague = {data.texts[index]: float(sentence[0]) for index, sentence, _ in tuner.read(model, np.arange(20))}
    assert min(vague[WORDS[0]], vague[WORDS[2]]) > max(vague[WORDS[1]], vague[WORDS[3]])
    write(model, tmp_path / "reading.safetensors")
    monkeypatch.setattr(torch_encoder, "READING", tmp_path / "reading.safetensors")
    encoded = dict(torch_encoder.TorchEncoder((6,)).encode(data.texts))
    with safe_open(tmp_path / "reading.safetensors", framework="numpy") as stored:
        mean, scale, weight = (stored.get_tensor(f"surface.{name}") for name in ("mean", "scale", "weight"))
    for index, sentence, words in tuner.read(model, np.arange(len(data.texts))):
        counts = np.clip((surface(data.texts[index]) - mean) / scale, -3, 3)
        assert np.allclose(encoded[index].sentence + weight @ counts, sentence, atol=0.05)
        assert np.allclose(encoded[index].words, words[1:-1], atol=0.05)


def test_the_shipped_weights_stay_small() -> None:
    assert READING.stat().st_size < 30_000_000
