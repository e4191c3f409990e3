"""Train the shipped spaCy pipeline on UD English EWT.

    python -m msgcheck.training.pipeline --treebank DIR [--output DIR]

DIR holds en_ewt-ud-{train,dev,test}.conllu. Copy in capitals and In Title Case carries no news in its letters,
so the language layer reads such text in lower case; the training data therefore holds, beside each sentence, a
lower-case copy, half of them without the final full stop, as headlines have none.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from msgcheck.language.nlp import recased

_HERE = Path(__file__).parent
_SHIPPED = _HERE.parent / "language" / "pipeline"
_SEED = 7
_SENTENCES_A_DOC = 4
_NOTICE = (
    "The weights in this folder were trained on UD English EWT 2.16 (Silveira, Dozat, de Marneffe, Bowman, Connor, "
    "Bauer, Manning: A Gold Standard Dependency Corpus for English, LREC 2014; and the UD English EWT contributors), "
    "licensed CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). The weights are licensed CC BY-SA 4.0 "
    "likewise. The rest of msgcheck is licensed Apache-2.0.\n"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word of the treebank; `space` says whether white space follows it."""

    form: str
    lemma: str
    pos: str
    tag: str
    morph: str
    space: bool


def read_treebank(path: Path) -> Iterator[list[Word]]:
    """The sentences of a CoNLL-U file; parts of a multi-word token stand without space between them."""
    words: list[Word] = []
    inside_until = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            yield words
            words, inside_until = [], 0
            continue
        if line.startswith("#"):
            continue
        number, form, lemma, pos, tag, morph, *_, misc = line.split("\t")
        if "-" in number:
            inside_until = int(number.split("-")[1])
            spaced_after = "SpaceAfter=No" not in misc
        elif "." not in number:
            inside = int(number) < inside_until
            last = int(number) == inside_until
            space = spaced_after if last else not inside and "SpaceAfter=No" not in misc
            words.append(Word(form, lemma, pos, tag, "" if morph == "_" else morph, space))


def lowered(words: list[Word]) -> list[Word]:
    """The sentence as the language layer shows capitals and title case to the pipeline."""
    return [Word(w.form.lower(), w.lemma.lower(), w.pos, w.tag, w.morph, w.space) for w in words]


def unpunctuated(words: list[Word]) -> list[Word]:
    """The sentence without its final punctuation, as headlines and speech transcripts have it."""
    return words[:-1] if len(words) > 2 and words[-1].pos == "PUNCT" else words


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
        morphs=[word.morph for word in words],
        sent_starts=starts,
    )


def training_docs(sentences: list[list[Word]], vocab: Vocab) -> Iterator[Doc]:
    """Neighbouring sentences together, so that splitting is learnt; every second one again in lower case, alone."""
    chance = random.Random(_SEED)
    for first in range(0, len(sentences), _SENTENCES_A_DOC):
        yield to_doc(sentences[first : first + _SENTENCES_A_DOC], vocab)
    for sentence in sentences:
        if chance.random() < 0.5:
            lower = lowered(sentence)
            yield to_doc([unpunctuated(lower) if chance.random() < 0.5 else lower], vocab)


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


def main() -> None:
    """Train, measure, and write the pipeline with its scores and licence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=_SHIPPED)
    args = parser.parse_args()
    parts = {name: list(read_treebank(args.treebank / f"en_ewt-ud-{name}.conllu")) for name in ("train", "dev", "test")}
    vocab = spacy.blank("en").vocab
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.spacy" for name in ("train", "dev")}
        DocBin(docs=training_docs(parts["train"], vocab)).to_disk(paths["train"])
        dev = [parts["dev"][i : i + _SENTENCES_A_DOC] for i in range(0, len(parts["dev"]), _SENTENCES_A_DOC)]
        DocBin(docs=(to_doc(group, vocab) for group in dev)).to_disk(paths["dev"])
        overrides = {f"paths.{name}": str(path) for name, path in paths.items()}
        train(_HERE / "pipeline.cfg", Path(folder) / "out", overrides=overrides)
        nlp = spacy.load(Path(folder) / "out" / "model-best")
    nlp.meta |= {
        "name": "msgcheck",
        "description": "Words and sentences of English web copy: tagger, morphologizer, lemmatizer, sentence splitter.",
        "license": "CC BY-SA 4.0",
        "sources": [{"name": "UD English EWT 2.16", "license": "CC BY-SA 4.0"}],
        "performance": scores(nlp, parts["test"]),
    }
    nlp.to_disk(args.output)
    (args.output / "LICENSE").write_text(_NOTICE, encoding="utf-8")
    print(json.dumps(nlp.meta["performance"], indent=2))


if __name__ == "__main__":
    main()
