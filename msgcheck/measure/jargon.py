"""Jargon in one sentence: the phrase list and the trained reading of each word, joined into spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.language.values import Sentence
from msgcheck.measure.phrases import PhraseMatch, phrases_in, words_of
from msgcheck.model import JargonKind, JargonSpan

#: A word over this is jargon. Set in November 2026 on the majority of three annotators, with readings of pages that the
#: weights did not see (`python -m msgcheck.training.wording`): figures in language/heads/MODEL_CARD.md.
_JARGON = 0.7
#: A noun over this, right after an insider word, is part of the same term ('serverless functions'); same measurement.
_SAME_TERM = 0.3
#: What a phrase of the list adds: a plain one is jargon by itself, a mild one only where the reading leans that way.
_LISTED = 0.95
_MILD = 0.6

_NOUNS = frozenset({"NOUN", "PROPN"})
_EDGES = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PART"})


@dataclass(frozen=True, slots=True)
class _Reading:
    start: int
    end: int
    own: float
    insider: bool
    pos: str
    listed: PhraseMatch | None

    @property
    def strong(self) -> bool:
        return self.listed is not None and not self.listed.phrase.mild

    @property
    def weight(self) -> float:
        if self.strong:
            return max(self.own, _LISTED)
        return min(1.0, self.own + (_MILD if self.listed else 0.0))


@lru_cache(maxsize=4096)
def find_jargon(sentence: Sentence) -> tuple[JargonSpan, ...]:
    """Non-overlapping spans from left to right, without leading or trailing function words."""
    readings = _readings(sentence)
    spans = []
    first = 0
    while first < len(readings):
        last = first
        while last < len(readings) and (
            readings[last].weight > _JARGON or (last > first and _same_term(readings[last - 1], readings[last]))
        ):
            last += 1
        if last > first:
            spans += [_span(sentence.text, part) for part in _parts(sentence.text, readings[first:last])]
        first = max(last, first + 1)
    return tuple(spans)


def _same_term(before: _Reading, reading: _Reading) -> bool:
    return before.insider and reading.insider and reading.pos in _NOUNS and reading.own > _SAME_TERM


def _readings(sentence: Sentence) -> list[_Reading]:
    matches = phrases_in(sentence, "buzzwords")
    pieces = words_of(sentence)
    readings = []
    place = 0
    for word in sentence.words:
        listed = next((match for match in matches if match.start < word.end and word.start < match.end), None)
        while place < len(pieces) and pieces[place].end <= word.start:
            place += 1
        pos = pieces[place].pos if place < len(pieces) and pieces[place].start < word.end else "X"
        own = word.buzzword + word.insider
        readings.append(_Reading(word.start, word.end, own, word.insider > word.buzzword, pos, listed))
    return readings


def _parts(text: str, group: Sequence[_Reading]) -> Iterator[Sequence[_Reading]]:
    """The group cut where punctuation stands between two words, each part without function words at its edges."""
    first = 0
    for place in range(1, len(group) + 1):
        if place == len(group) or not text[group[place - 1].end : group[place].start].isspace():
            if trimmed := _trimmed(group[first:place]):
                yield trimmed
            first = place


def _trimmed(group: Sequence[_Reading]) -> Sequence[_Reading]:
    first, last = 0, len(group)
    while first < last and group[first].pos in _EDGES and not group[first].strong:
        first += 1
    while last > first and group[last - 1].pos in _EDGES and not group[last - 1].strong:
        last -= 1
    return group[first:last]


def _span(text: str, group: Sequence[_Reading]) -> JargonSpan:
    start, end = group[0].start, group[-1].end
    strong = any(reading.strong for reading in group)
    read = max(reading.own for reading in group)
    insiders = sum(reading.insider for reading in group if not reading.strong)
    kind: JargonKind = "insider" if not strong and insiders * 2 > len(group) else "buzzword"
    listed = any(reading.listed for reading in group)
    source = ("both" if read > _JARGON else "list") if listed else "head"
    return JargonSpan(start, end, text[start:end], kind, max(reading.weight for reading in group), source)
