"""Otter's text export: a line with name and time, the words below it, a footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call, month_date, seconds
from msgcheck.model import Call, RawDocument

#: Otter puts two spaces before the time; some editors leave one, and then the name must look like one.
_HEAD = re.compile(
    r"^(?P<name>\S(?:.{0,78}\S)?)(?:[ \u00a0\t]{2,4}|(?<=[A-Za-z0-9)]) )(?P<time>\d{1,2}:\d\d(?::\d\d)?)\s*$"
)
_TITLE_WORDS = re.compile(r"^(?:[A-Z0-9À-ÖØ-Þ(&][^\s]*|van|von|de|der|da|di|la|le|al|el|y)$")
_FOOTER = re.compile(r"(?i)^transcribed by (?:https?://)?otter\b")
_HEAD_LINES = 200


def looks_like_otter(text: str) -> bool:
    """Whether two or more of the first lines are a name and a time."""
    return len(list(_heads(text.splitlines()[:_HEAD_LINES]))) >= 2


def read_otter(raw: RawDocument, text: str) -> Call:
    lines = text.splitlines()
    return make_call(raw, "otter", _talk(lines), date=_date(lines))


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Lines with a name and a time, each at the beginning or below a blank line."""
    for place, line in enumerate(lines):
        head = _HEAD.match(line)
        if head is None or (place and lines[place - 1].strip()):
            continue
        spaced = line[head.end("name") : head.start("time")] != " "
        if spaced or (len(head["name"].split()) <= 5 and all(map(_TITLE_WORDS.match, head["name"].split()))):
            yield place, head


def _date(lines: Sequence[str]) -> str:
    first = next((place for place, _ in _heads(lines)), 0)
    above = "\n".join(lines[:first])
    return month_date(above) or date_in(above)


def _talk(lines: Sequence[str]) -> Iterator[Utterance]:
    heads = list(_heads(lines))
    ends = [*(place for place, _ in heads[1:]), _end(lines)]
    for index, ((place, head), end) in enumerate(zip(heads, ends, strict=True)):
        later = seconds(heads[index + 1][1]["time"]) if index + 1 < len(heads) else None
        yield Utterance(head["name"], " ".join(lines[place + 1 : end]), seconds(head["time"]), later, place + 2)


def _end(lines: Sequence[str]) -> int:
    """Where the footer begins, if one does in the last lines."""
    for place in range(max(0, len(lines) - 8), len(lines)):
        if _FOOTER.match(lines[place].strip()):
            return place
    return len(lines)
