"""Fireflies' JSON: sentences with speaker names, or the flat list; any field may be null."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call
from msgcheck.extract.transcripts.json_files import items, number, path, text_of
from msgcheck.model import Call, RawDocument, Speaker, SpeakerRole

#: Milliseconds from 1970 to the year 2100: what is larger is no date.
_LAST_MOMENT = 4_102_444_800_000


def sentences_of(data: Any) -> list[Mapping[str, Any]] | None:
    """The sentences of a Fireflies export; None for other JSON."""
    for candidate in (
        data,
        path(data, "sentences"),
        path(data, "data", "transcript", "sentences"),
        path(data, "transcript", "sentences"),
    ):
        sentences = items(candidate)
        if sentences and any(key in sentences[0] for key in ("sentence", "text", "raw_text")):
            return sentences
    return None


def read_fireflies(raw: RawDocument, data: Any, sentences: list[Mapping[str, Any]]) -> Call:
    """`sentences[]` with text or raw_text, or the flat list with `sentence`; any field may be null."""
    said = (
        Utterance(
            text_of(item.get("speaker_name"))
            or (f"Speaker {item['speaker_id']}" if item.get("speaker_id") is not None else ""),
            text_of(item.get("raw_text") or item.get("text") or item.get("sentence")),
            number(item.get("start_time", item.get("startTime"))),
            number(item.get("end_time", item.get("endTime"))),
        )
        for item in sentences
    )
    whole = data if isinstance(data, Mapping) else {}
    meta = path(data, "data", "transcript") or path(data, "transcript") or whole
    call = make_call(raw, "fireflies", said, date=_date(meta.get("date")), title=text_of(meta.get("title")))
    host = text_of(meta.get("host_email") or meta.get("organizer_email"))
    people = meta.get("participants")
    addresses = [host, *(text_of(who) for who in people)] if isinstance(people, list) else [host]
    return _with_roles(call, host, [address for address in addresses if "@" in address])


def _date(value: Any) -> str:
    """Fireflies gives milliseconds since 1970, or ISO 8601."""
    since = number(value) if isinstance(value, int | float) else None
    if since is None or not 0 < since < _LAST_MOMENT:
        return date_in(text_of(value))
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
