"""Train the shipped spaCy pipeline on UD English EWT.

    python -m msgcheck.training.pipeline --treebank DIR [--output DIR]

DIR holds en_ewt-ud-{train,dev,test}.conllu. Copy in capitals and In Title Case carries no news in its letters,
so the language layer reads such text in lower case; the training data therefore holds, beside the sentences, a
lower-case copy of a third of them, most of those without the final full stop, as headlines have none.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab
from thinc.api import use_ops

from msgcheck.language.nlp import recased
from msgcheck.training.treebank import Word, lowered, read_treebank, unpunctuated
from msgcheck.training.vectors import with_vectors

_HERE = Path(__file__).parent
_SHIPPED = _HERE.parent / "language" / "pipeline"
_SEED = 7
_SENTENCES_A_DOC = 4
_LOWERED_SHARE = 0.33
_SOURCES = [
    {"name": "UD English EWT 2.16", "license": "CC BY-SA 4.0"},
    {"name": "all-MiniLM-L6-v2 (word vectors)", "license": "Apache-2.0"},
    {"name": "wordfreq (which words have vectors)", "license": "CC BY-SA 4.0"},
]
_NOTICE = (
    "The weights in this folder were trained on UD English EWT 2.16 (Silveira, Dozat, de Marneffe, Bowman, Connor, "
    "Bauer, Manning: A Gold Standard Dependency Corpus for English, LREC 2014; and the UD English EWT contributors), "
    "licensed CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Their word vectors were read from "
    "all-MiniLM-L6-v2 (Apache-2.0) for words that wordfreq (Robyn Speer; data CC BY-SA 4.0) lists as frequent. The "
    "weights are licensed CC BY-SA 4.0 likewise. The rest of msgcheck is licensed Apache-2.0.\n"
)


def to_doc(sentences: list[list[Word]], vocab: Vocab) -> Doc:
    words = [word for sentence in sentences for word in sentence]
    starts = [index == 0 for sentence in sentences for index in range(len(sentence))]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        lemmas=[word.lemma for word in words],
        pos=[word.pos for word in words],
        tags=[word.tag for word in words],
        sent_starts=starts,
    )


def training_docs(sentences: list[list[Word]], vocab: Vocab) -> Iterator[Doc]:
    """Neighbouring sentences together, so that splitting is learnt; a third of them again in lower case.

    In lower case they stand alone, as headlines do, or together, many without punctuation, as speech is transcribed.
    """
    chance = random.Random(_SEED)
    groups = [sentences[first : first + _SENTENCES_A_DOC] for first in range(0, len(sentences), _SENTENCES_A_DOC)]
    for group in groups:
        yield to_doc(group, vocab)
    for group in groups:
        if chance.random() < _LOWERED_SHARE:
            lower = [lowered(sentence) for sentence in group]
            shown = [unpunctuated(sentence) if chance.random() < 0.6 else sentence for sentence in lower]
            if chance.random() < 0.5:
                yield to_doc(shown, vocab)
            else:
                yield from (to_doc([sentence], vocab) for sentence in shown)


def evaluate(nlp: Language, sentences: list[list[Word]], case: Callable[[str], str]) -> dict[str, float]:
    """UPOS and lemma accuracy on gold sentences whose text was put in another case, read as the tool reads it."""
    examples = []
    for sentence in sentences:
        cased = [Word(case(w.form), w.lemma.lower(), w.pos, w.tag, w.morph, w.space) for w in sentence]
        reference = to_doc([cased], nlp.vocab)
        shown = recased(reference.text)
        spoken = Doc(
            nlp.vocab,
            words=[shown[token.idx : token.idx + len(token)] for token in reference],
            spaces=[word.space for word in sentence],
        )
        examples.append(Example(spoken, reference))
    for example, doc in zip(examples, nlp.pipe([example.predicted for example in examples]), strict=True):
        for token in doc:
            token.lemma_ = token.lemma_.lower()
        example.predicted = doc
    return {name: round(value, 4) for name, value in _accuracy(examples).items()}


def _accuracy(examples: list[Example]) -> dict[str, float]:
    total = pos = lemma = 0
    for example in examples:
        for predicted, gold in zip(example.predicted, example.reference, strict=True):
            total += 1
            pos += predicted.pos_ == gold.pos_
            lemma += predicted.lemma_ == gold.lemma_
    return {"upos": pos / total, "lemma": lemma / total}


def scores(nlp: Language, test: list[list[Word]]) -> dict[str, dict[str, float]]:
    return {
        "as written": evaluate(nlp, test, str),
        "title case": evaluate(nlp, test, lambda form: form[:1].upper() + form[1:]),
        "capitals": evaluate(nlp, test, str.upper),
    }


def trained(parts: dict[str, list[list[Word]]], folder: Path) -> Language:
    """The pipeline that `pipeline.cfg` describes, at its best on the development part; `folder` is for its files."""
    seeded = with_vectors(parts["train"])
    seeded.to_disk(folder / "vectors")
    DocBin(docs=training_docs(parts["train"], seeded.vocab)).to_disk(folder / "train.spacy")
    dev = [parts["dev"][i : i + _SENTENCES_A_DOC] for i in range(0, len(parts["dev"]), _SENTENCES_A_DOC)]
    DocBin(docs=(to_doc(group, seeded.vocab) for group in dev)).to_disk(folder / "dev.spacy")
    names = {"train": "train.spacy", "dev": "dev.spacy", "vectors": "vectors"}
    overrides = {f"paths.{name}": str(folder / file) for name, file in names.items()}
    config = load_config(_HERE / "pipeline.cfg", overrides=overrides, interpolate=False)
    (folder / "out").mkdir()
    with use_ops("numpy", use_blis=False):
        train(init_nlp(config), folder / "out")
        return spacy.load(folder / "out" / "model-best")


def main() -> None:
    """Train, measure, and write the pipeline with its scores and licence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=_SHIPPED)
    args = parser.parse_args()
    parts = {name: list(read_treebank(args.treebank / f"en_ewt-ud-{name}.conllu")) for name in ("train", "dev", "test")}
    with tempfile.TemporaryDirectory() as folder:
        nlp = trained(parts, Path(folder))
    nlp.meta |= {
        "name": "msgcheck",
        "description": "Words and sentences of English web copy: tagger, morphologizer, lemmatizer, sentence splitter.",
        "license": "CC BY-SA 4.0",
        "sources": _SOURCES,
        "performance": scores(nlp, parts["test"]),
    }
    # Where the data lay while training is nobody's business, and makes the file another one each time.
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.to_disk(args.output)
    (args.output / "LICENSE").write_text(_NOTICE, encoding="utf-8")
    print(json.dumps(nlp.meta["performance"], indent=2))


if __name__ == "__main__":
    main()
