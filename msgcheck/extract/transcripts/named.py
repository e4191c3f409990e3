"""Plain `Name: text` transcripts, and Google Meet's, which add a heading, attendees and times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call, seconds
from msgcheck.extract.transcripts.names import split_name
from msgcheck.model import Call, RawDocument

_TIME_LINE = re.compile(r"^\s*\[?(\d{1,2}:\d\d(?::\d\d)?)\]?\s*$")
_LEADING_TIME = re.compile(r"^\s*[\[(](\d{1,2}:\d\d(?::\d\d)?)[\])]\s*")
_TAIL = re.compile(
    r"^(?:Transcription|Meeting|Recording) ended after\b|^This editable transcript was computer generated"
)
_MEET = re.compile(r"(?im)^\s*#*\s*(?:attendees\b|.*\btranscript\s*$)")
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{1,2}),? (20\d\d)\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: A name heads a turn when it recurs, or when most lines that are not wrapped begin with some name.
_LEAST_NAMED_LINES = 2


def looks_named(text: str) -> bool:
    """Whether at least two lines begin with a name, and some name speaks more than once or two names speak."""
    names = Counter(name for line in text.splitlines()[:400] if (name := split_name(_untimed(line)[1])[0]))
    return sum(names.values()) >= _LEAST_NAMED_LINES and (len(names) > 1 or max(names.values()) > 2)


def read_named(raw: RawDocument, text: str) -> Call:
    meet = bool(_MEET.search(text[:2000])) or bool(_TAIL.search(text[-400:]))
    head = text[:1500]
    return make_call(
        raw, "google-meet" if meet else "plain", _utterances(text), date=_month_date(head) or date_in(head)
    )


def _utterances(text: str) -> Iterator[Utterance]:
    """Lines by speaker; lines without a name continue the one before, whatever blank lines stand between."""
    current: Utterance | None = None
    clock: float | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if _TAIL.match(line.strip()):
            break
        if (time := _TIME_LINE.match(line)) is not None:
            clock = seconds(time[1])
            continue
        stamp, rest = _untimed(line)
        name, said = split_name(rest.strip())
        if name:
            if current:
                yield current
            current = Utterance(name, said, stamp if stamp is not None else clock, line=number)
            clock = None
        elif current and rest.strip():
            current = Utterance(current.speaker, f"{current.text} {rest.strip()}", current.start_s, line=current.line)
    if current:
        yield current


def _untimed(line: str) -> tuple[float | None, str]:
    match = _LEADING_TIME.match(line)
    return (seconds(match[1]), line[match.end() :]) if match else (None, line)


def _month_date(text: str) -> str:
    match = _MONTH.search(text)
    return f"{match[3]}-{_MONTHS.index(match[1]) + 1:02d}-{int(match[2]):02d}" if match else ""
