"""JSON exports of call recorders: Gong, Chorus, Fireflies."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.common import KNOWN, Utterance, date_in, make_call
from msgcheck.extract.transcripts.names import name_from
from msgcheck.model import Call, RawDocument, Speaker, SpeakerRole

#: Milliseconds from 1970 to the year 2100: what is larger is no date.
_LAST_MOMENT = 4_102_444_800_000
_ROLES: dict[str, SpeakerRole] = {"internal": "rep", "external": "prospect", "rep": "rep", "cust": "prospect"}


def read_json(raw: RawDocument, text: str) -> tuple[Call, ...]:
    """Raises InputError for broken JSON and for shapes of no known recorder."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{raw.key}: is not valid JSON (line {error.lineno}, column {error.colno}).", "Export the call again."
        ) from error
    except RecursionError as error:
        raise InputError(f"{raw.key}: is nested too deeply.", f"Formats read: {KNOWN}.") from error
    except ValueError as error:
        raise InputError(f"{raw.key}: holds a number too long to read.", "Export the call again.") from error
    found: tuple[Call, ...] = ()
    try:
        if isinstance(data, Mapping) and isinstance(data.get("callTranscripts"), list):
            found = _gong(raw, data)
        elif isinstance(data, Mapping) and isinstance(_path(data, "data", "attributes", "recording"), Mapping):
            found = (_chorus(raw, data),)
        elif (sentences := _fireflies_sentences(data)) is not None:
            found = (_fireflies(raw, data if isinstance(data, Mapping) else {}, sentences),)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{raw.key}: has a field of the wrong type ({error}).", "Export the call again.") from error
    if not found:
        raise InputError(f"{raw.key}: is JSON of no call recorder that is known.", f"Formats read: {KNOWN}.")
    return found


