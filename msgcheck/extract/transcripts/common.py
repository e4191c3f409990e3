"""What all call formats share: decoded text, times, dates, and the call made of what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.turns import Utterance, fold, to_turns
from msgcheck.model import Call, RawDocument, Speaker

#: The formats that are read, as an error names them.
KNOWN = (
    "Zoom or Teams VTT, SRT, Google Meet, Otter, plain `Name: text`, Gong, Chorus or Fireflies JSON, Teams or Meet "
    "DOCX, Markdown notes, HubSpot or Salesforce CSV"
)
MAX_BYTES = 25_000_000

_CLOCK = re.compile(r"^(?:(\d{1,4}):)?(\d{1,4}):(\d{1,4})(?:[.,](\d{1,9}))?$", re.ASCII)
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = f"(?P<month>{'|'.join(_MONTHS)})[a-z]*\\.?"
_MONTH_FIRST = re.compile(rf"\b{_NAMED} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>20\d\d)\b")
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_NAMED},? (?P<year>20\d\d)\b")

__all__ = ["KNOWN", "Utterance", "date_in", "decode", "fold", "make_call", "month_date", "seconds"]


def decode(raw: RawDocument) -> str:
    """The file's text, line ends as `\\n`. Raises InputError for empty, binary or undecodable files."""
    content = raw.content
    if len(content) > MAX_BYTES:
        raise InputError(f"{raw.key}: is larger than {MAX_BYTES // 1_000_000} MB.", "Split the file by call.")
    if not content.strip():
        raise InputError(f"{raw.key}: is empty.", "Export the transcript again.")
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        text = content.decode("utf-32", errors="replace")
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        raise InputError(f"{raw.key}: is binary, not a transcript.", f"Formats read: {KNOWN}.")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # Windows exports of notes; every byte has a meaning there, so nothing is lost.
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def seconds(clock: str) -> float | None:
    """`1:02:03.456`, `2:03` or `0:0:4.65` in seconds; negative times count as 0; None when it is no time."""
    clock = clock.strip()
    if "-" in clock:
        return 0.0
    match = _CLOCK.match(clock)
    if match is None:
        return None
    hours, minutes, rest, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(rest) + float(f"0.{fraction or 0}")


def date_in(text: str) -> str:
    """The first date written as YYYY-MM-DD or YYYYMMDD, as ISO 8601; '' without one."""
    match = _DATE.search(text)
    return "-".join(match.groups()) if match else ""


def month_date(text: str) -> str:
    """The first date written like `Mar 9, 2026` or `9 March 2026`, as ISO 8601; '' without one."""
    found = _MONTH_FIRST.search(text) or _DAY_FIRST.search(text)
    if found is None:
        return ""
    return f"{found['year']}-{_MONTHS.index(found['month']) + 1:02d}-{int(found['day']):02d}"


def make_call(
    raw: RawDocument,
    format: str,
    utterances: Iterable[Utterance],
    *,
    date: str = "",
    speakers: Sequence[Speaker] = (),
    title: str = "",
    part: str = "",
) -> Call:
    """A call of these utterances. `speakers` are those whose role the format states; `part` numbers a file's calls.

    Raises InputError when nobody says anything.
    """
    turns = to_turns(utterances)
    if not turns:
        raise InputError(f"{raw.key}: holds no talk.", f"Formats read: {KNOWN}.")
    stated = {name: replace(speaker, name=name) for speaker in speakers if (name := fold(speaker.name))}
    spoken = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
    named = dict.fromkeys([*spoken, *stated])
    ends = [turn.end_s if turn.end_s is not None else turn.start_s for turn in turns]
    known = [end for end in ends if end is not None]
    return Call(
        key=f"{raw.key}#{part}" if part else raw.key,
        source=raw.source,
        format=format,
        date=date or date_in(raw.name),
        speakers=tuple(stated.get(name, Speaker(name)) for name in named),
        turns=turns,
        duration_s=max(known) if known else None,
        title=fold(title),
    )
