"""WebVTT and SRT: Zoom, Teams (voice spans or JSON bodies), and others that name the speaker in the cue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from msgcheck.extract.transcripts.common import Utterance, make_call, seconds
from msgcheck.extract.transcripts.names import split_name
from msgcheck.model import Call, RawDocument

_ARROW = re.compile(r"^\s*(-?[\d:.,]{1,24})\s+-->\s+(-?[\d:.,]{1,24})")
# Lengths are bounded and `<` cannot recur, so that a file of nothing but `<v ` is read in linear time.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s{1,4}([^<>]{0,200})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,24}>")


@dataclass(frozen=True, slots=True)
class Cue:
    """A timed piece of text; `line` is where its text begins."""

    start_s: float | None
    end_s: float | None
    text: str
    line: int


def looks_like_cues(text: str) -> bool:
    """Whether the text is WebVTT, or has SRT's arrows near its beginning."""
    head = text[:4000]
    return head.lstrip("\ufeff \n").startswith("WEBVTT") or any(_ARROW.match(line) for line in head.splitlines())


def read_cues(raw: RawDocument, text: str) -> Call:
    vtt = text.lstrip("\ufeff \n").startswith("WEBVTT")
    cues = list(_cues(text))
    if cues and all(cue.text.lstrip().startswith("{") for cue in cues):
        return _read_json_cues(raw, cues)
    format = ("teams-vtt" if any(_VOICE.search(cue.text) for cue in cues) else "zoom-vtt") if vtt else "srt"
    return make_call(raw, format, (said for cue in cues for said in _spoken(cue)))


def _cues(text: str) -> Iterator[Cue]:
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        match = _ARROW.match(lines[place])
        place += 1
        if match is None:
            continue
        first = place
        while place < len(lines) and lines[place].strip() and not _ARROW.match(lines[place]):
            place += 1
        body = lines[first:place]
        if place < len(lines) and _ARROW.match(lines[place]) and body and body[-1].strip().isdigit():
            # Files without blank lines between cues: the last line is the next cue's number.
            body = body[:-1]
        yield Cue(seconds(match[1]), seconds(match[2]), "\n".join(body), first + 1)


def _spoken(cue: Cue) -> Iterator[Utterance]:
    """A cue's text by speaker: voice spans, else a leading `Name:`; without either it continues."""
    parts = _VOICE.split(cue.text)
    if len(parts) == 1:
        name, rest = split_name(unescape(_TAG.sub("", cue.text)).replace("\n", " ").strip())
        yield Utterance(name, rest, cue.start_s, cue.end_s, cue.line)
        return
    for name, said in zip(("", *parts[1::2]), (parts[0], *parts[2::2]), strict=True):
        yield Utterance(unescape(name).strip(), unescape(_TAG.sub("", said)), cue.start_s, cue.end_s, cue.line)


def _read_json_cues(raw: RawDocument, cues: list[Cue]) -> Call:
    """Teams' metadata form: each cue holds one JSON object."""
    said, date, origin = [], "", None
    for cue in cues:
        try:
            entry = json.loads(cue.text)
        except (ValueError, RecursionError):
            said.append(Utterance("", cue.text, cue.start_s, cue.end_s, cue.line))
            continue
        started = _moment(entry.get("startDateTime"))
        if started and not origin:
            origin, date = started, started.date().isoformat()
        said.append(
            Utterance(
                str(entry.get("speakerName") or ""),
                str(entry.get("spokenText") or ""),
                cue.start_s,
                cue.end_s,
                cue.line,
            )
        )
    return make_call(raw, "teams-vtt-metadata", said, date=date)


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
