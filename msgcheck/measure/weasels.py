"""Hedges that take a claim back: where they stand in a sentence, and what each of them dodges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.language.values import Sentence
from msgcheck.measure.phrases import phrases_in

#: 'Up to 40%' and 'in as little as five minutes'; 'up to 5 users' is a limit, and says what one gets.
_BOUND = re.compile(
    r"""
    \b(?:up\ to|as\ (?:much|many|high|fast|low)\ as|by\ as\ much\ as)\s+(?:an?\ )?
      (?: \d[\d.,]*\s?(?:%|percent\b|per\ cent\b|x\b|times\b)(?!\s+(?:off|discount))
        | [$€£]\s?\d[\d.,]*[kKmM]?\s+(?:in|of)?\s*(?:savings?|less|more)\b )
    | \b(?:in|from|for)\ as\ (?:little|few)\ as\s+(?:[$€£]?\d[\d.,]*|one|two|three|four|five|ten|a)(?:[\ -]\w+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BOUND_ASK = "What does the middle customer get? Give that figure, and say how many it was measured on."


@dataclass(frozen=True, slots=True)
class Weasel:
    """A hedge from character `start` to `end` of a sentence; `why` as in `data/weasels.toml`, or `bound`."""

    start: int
    end: int
    why: str
    ask: str


def find_weasels(sentence: Sentence) -> Iterator[Weasel]:
    """The hedges of a sentence: those of the list, then bounds such as 'up to 40%'."""
    for match in phrases_in(sentence, "weasels"):
        yield Weasel(match.start, match.end, match.phrase.why, match.phrase.ask)
    for bound in _BOUND.finditer(sentence.text):
        yield Weasel(bound.start(), bound.end(), "bound", _BOUND_ASK)
