"""The shipped pipeline and encoder read headlines, capitals and odd text as a person would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from msgcheck.cache import Cache, cache_folder
from msgcheck.config import LanguageSettings
from msgcheck.errors import ModelError
from msgcheck.language import encoder as encoder_module
from msgcheck.language.core import load_language
from msgcheck.language.encoder import batches, checked_folder
from msgcheck.language.heads import LAYERS
from msgcheck.language.known import known_vectors
from msgcheck.language.nlp import SpacyPipeline, recased
from msgcheck.language.onnx_encoder import load_encoder
from msgcheck.language.values import Token, WordReading
from msgcheck.language.words import pack_tokens, pack_words, unpack_tokens, unpack_vector, unpack_words
from msgcheck.measure.category import frame_texts

pytestmark = pytest.mark.models


def tags(text: str) -> dict[str, str]:
    (sentences,) = SpacyPipeline().sentences([text])
    return {token.text.lower(): token.pos for _, _, tokens in sentences for token in tokens}


@pytest.mark.parametrize(
    "headline",
    ["Send the rota to every driver before lunch", "Send the Rota to Every Driver Before Lunch"],
)
def test_capitals_do_not_turn_words_into_names(headline: str) -> None:
    read = tags(headline)
    assert (read["rota"], read["driver"], read["every"]) == ("NOUN", "NOUN", "DET")


def test_a_headline_in_capitals_reads_like_one_in_small_letters() -> None:
    assert tags("PLAN YOUR HARVEST ON ONE SHEET") == tags("Plan your harvest on one sheet")


def test_recasing_keeps_every_offset() -> None:
    assert recased("İstanbul Ships Fast And Free") == "İstanbul Ships Fast And Free"
    assert recased("SHIPS FAST AND FREE") == "ships fast and free"


def test_lemmas_are_dictionary_forms() -> None:
    (sentences,) = SpacyPipeline().sentences(["The bakers were weighing apples."])
    lemmas = [token.lemma for _, _, tokens in sentences for token in tokens]
    assert lemmas == ["the", "baker", "be", "weigh", "apple", "."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We count stock. You sell it.", ["We count stock.", "You sell it."]),
        ("Prices start at $4.50 a crate, e.g. for pears.", ["Prices start at $4.50 a crate, e.g. for pears."]),
        ("so we just moved everything over on a friday and nobody noticed", None),
        ("The Orchard Planner For Growers Who Sell Direct", None),
        ("Ready? So are we!", ["Ready?", "So are we!"]),
        ("Weigh crates\nPrint labels\nShip by noon", ["Weigh crates", "Print labels", "Ship by noon"]),
        ("• Weigh crates • Print labels • Ship by noon", ["Weigh crates", "Print labels", "Ship by noon"]),
        ("Harvest 2026 · Book your picking crew", ["Harvest 2026", "Book your picking crew"]),
        ("2. Weigh every crate", None),
        ("2. Weigh every crate. Then print.", ["2. Weigh every crate.", "Then print."]),
        ("Ask Mr. Hale, Sr. Buyer at Fern & Co. Fruit", None),
        ("We said “Pick by hand.” They did.", ["We said “Pick by hand.”", "They did."]),
        ("It took a week... then the pears were gone.", None),
        ("Version 2.4 ships today. 12 growers have it.", ["Version 2.4 ships today.", "12 growers have it."]),
        ("PICK. PACK. SHIP.", ["PICK.", "PACK.", "SHIP."]),
        (
            "appleboard.com weighs crates. appleboard.com prints labels.",
            ["appleboard.com weighs crates.", "appleboard.com prints labels."],
        ),
    ],
)
def test_sentences_end_where_a_reader_hears_them_end(text: str, sentences: list[str] | None) -> None:
    (found,) = SpacyPipeline().sentences([text])
    assert [text[start:end] for start, end, _ in found] == (sentences or [text])


def test_vectors_have_unit_length_and_do_not_depend_on_company(tmp_path: Path) -> None:
    language = load_language(cache=Cache(None))
    alone = language.embed(["Pears in crates."])[0]
    among = language.embed(["Pears in crates.", "x " * 300, ""])[0]
    assert float(np.linalg.norm(alone)) == pytest.approx(1.0, abs=1e-4)
    assert np.allclose(alone, among, atol=2e-4)


def test_texts_that_msgcheck_brings_are_known_as_the_encoder_reads_them(tmp_path: Path) -> None:
    texts = frame_texts()
    known = known_vectors(texts)
    # A category that was added since is read at run time; too many, and `training.known` should run again.
    assert len(known) >= 0.9 * len(texts)
    some = list(known)[::40]
    for index, encoded in load_encoder(LAYERS, cache_folder()).encode(some):
        assert np.allclose(unpack_vector(known[some[index]]), encoded.vector, atol=1e-3)


def test_what_is_packed_comes_back() -> None:
    tokens = (Token("Pears", "pear", "NOUN", 0, 5), Token("ripen", "ripen", "VERB", 6, 11), Token("!", "!", "", 11, 12))
    words = (WordReading(0, 5, 0.1234, 0.0), WordReading(6, 11, 1.0, 0.0001))
    assert unpack_tokens("Pears ripen!", pack_tokens(tokens)) == tokens
    assert unpack_words(pack_words(words)) == words


def test_foreign_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        checked_folder()


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    language = load_language(LanguageSettings(nlp="en_core_web_nowhere"), cache=Cache(None))
    with pytest.raises(ModelError, match="en_core_web_nowhere"):
        language.annotate(["A sentence."])


def test_an_encoder_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    language = load_language(LanguageSettings(encoder="no/such-model"), cache=Cache(None))
    with pytest.raises(ModelError, match="no/such-model"):
        language.embed(["A sentence."])


def test_a_text_without_end_is_read_in_pieces_that_cut_no_sentence() -> None:
    text = "Potters book a kiln here. " * 2000
    (sentences,) = SpacyPipeline().sentences([text])
    assert [text[start:end] for start, end, _ in sentences] == ["Potters book a kiln here."] * 2000


def test_texts_of_unlike_length_are_not_padded_together() -> None:
    texts = ["a" * 40, "b" * 10, "c" * 12, "d" * 200]
    assert list(batches(texts)) == [[1, 2], [0], [3]]
    assert [list(range(32)), list(range(32, 40))] == list(batches(["word"] * 40))
    assert list(batches([])) == []
