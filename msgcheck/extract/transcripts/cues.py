"""Timed cues, which WebVTT and SRT share. No cue is dropped for the form of its times.

webvtt-py reads the standard alone: it drops cues with negative or unpadded times, what follows a blank line inside a
cue, and all voices of a cue but the first, all of which Teams writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgcheck.extract.transcripts.common import seconds

_ARROW = re.compile(r"^\s*(-?[\d:.,-]{1,24})\s+-->\s+(-?[\d:.,-]{1,24})")
_NO_TALK = re.compile(r"(?:NOTE|STYLE|REGION)\b")
#: Tags of styles, voices and times inside cues. Lengths are bounded, so that a file of nothing but `<` is read fast.
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,24}>")
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Cue:
    """A timed piece of text; `line` is where its text begins."""

    start_s: float | None
    end_s: float | None
    text: str
    line: int


def is_vtt(text: str) -> bool:
    return text.lstrip("\ufeff \n").startswith("WEBVTT")


def looks_like_cues(text: str) -> bool:
    """Whether the text is WebVTT, or has SRT's arrows near its beginning."""
    return is_vtt(text) or any(_ARROW.match(line) for line in text[:_HEAD].splitlines())


def read_cues(text: str) -> Iterator[Cue]:
    """The cues in order, each with all text up to the next one."""
    lines = text.split("\n")
    arrows = [(place, match) for place, line in enumerate(lines) if (match := _ARROW.match(line))]
    ends = [*(place for place, _ in arrows[1:]), len(lines)]
    for (place, match), end in zip(arrows, ends, strict=False):
        last = end if end == len(lines) else _before_identifier(lines, place + 1, end)
        yield Cue(seconds(match[1]), seconds(match[2]), "\n".join(_talk(lines[place + 1 : last])), place + 2)


def _before_identifier(lines: Sequence[str], start: int, end: int) -> int:
    """Where the text before an arrow ends: its cue may have a number or name on the line above."""
    above = end - 1
    if above < start or not lines[above].strip():
        return end
    apart = above == start or not lines[above - 1].strip()
    return above if lines[above].strip().isdigit() or (apart and above > start) else end


def _talk(lines: Iterable[str]) -> Iterator[str]:
    """Lines without notes and style sheets, which stand apart and end at a blank line."""
    fresh = skipping = False
    for line in lines:
        if not line.strip():
            fresh, skipping = True, False
        elif skipping or (fresh and _NO_TALK.match(line)):
            skipping = True
        else:
            fresh = False
            yield line
