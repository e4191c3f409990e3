"""A spaCy pipeline built like `en_core_web_*` drops in by configuration: same rules, same findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language as SpacyLanguage
from spacy.training import Example

import msgcheck.language.nlp as shipped
from msgcheck.cache import Cache
from msgcheck.config import LanguageSettings
from msgcheck.engine import Inputs, Settings, check
from msgcheck.language.core import load_language
from msgcheck.language.nlp import SpacyPipeline
from msgcheck.model import RawDocument

pytestmark = pytest.mark.models

#: Universal parts of speech of Penn Treebank tags, as the attribute ruler of en_core_web_* maps them.
_POS = {
    "NOUN": "NN NNS", "PROPN": "NNP NNPS", "VERB": "VB VBD VBG VBN VBP VBZ", "AUX": "MD", "ADJ": "JJ JJR JJS AFX",
    "ADV": "RB RBR RBS WRB", "ADP": "IN RP", "DET": "DT PDT WDT", "PRON": "PRP PRP$ WP WP$ EX", "CCONJ": "CC",
    "NUM": "CD", "PART": "POS TO", "INTJ": "UH", "SYM": "$ SYM", "X": "FW LS ADD NFP GW",
    "PUNCT": ". , : '' `` -LRB- -RRB- HYPH",
}  # fmt: skip
_PAGE = (
    "Ledgerling pays your staff on the last working day of each month. It files the tax return as well.",
    "We leverage seamless synergies to help forward-thinking practices unlock their full potential.",
    "Payroll Software For Dental Practices",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tagger, parser, attribute ruler and lemmatizer, with no morphologizer, and the splitter disabled."""
    source = spacy.load(Path(shipped.__file__).parent / "pipeline")
    nlp = spacy.blank("en", vocab=source.vocab)
    for name in ("tok2vec", "tagger"):
        nlp.add_pipe(name, source=source)
    _add_parser(nlp)
    ruler = nlp.add_pipe("attribute_ruler")
    for pos, tags in _POS.items():
        for tag in tags.split():
            ruler.add([[{"TAG": tag}]], {"POS": pos})  # type: ignore[attr-defined]
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", source=source)
    path = tmp_path_factory.mktemp("pipeline") / "en_core_web_like"
    nlp.to_disk(path)
    return path


def _add_parser(nlp: SpacyLanguage) -> None:
    """Dependency labels of no known scheme: nothing may read them."""
    examples = []
    for doc in map(nlp.make_doc, _PAGE):
        roots = [token.i for token in doc if token.i == 0 or doc[token.i - 1].text == "."]
        annotation = {
            "heads": [max(root for root in roots if root <= token.i) for token in doc],
            "deps": ["ROOT" if token.i in roots else "odd" for token in doc],
        }
        examples.append(Example.from_dict(doc, annotation))
    parser = nlp.add_pipe("parser", config={"min_action_freq": 1})
    parser.initialize(lambda: examples, nlp=nlp)  # type: ignore[attr-defined]
    optimizer = nlp.create_optimizer()
    for _ in range(15):
        parser.update(examples, sgd=optimizer)  # type: ignore[attr-defined]


def _tags(nlp: str, texts: Sequence[str]) -> list[list[tuple[str, str, str]]]:
    return [
        [(token.text, token.pos, token.lemma) for *_, tokens in sentences for token in tokens]
        for sentences in SpacyPipeline(nlp).sentences(texts)
    ]


def test_every_word_is_read_and_sentences_are_found(folder: Path) -> None:
    read = _tags(str(folder), _PAGE)
    assert all(pos and lemma for tokens in read for _, pos, lemma in tokens)
    (sentences,) = SpacyPipeline(str(folder)).sentences(_PAGE[:1])
    assert [_PAGE[0][start:end].split()[0] for start, end, _ in sentences] == ["Ledgerling", "It"]


def test_the_rules_find_the_same_as_with_the_shipped_pipeline(folder: Path) -> None:
    page = RawDocument("page.md", "page.md", "page.md", "\n\n".join(_PAGE).encode())
    found = [
        check(Inputs(pages=(page,)), Settings(), load_language(LanguageSettings(nlp=nlp), cache=Cache(None)))
        for nlp in ("", str(folder))
    ]
    shipped_rules, dropped_in = ([(f.rule, f.locations[0].quote) for f in report.findings] for report in found)
    assert dropped_in == shipped_rules != []
    assert found[1].tool.nlp == str(folder)
