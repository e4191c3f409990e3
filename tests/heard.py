"""Reads calls in tests, two of which are here, and says who said what and when."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.model import Call, RawDocument

ZOOM = """WEBVTT

1
00:00:01.240 --> 00:00:04.900
Petra Voss: Thanks for coming. One thing first:

2
00:00:04.900 --> 00:00:07.100
how do you plan your vans today?

3
00:00:07.500 --> 00:00:12.000
Idris Bello: On paper. My rule is simple: whoever shouts loudest goes first.

4
00:01:02.000 --> 00:01:05.500
Petra Voss: It's 7:30 &amp; they're still shouting?
"""


def read(content: str | bytes | object, name: str = "call.txt") -> tuple[Call, ...]:
    if isinstance(content, str):
        content = content.encode()
    elif not isinstance(content, bytes):
        content = json.dumps(content).encode()
    return read_calls(RawDocument(name, f"calls/{name}", name, content))


def read_one(content: str | bytes | object, name: str = "call.txt") -> Call:
    (call,) = read(content, name)
    return call


def said(call: Call) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in call.turns]


def times(call: Call) -> list[tuple[float | None, float | None]]:
    return [(turn.start_s, turn.end_s) for turn in call.turns]


def people(call: Call) -> list[tuple[str, str, float]]:
    return [(speaker.name, speaker.role, speaker.confidence) for speaker in call.speakers]


def gong(parties: Sequence[object] = ()) -> dict[str, object]:
    return {
        "callTranscripts": [
            {
                "callId": "77",
                "transcript": [
                    {
                        "speakerId": "9007199254740993",
                        "topic": None,
                        "sentences": [
                            {"start": 1500, "end": 2500, "text": "Good morning."},
                            {"start": 2500, "end": 4000, "text": "Coffee first?"},
                        ],
                    },
                    {
                        "speakerId": "12",
                        "topic": "Small talk",
                        "sentences": [{"start": 4000, "end": 5250, "text": "Tea."}],
                    },
                    {"speakerId": "12", "topic": None, "sentences": None},
                ],
            }
        ],
        "parties": list(parties)
        or [
            {"speakerId": "9007199254740993", "name": "Petra Voss", "affiliation": "Internal",
             "emailAddress": "petra@vanloop.example"},
            {"speakerId": "12", "name": "Idris Bello", "affiliation": "External", "emailAddress": None},
        ],
    }  # fmt: skip
