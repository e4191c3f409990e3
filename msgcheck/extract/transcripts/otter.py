"""Otter's text export: a line with name and time, the words below it, a footer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.extract.transcripts.common import Utterance, make_call, seconds
from msgcheck.model import Call, RawDocument

_HEAD = re.compile(r"^(?P<name>\S(?:.{0,78}\S)?) {1,4}(?P<time>\d{1,2}:\d\d(?::\d\d)?)\s*$")
_FOOTER = re.compile(r"(?i)^transcribed by https?://otter\.ai|^transcribed by otter")


def looks_like_otter(text: str) -> bool:
    """Whether two or more of the first lines are a name and a time."""
    return sum(_HEAD.match(line) is not None for line in text.splitlines()[:200]) >= 2


def read_otter(raw: RawDocument, text: str) -> Call:
    return make_call(raw, "otter", _utterances(text))


def _utterances(text: str) -> Iterator[Utterance]:
    speaker, start, first = "", None, 1
    said: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if _FOOTER.match(line.strip()):
            break
        head = _HEAD.match(line)
        if head is None:
            said.append(line)
            continue
        if speaker:
            yield Utterance(speaker, " ".join(said), start, seconds(head["time"]), first)
        speaker, start, first, said = head["name"], seconds(head["time"]), number + 1, []
    if speaker:
        yield Utterance(speaker, " ".join(said), start, line=first)