def _path(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _number(value: Any, scale: float = 1.0) -> float | None:
    """A time in seconds; None for what is no time (absent, infinite, beyond what a float holds)."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value) / scale
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _gong(raw: RawDocument, data: Mapping[str, Any]) -> tuple[Call, ...]:
    """`callTranscripts[].transcript[].sentences[]`, times in milliseconds, names from `parties`."""
    transcripts = _items(data["callTranscripts"])
    calls = []
    for number, transcript in enumerate(transcripts, 1):
        parties = {_text(party.get("speakerId")): party for party in _gong_parties(data, transcript)}
        speakers = [_gong_speaker(identity, party) for identity, party in parties.items()]
        date = date_in(_gong_started(data, transcript))
        part = str(number) if len(transcripts) > 1 else ""
        names = {identity: speaker.name for identity, speaker in zip(parties, speakers, strict=True)}
        calls.append(make_call(raw, "gong", _gong_talk(transcript, names), date=date, speakers=speakers, part=part))
    return tuple(calls)


def _gong_details(data: Mapping[str, Any], transcript: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Where the call's date and parties may stand: in the transcript, its entry of `calls`, or at the top."""
    yield transcript
    identity = transcript.get("callId")
    for entry in _items(data.get("calls")):
        named = _path(entry, "metaData", "id") or entry.get("id") or entry.get("callId")
        if identity is None or named is None or _text(named) == _text(identity):
            yield entry
    yield data


def _gong_started(data: Mapping[str, Any], transcript: Mapping[str, Any]) -> str:
    for entry in _gong_details(data, transcript):
        if started := _path(entry, "metaData", "started") or entry.get("started"):
            return _text(started)
    return ""


def _gong_parties(data: Mapping[str, Any], transcript: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    for entry in _gong_details(data, transcript):
        if parties := _items(entry.get("parties")):
            return parties
    return []


def _gong_speaker(identity: str, party: Mapping[str, Any]) -> Speaker:
    role = _ROLES.get(_text(party.get("affiliation")).lower(), "unknown")
    email = _text(party.get("emailAddress"))
    name = _text(party.get("name")) or name_from(email) or f"Speaker {identity}"
    return Speaker(name, role, 1.0 if role != "unknown" else 0.0, email)


def _gong_talk(transcript: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Utterance]:
    for stretch in _items(transcript.get("transcript")):
        identity = _text(stretch.get("speakerId"))
        for sentence in _items(stretch.get("sentences")):
            yield Utterance(
                names.get(identity, f"Speaker {identity}"),
                _text(sentence.get("text")),
                _number(sentence.get("start"), 1000),
                _number(sentence.get("end"), 1000),
            )


def _chorus(raw: RawDocument, data: Mapping[str, Any]) -> Call:
    """`data.attributes.recording.utterances[]`; participants may carry their type (rep, cust)."""
    attributes = _path(data, "data", "attributes")
    recording = attributes["recording"]
    people = _items(attributes.get("participants")) + _items(recording.get("participants"))
    speakers = [_chorus_speaker(person) for person in people if person.get("name")]
    said = (
        Utterance(
            _text(item.get("speaker_name") or item.get("speaker")),
            _text(item.get("snippet") or item.get("text")),
            _number(item.get("snippet_time", item.get("start_time"))),
            _number(item.get("end_time")),
        )
        for item in _items(recording.get("utterances"))
    )
    date = date_in(_text(recording.get("start_time") or attributes.get("_created_at")))
    return make_call(raw, "chorus", said, date=date, speakers=speakers)


def _chorus_speaker(person: Mapping[str, Any]) -> Speaker:
    role = _ROLES.get(_text(person.get("type")).lower(), "unknown")
    return Speaker(_text(person["name"]), role, 1.0 if role != "unknown" else 0.0, _text(person.get("email")))


def _fireflies_sentences(data: Any) -> list[Mapping[str, Any]] | None:
    for value in (
        data,
        _path(data, "sentences"),
        _path(data, "data", "transcript", "sentences"),
        _path(data, "transcript", "sentences"),
    ):
        items = _items(value)
        if items and any(key in items[0] for key in ("sentence", "text", "raw_text")):
            return items
    return None


def _fireflies(raw: RawDocument, data: Mapping[str, Any], sentences: list[Mapping[str, Any]]) -> Call:
    """`sentences[]` with text or raw_text, or the flat list with `sentence`; any field may be null."""
    said = (
        Utterance(
            _text(item.get("speaker_name"))
            or (f"Speaker {item['speaker_id']}" if item.get("speaker_id") is not None else ""),
            _text(item.get("raw_text") or item.get("text") or item.get("sentence")),
            _number(item.get("start_time", item.get("startTime"))),
            _number(item.get("end_time", item.get("endTime"))),
        )
        for item in sentences
    )
    meta = _path(data, "data", "transcript") or _path(data, "transcript") or data
    call = make_call(raw, "fireflies", said, date=_fireflies_date(meta.get("date")))
    host = _text(meta.get("host_email") or meta.get("organizer_email"))
    people = meta.get("participants")
    addresses = [host, *(_text(who) for who in people)] if isinstance(people, list) else [host]
    return _with_roles(call, host, [address for address in addresses if "@" in address])


def _fireflies_date(value: Any) -> str:
    """Fireflies gives milliseconds since 1970, or ISO 8601."""
    since = _number(value) if isinstance(value, int | float) else None
    if since is None or not 0 < since < _LAST_MOMENT:
        return date_in(_text(value))
    return datetime.fromtimestamp(since / 1000, UTC).date().isoformat()


def _with_roles(call: Call, host: str, addresses: list[str]) -> Call:
    """The host's domain is the rep's: who shares it works for us, who has another does not."""
    home = host.rpartition("@")[2].lower() if "@" in host else ""
    speakers = []
    for speaker in call.speakers:
        email = next((address for address in addresses if _is_address_of(address, speaker.name)), "")
        if not email:
            speakers.append(speaker)
        elif not home:
            speakers.append(replace(speaker, email=email))
        else:
            role: SpeakerRole = "rep" if email.rpartition("@")[2].lower() == home else "prospect"
            speakers.append(Speaker(speaker.name, role, 0.95, email))
    return replace(call, speakers=tuple(speakers))


def _is_address_of(address: str, name: str) -> bool:
    local = address.split("@", 1)[0].lower().replace("_", ".").replace("-", ".")
    words = [word for word in name.lower().replace("'", "").replace("’", "").split() if word]
    if not words:
        return False
    forms = {
        words[0],
        words[-1],
        words[0][0] + words[-1],
        words[0] + words[-1],
        words[0] + words[-1][0],
        f"{words[0]}.{words[-1]}",
    }
    return local in forms or local in {f"{words[0][0]}.{words[-1]}"}
