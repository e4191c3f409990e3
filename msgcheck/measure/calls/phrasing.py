"""How a turn is put: its phrases, in which words of the trade give way to marks, so that what was learnt of one trade
is heard in another. 'How many vans do you have in Kent?' reads 'how many * do you have in * ?'; where the statement
says that the product is no haulier, and vans are on the page, 'how many P do you have in * ?'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from msgcheck.language.values import Vector
from msgcheck.measure.calls.cues import plain
from msgcheck.measure.lexical import stem

#: What stands for a word: a figure, one of the `not` list, of what was agreed to say, of the page, or any other.
NUMBER, RIVAL, AGREED, PAGE, OTHER = "#", "R", "A", "P", "*"

#: A token and what stands for it where the word itself says nothing.
Token = tuple[str, str]
#: Stand before and behind a turn, the first for each of the ways in which a turn is heard: see `features`.
OPENINGS: tuple[Token, ...] = (("PROSPECT", "PROSPECT"), ("REP", "REP"), ("TELLING", "TELLING"))
END: Token = ("END", "END")

_TOKEN = re.compile(r"[a-z]+|\d+|[?!.,]")
_LONGEST = 4
#: What is read for a turn, each with its share of the score: all of it, the beginning of the next turn, the end of the
#: one before, and the beginning of the one after next.
PARTS: tuple[tuple[int, slice, float], ...] = (
    (0, slice(None), 1.0),
    (1, slice(22), 0.7),
    (-1, slice(-14, None), 0.5),
    (2, slice(12), 0.4),
)


def tokens(text: str, mode: int, marks: Sequence[tuple[str, frozenset[str]]]) -> tuple[Token, ...]:
    """`marks` are sets of stems, each with its mark; the first that holds a word counts."""
    return (OPENINGS[mode], *((word, _mark(word, marks)) for word in _TOKEN.findall(plain(text))), END)


def _mark(word: str, marks: Sequence[tuple[str, frozenset[str]]]) -> str:
    if not word[0].isalpha():
        return NUMBER if word.isdigit() else word
    key = stem(word)
    return next((mark for mark, stems in marks if key in stems), OTHER)


def phrases(spoken: Sequence[Sequence[Token]], known: frozenset[str]) -> Iterator[list[frozenset[str]]]:
    """For each turn the phrases of up to four words in each of `PARTS`; only `known` words stand as such."""
    lines = [_line(turn, known) for turn in spoken]
    for place in range(len(lines)):
        yield [
            frozenset(_runs(lines[place + step][part])) if 0 <= place + step < len(lines) else frozenset()
            for step, part, _ in PARTS
        ]


def _line(turn: Sequence[Token], known: frozenset[str]) -> list[str]:
    """A row of unknown words counts once."""
    read = [word if word in known else mark for word, mark in turn]
    return [word for word, before in zip(read, ["", *read], strict=False) if not word == before == OTHER]


def _runs(line: Sequence[str]) -> Iterator[str]:
    for size in range(1, _LONGEST + 1):
        for first in range(len(line) - size + 1):
            yield " ".join(line[first : first + size])


@dataclass(frozen=True, slots=True, eq=False)
class Phrasing:
    """A logistic regression over phrases. For each of `PARTS`: where a phrase stands, how telling it is by being rare,
    and its weights, (phrases, 6). Outputs as those of `detector.Linear`."""

    known: frozenset[str]
    places: tuple[Mapping[str, int], ...]
    rarity: tuple[Vector, ...]
    weights: tuple[Vector, ...]
    bias: Vector

    def scores(self, spoken: Sequence[Sequence[Token]]) -> Vector:
        scores = np.tile(self.bias, (len(spoken), 1))
        for turn, parts in enumerate(phrases(spoken, self.known)):
            for found, places, rarity, weights in zip(parts, self.places, self.rarity, self.weights, strict=True):
                rows = sorted(places[phrase] for phrase in found if phrase in places)
                if rows:
                    told = rarity[rows]
                    scores[turn] += told @ weights[rows] / np.linalg.norm(told)
        return scores
