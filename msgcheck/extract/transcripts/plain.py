"""Plain `Name: text` transcripts: lines may wrap, with blank lines between, and begin with times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call, month_date, seconds
from msgcheck.extract.transcripts.names import Names
from msgcheck.model import Call, RawDocument

_HEADING = re.compile(r"^\s*#{1,6}\s+")
_TIME_LINE = re.compile(r"^\s*(?:#{1,6}\s+)?\[?(\d{1,2}:\d\d(?::\d\d)?)\]?\s*$")
_LEADING_TIME = re.compile(r"^\s*[\[(]?(\d{1,2}:\d\d(?::\d\d)?)[\])]?(?:\s*[-–—]\s*|\s+|(?<=[\])]))(?=\S)")
_TAIL = re.compile(
    r"^(?:#{1,6}\s+)?(?:(?:Transcription|Meeting|Recording) ended after\b.{0,40}"
    r"|This editable transcript was computer generated.*)$"
)
#: So many lines and names make a transcript; one line with a colon does not.
_LEAST_LINES = 2
_LEAST_OF_ONE = 3
_HEAD = 1500


def looks_named(text: str) -> bool:
    """Whether at least two lines begin with a name, and two names speak or one speaks often."""
    lines = [untimed(line)[1] for line in text.splitlines()]
    names = Names.among(lines)
    heads = [name for line in lines if (name := names.split(line)[0])]
    return len(heads) >= _LEAST_LINES and (len(set(heads)) > 1 or len(heads) >= _LEAST_OF_ONE)


def mostly_named(text: str) -> bool:
    """Whether Markdown holds a transcript: headings, then `**Name:** text`."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    names = Names.among(lines)
    return bool(lines) and sum(bool(names.split(line)[0]) for line in lines) >= 0.4 * len(lines)


def read_plain(raw: RawDocument, text: str, format: str = "plain", title: str = "") -> Call:
    head = text[:_HEAD]
    return make_call(raw, format, named_talk(text), date=month_date(head) or date_in(head), title=title)


def named_talk(text: str) -> Iterator[Utterance]:
    """Lines by speaker; lines without a name go on, whatever blank lines stand between."""
    lines = text.splitlines()
    names = Names.among(untimed(line)[1] for line in lines)
    ends = _tail_at(lines)
    current: Utterance | None = None
    clock: float | None = None
    for number, line in enumerate(lines[:ends], 1):
        if (time := _TIME_LINE.match(line)) is not None:
            clock = seconds(time[1])
            continue
        if _HEADING.match(line):
            continue
        stamp, rest = untimed(line)
        name, said = names.split(rest)
        if name:
            if current:
                yield current
            current = Utterance(name, said, stamp if stamp is not None else clock, line=number)
            clock = None
        elif current and line.strip():
            more = rest if stamp is not None and not current.text else line.strip()
            current = Utterance(current.speaker, f"{current.text} {more}", current.start_s, line=current.line)
    if current:
        yield current


def untimed(line: str) -> tuple[float | None, str]:
    """A time before the name, and the rest of the line."""
    match = _LEADING_TIME.match(line)
    return (seconds(match[1]), line[match.end() :].strip()) if match else (None, line.strip())


def _tail_at(lines: Sequence[str]) -> int:
    """Where the recorder's closing lines begin: nothing but them and blank lines follows."""
    end = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        if _TAIL.match(lines[place].strip()):
            end = place
        elif lines[place].strip():
            break
    return end
