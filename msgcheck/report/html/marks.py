"""Cut text into stretches, so that findings on the same words can nest, overlap and still be marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

Family = Literal["jargon", "vague", "mismatch", "other"]
_FAMILIES: tuple[Family, ...] = get_args(Family)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start`..`end` of a text that the note `number` is about."""

    start: int
    end: int
    number: int
    family: Family


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same notes; `starts` and `ends` are the notes whose words begin or end with it."""

    text: str
    families: tuple[Family, ...] = ()
    target: int = 0
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def family_of(rule: str) -> Family:
    """The first part of a rule's id; what is none of the three families is 'other'."""
    name = rule.partition(".")[0]
    return next((family for family in _FAMILIES if family == name), "other")


def cut(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The whole text, in order. Spans that lie outside of it are clipped, empty ones mark nothing."""
    inside = [
        Span(max(0, span.start), min(len(text), span.end), span.number, span.family)
        for span in spans
        if max(0, span.start) < min(len(text), span.end)
    ]
    borders = sorted({0, len(text)}.union(*((span.start, span.end) for span in inside)))
    return tuple(_piece(text, start, end, inside) for start, end in pairwise(borders))


def _piece(text: str, start: int, end: int, spans: Sequence[Span]) -> Piece:
    over = [span for span in spans if span.start <= start and end <= span.end]
    ends = tuple(span.number for span in over if span.end == end)
    return Piece(
        text=text[start:end],
        families=tuple(family for family in _FAMILIES if any(span.family == family for span in over)),
        target=ends[0] if ends else over[-1].number if over else 0,
        starts=tuple(span.number for span in over if span.start == start),
        ends=ends,
    )
