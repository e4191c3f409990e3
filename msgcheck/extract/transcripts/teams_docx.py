"""Teams' Word transcripts: time, speaker and text as paragraphs, or name and time above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call, month_date, seconds
from msgcheck.model import Call, RawDocument

_RANGE = re.compile(r"^\s*(-?\d[\d:.,-]{0,24})\s*-->\s*(-?\d[\d:.,-]{0,24})\s*$", re.ASCII)
_NAME_AND_TIME = re.compile(r"^(?P<name>\S.{0,78}?)\s{2,}(?P<time>\d{1,2}:\d\d(?::\d\d)?)\s*$")


def looks_like_teams_docx(lines: Sequence[str]) -> bool:
    return any(_RANGE.match(line) for line in lines) or sum(bool(_NAME_AND_TIME.match(line)) for line in lines) >= 2


def read_teams_docx(raw: RawDocument, lines: Sequence[str]) -> Call:
    head = "\n".join(lines[:12])
    said = _ranges(lines) if any(_RANGE.match(line) for line in lines) else _named(lines)
    return make_call(raw, "teams-docx", said, date=month_date(head) or date_in(head))


def _ranges(lines: Sequence[str]) -> Iterator[Utterance]:
    """`0:0:4.6 --> 0:0:9.1`, the name, then the text up to the next time."""
    places = [place for place, line in enumerate(lines) if _RANGE.match(line)]
    for place, end in zip(places, [*places[1:], len(lines)], strict=True):
        start, stop = lines[place].split("-->")
        body = [line.strip() for line in lines[place + 1 : end] if line.strip()]
        if body:
            yield Utterance(body[0], " ".join(body[1:]), seconds(start), seconds(stop), place + 2)


def _named(lines: Sequence[str]) -> Iterator[Utterance]:
    places = [(place, head) for place, line in enumerate(lines) if (head := _NAME_AND_TIME.match(line))]
    ends = [*(place for place, _ in places[1:]), len(lines)]
    for (place, head), end in zip(places, ends, strict=True):
        text = " ".join(line.strip() for line in lines[place + 1 : end])
        yield Utterance(head["name"].strip(), text, seconds(head["time"]), line=place + 2)
