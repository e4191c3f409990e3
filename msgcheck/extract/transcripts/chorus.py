"""Chorus' JSON: a recording's utterances, with the participants and their sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call
from msgcheck.extract.transcripts.json_files import ROLES, items, number, path, text_of
from msgcheck.model import Call, RawDocument, Speaker


def is_chorus(data: Any) -> bool:
    return isinstance(path(data, "data", "attributes", "recording"), Mapping)


def read_chorus(raw: RawDocument, data: Mapping[str, Any]) -> Call:
    """`data.attributes.recording.utterances[]`; participants may carry their type (rep, cust)."""
    attributes = path(data, "data", "attributes")
    recording = attributes["recording"]
    people = items(attributes.get("participants")) + items(recording.get("participants"))
    speakers = [_speaker(person) for person in people if person.get("name")]
    said = (
        Utterance(
            text_of(item.get("speaker_name") or item.get("speaker")),
            text_of(item.get("snippet") or item.get("text")),
            number(item.get("snippet_time", item.get("start_time"))),
            number(item.get("end_time")),
        )
        for item in items(recording.get("utterances"))
    )
    date = date_in(text_of(recording.get("start_time") or attributes.get("_created_at")))
    title = text_of(attributes.get("title") or attributes.get("name") or attributes.get("subject"))
    return make_call(raw, "chorus", said, date=date, speakers=speakers, title=title)


def _speaker(person: Mapping[str, Any]) -> Speaker:
    role = ROLES.get(text_of(person.get("type")).lower(), "unknown")
    return Speaker(text_of(person["name"]), role, 1.0 if role != "unknown" else 0.0, text_of(person.get("email")))
