"""Sentences of a Universal Dependencies treebank, as the tool meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


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
