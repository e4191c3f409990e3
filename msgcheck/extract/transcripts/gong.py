"""Gong's JSON: transcripts by speaker id, in milliseconds, joined to the parties of the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call
from msgcheck.extract.transcripts.json_files import ROLES, items, number, path, text_of
from msgcheck.extract.transcripts.names import name_from
from msgcheck.model import Call, RawDocument, Speaker


def is_gong(data: Any) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("callTranscripts"), list)


def read_gong(raw: RawDocument, data: Mapping[str, Any]) -> tuple[Call, ...]:
    """`callTranscripts[].transcript[].sentences[]`, times in milliseconds, names from `parties`."""
    transcripts = items(data["callTranscripts"])
    calls = []
    for count, transcript in enumerate(transcripts, 1):
        parties = {text_of(party.get("speakerId")): party for party in _parties(data, transcript)}
        speakers = [_speaker(identity, party) for identity, party in parties.items()]
        date, title = date_in(_detail(data, transcript, "started")), _detail(data, transcript, "title")
        part = str(count) if len(transcripts) > 1 else ""
        names = {identity: speaker.name for identity, speaker in zip(parties, speakers, strict=True)}
        talk = _talk(transcript, names)
        calls.append(make_call(raw, "gong", talk, date=date, speakers=speakers, title=title, part=part))
    return tuple(calls)


def _details(data: Mapping[str, Any], transcript: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Where the call's date, title and parties may stand: in the transcript, its entry of `calls`, or at the top."""
    yield transcript
    identity = transcript.get("callId")
    for entry in items(data.get("calls")):
        named = path(entry, "metaData", "id") or entry.get("id") or entry.get("callId")
        if identity is None or named is None or text_of(named) == text_of(identity):
            yield entry
    yield data


def _detail(data: Mapping[str, Any], transcript: Mapping[str, Any], name: str) -> str:
    for entry in _details(data, transcript):
        if value := path(entry, "metaData", name) or entry.get(name):
            return text_of(value)
    return ""


def _parties(data: Mapping[str, Any], transcript: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    for entry in _details(data, transcript):
        if parties := items(entry.get("parties")):
            return parties
    return []


def _speaker(identity: str, party: Mapping[str, Any]) -> Speaker:
    role = ROLES.get(text_of(party.get("affiliation")).lower(), "unknown")
    email = text_of(party.get("emailAddress"))
    name = text_of(party.get("name")) or name_from(email) or f"Speaker {identity}"
    return Speaker(name, role, 1.0 if role != "unknown" else 0.0, email)


def _talk(transcript: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Utterance]:
    for stretch in items(transcript.get("transcript")):
        identity = text_of(stretch.get("speakerId"))
        for sentence in items(stretch.get("sentences")):
            yield Utterance(
                names.get(identity, f"Speaker {identity}"),
                text_of(sentence.get("text")),
                number(sentence.get("start"), 1000),
                number(sentence.get("end"), 1000),
            )
