"""Nouns piled up before a noun ('enterprise revenue intelligence orchestration platform'): where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.language.values import Sentence
from msgcheck.measure.phrases import Word, words_of

#: So many words are a stack, hyphened ones ('payer-agnostic') counted as one, if so many of them are nouns.
_WORDS, _NOUNS = 4, 3
#: Plurals that stand before a noun as singulars do; another one there is a verb that the tagger took for a noun.
_PLURALS = (
    "sales operations goods communications analytics systems rules events services business process access data news "
    "logistics series status compliance assets earnings savings claims benefits customs devops"
)
_SINGULAR = frozenset(_PLURALS.split())
_WHEN = frozenset({"today", "tomorrow", "tonight", "now", "here"})
#: Adjectives that any noun can carry: they pile up nothing.
_ANY_NOUN = (
    "new other best main full simple strong great good better only first last next more most many various different "
    "same own such key real true whole entire complete available free easy custom common general specific current "
    "effective powerful unique proper overall initial important modern dedicated comprehensive advanced robust top "
    "rich "
    "richest open source basic private "
    "smart secure reliable innovative scalable flexible seamless intelligent high low large small fast"
)
_LIGHT = frozenset(_ANY_NOUN.split())
_HYPHENS = ("-", "‑")
#: Brackets, dots and underlines are of code and addresses.
_CODE = re.compile(r"[(._/@]")


@dataclass(frozen=True, slots=True)
class Stack:
    """A pile of nouns from character `start` to `end`; `reading` (0..1) is how much of it the trained reading takes for
    jargon, on average over its words."""

    start: int
    end: int
    reading: float


@lru_cache(maxsize=4096)
def find_stacks(sentence: Sentence) -> tuple[Stack, ...]:
    """The stacks of a sentence; names (words in capitals) are none."""
    return tuple(_stacks(sentence))


def _stacks(sentence: Sentence) -> Iterator[Stack]:
    for words in _runs(words_of(sentence), sentence.text):
        if not words:
            continue
        start, end = words[0].start, words[-1].end
        joined = sum(sentence.text[word.end : word.end + 1] in _HYPHENS for word in words[:-1])
        nouns = sum(word.pos in ("NOUN", "PROPN") for word in words)
        if len(words) - joined >= _WORDS and nouns >= _NOUNS and not _CODE.search(sentence.text[start:end]):
            yield Stack(start, end, _reading(sentence, start, end))


def _runs(words: Sequence[Word], text: str) -> Iterator[Sequence[Word]]:
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and _continues(words, first, last, text):
            last += 1
        yield _trimmed(words[first:last])
        first = max(last, first + 1)


def _continues(words: Sequence[Word], first: int, place: int, text: str) -> bool:
    word = words[place]
    if word.pos not in ("NOUN", "PROPN", "ADJ") or not word.text.isalpha() or _is_name(word, text):
        return False
    if place == first:
        return True
    before = words[place - 1]
    hyphened = text[before.end : word.start] in _HYPHENS
    if word.parted and not hyphened:
        return False
    plural = before.text.endswith("s") and not before.text.endswith("ss") and before.text not in _SINGULAR
    return not plural and (hyphened or not (word.pos == "ADJ" and before.pos != "ADJ"))


def _is_name(word: Word, text: str) -> bool:
    """Whether the word is written as a name: a capital within the sentence; short forms in capitals are words."""
    written = text[word.start : word.end]
    return word.start > 0 and written[0].isupper() and not written.isupper()


def _trimmed(words: Sequence[Word]) -> Sequence[Word]:
    first, last = 0, len(words)
    while first < last and words[first].text in _LIGHT:
        first += 1
    while last > first and (words[last - 1].pos == "ADJ" or words[last - 1].text in _WHEN):
        last -= 1
    return words[first:last]


def _reading(sentence: Sentence, start: int, end: int) -> float:
    inside = [word.buzzword + word.insider for word in sentence.words if word.start < end and start < word.end]
    return sum(inside) / len(inside) if inside else 0.0
