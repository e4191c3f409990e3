"""Teams' WebVTT: voice spans (`<v Name>…</v>`), or the metadata form, whose cues hold JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import unescape

from msgcheck.extract.transcripts.common import Utterance, make_call
from msgcheck.extract.transcripts.cues import TAG, Cue, read_cues
from msgcheck.model import Call, RawDocument

# Lengths are bounded and `<` cannot recur, so that a file of nothing but `<v ` is read in linear time.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s{1,4}([^<>]{0,200})>")


def looks_like_teams_vtt(text: str) -> bool:
    """Whether cues hold voices, or every cue a JSON object."""
    return _VOICE.search(text) is not None or _all_json(list(read_cues(text)))


def _all_json(cues: Sequence[Cue]) -> bool:
    return bool(cues) and all(cue.text.lstrip().startswith("{") for cue in cues)


def read_teams_vtt(raw: RawDocument, text: str) -> Call:
    cues = list(read_cues(text))
    if _all_json(cues):
        return _read_metadata(raw, cues)
    return make_call(raw, "teams-vtt", (said for cue in cues for said in _voices(cue)))


def _voices(cue: Cue) -> Iterator[Utterance]:
    """A cue's text by voice; what stands before the first goes on."""
    parts = _VOICE.split(cue.text)
    for name, said in zip(("", *parts[1::2]), (parts[0], *parts[2::2]), strict=True):
        yield Utterance(unescape(name).strip(), unescape(TAG.sub("", said)), cue.start_s, cue.end_s, cue.line)


def _read_metadata(raw: RawDocument, cues: Sequence[Cue]) -> Call:
    """Cue bodies `{startDateTime, endDateTime, speakerName, spokenText}`; a broken one is kept as it stands."""
    said, date = [], ""
    for cue in cues:
        name, text = "", cue.text
        try:
            entry = json.loads(cue.text)
        except (ValueError, RecursionError):
            entry = {}
        if isinstance(entry, dict) and "spokenText" in entry:
            name, text = str(entry.get("speakerName") or ""), str(entry["spokenText"] or "")
            date = date or _day(entry.get("startDateTime"))
        said.append(Utterance(name, text, cue.start_s, cue.end_s, cue.line))
    return make_call(raw, "teams-vtt-metadata", said, date=date)


def _day(value: object) -> str:
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""
