"""What the training of the shipped pipeline makes of a treebank, before any weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import msgcheck.language.nlp as shipped
from msgcheck.training.treebank import Word, lowered, read_treebank, unpunctuated
from msgcheck.training.vectors import expected_tags

TREEBANK = """# text = They don't sort pears.
1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsort\tsort\tVERB\tVB\t_\t0\troot\t_\t_
5\tpears\tpear\tNOUN\tNNS\t_\t4\tobj\t_\tSpaceAfter=No
5.1\tripe\tripe\tADJ\tJJ\t_\t_\t_\t_\t_
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""


@pytest.fixture
def sentence(tmp_path: Path) -> list[Word]:
    path = tmp_path / "en.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    (words,) = read_treebank(path)
    return words


def test_the_words_of_a_treebank_spell_its_text(sentence: list[Word]) -> None:
    assert "".join(word.form + " " * word.space for word in sentence) == "They don't sort pears. "
    assert [word.pos for word in sentence] == ["PRON", "AUX", "PART", "VERB", "NOUN", "PUNCT"]


def test_headlines_are_lower_case_and_may_lack_the_full_stop(sentence: list[Word]) -> None:
    assert [word.form for word in unpunctuated(lowered(sentence))] == ["they", "do", "n't", "sort", "pears"]


def test_words_unlike_those_of_the_treebank_are_expected_to_have_the_tags_of_their_likes() -> None:
    chance = np.random.default_rng(1)
    centres = {"NN": np.array([3.0, 0.0]), "VB": np.array([0.0, 3.0])}
    words = [f"{tag.lower()}{number}" for number in range(100) for tag in centres]
    rows = [centres[word[:2].upper()] + chance.normal(0, 0.3, 2) for word in words]
    known = [[Word(word, word, "X", word[:2].upper(), "", True)] * 30 for word in words[:160]]
    expected = expected_tags(np.repeat(rows, 50, axis=1).astype(np.float32), words, known)
    assert [("NN", "VB")[column] for column in expected.argmax(axis=1)] == [word[:2].upper() for word in words]


def test_the_shipped_pipeline_holds_its_promised_scores_and_size() -> None:
    folder = Path(shipped.__file__).parent / "pipeline"
    scores = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["performance"]
    assert all(scores[case]["lemma"] >= 0.95 for case in ("as written", "title case", "capitals"))
    assert scores["as written"]["upos"] >= 0.95
    assert min(scores["title case"]["upos"], scores["capitals"]["upos"]) >= 0.93
    assert sum(path.stat().st_size for path in folder.rglob("*")) < 15_000_000


def test_the_shipped_pipeline_names_no_place_on_the_machine_that_trained_it() -> None:
    config = (Path(shipped.__file__).parent / "pipeline" / "config.cfg").read_text()
    paths = config.partition("[paths]\n")[2].partition("\n\n")[0].splitlines()
    assert {path.partition(" = ")[2] for path in paths} == {"null"}
