"""Calls from recorders (Gong, Chorus, Fireflies) and as Word documents."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from msgcheck.errors import InputError
from msgcheck.model import Speaker
from tests.heard import gong, read, read_one, said, times

# Recorders: Gong, Chorus, Fireflies


def test_gong_joins_parties_by_long_ids_and_takes_their_affiliation() -> None:
    call = read_one(gong(), "gong_2026-01-20.json")
    assert (call.format, call.date, call.duration_s) == ("gong", "2026-01-20", 5.25)
    assert said(call) == [("Petra Voss", "Good morning. Coffee first?"), ("Idris Bello", "Tea.")]
    assert times(call) == [(1.5, 4.0), (4.0, 5.25)]
    assert call.speakers == (
        Speaker("Petra Voss", "rep", 1.0, "petra@vanloop.example"),
        Speaker("Idris Bello", "prospect", 1.0),
    )


def test_gong_party_without_name_is_called_after_the_address_and_never_by_it() -> None:
    parties = [{"speakerId": "9007199254740993", "name": None, "emailAddress": "petra.voss@vanloop.example"}]
    call = read_one(gong(parties))
    assert said(call) == [("Petra Voss", "Good morning. Coffee first?"), ("Speaker 12", "Tea.")]
    assert call.speakers == (Speaker("Petra Voss", email="petra.voss@vanloop.example"), Speaker("Speaker 12"))


def test_gong_file_of_two_calls_gives_each_its_own_people_and_date() -> None:
    def transcript(identity: str, text: str) -> dict[str, object]:
        return {"callId": identity, "transcript": [{"speakerId": "1", "sentences": [{"text": text, "start": 0}]}]}

    def call(identity: str, name: str, started: str) -> dict[str, object]:
        return {"metaData": {"id": identity, "started": started}, "parties": [{"speakerId": "1", "name": name}]}

    found = read(
        {
            "callTranscripts": [transcript("a", "One."), transcript("b", "Two.")],
            "calls": [call("b", "Bo", "2026-02-02T09:00:00Z"), call("a", "Ada", "2026-01-01T09:00:00Z")],
        },
        "two.json",
    )
    assert [(c.key, c.date, said(c)) for c in found] == [
        ("two.json#1", "2026-01-01", [("Ada", "One.")]),
        ("two.json#2", "2026-02-02", [("Bo", "Two.")]),
    ]


def test_chorus_reads_utterances_and_participant_types() -> None:
    people_ = [
        {"name": "Petra Voss", "type": "rep", "email": "petra@vanloop.example"},
        {"name": "Idris Bello", "type": "cust", "email": None},
        {"name": "Wanda", "type": None},
    ]
    talk = [
        {"speaker_name": "Petra Voss", "snippet": "Shall I share?", "snippet_time": 0.5},
        {"speaker_name": "Idris Bello", "snippet": "Please: do.", "snippet_time": 2},
        {"speaker_name": "Wanda", "snippet": None, "snippet_time": None},
        {"speaker_name": "Wanda", "snippet": "Hi.", "snippet_time": 4.25},
    ]
    attributes = {
        "participants": people_,
        "recording": {"utterances": talk, "start_time": "2026-04-01T08:00:00Z"},
    }
    call = read_one({"data": {"attributes": attributes}})
    assert (call.format, call.date) == ("chorus", "2026-04-01")
    assert said(call) == [("Petra Voss", "Shall I share?"), ("Idris Bello", "Please: do."), ("Wanda", "Hi.")]
    assert [turn.start_s for turn in call.turns] == [0.5, 2.0, 4.25]
    assert call.speakers == (
        Speaker("Petra Voss", "rep", 1.0, "petra@vanloop.example"),
        Speaker("Idris Bello", "prospect", 1.0),
        Speaker("Wanda"),
    )


def test_fireflies_reads_null_fields_and_tells_roles_by_the_hosts_domain() -> None:
    call = read_one(
        {
            "title": None,
            "date": 1775001600000,
            "host_email": "petra@vanloop.example",
            "participants": ["petra@vanloop.example", "i.bello@depot.example", None],
            "sentences": [
                {"index": 0, "text": "Morning", "raw_text": "Morning.", "start_time": 0.32, "end_time": 1,
                 "speaker_name": "Petra Voss", "speaker_id": 0},
                {"index": 1, "text": "Hello.", "raw_text": None, "start_time": None, "end_time": None,
                 "speaker_name": "Idris Bello", "speaker_id": 1},
                {"index": 2, "text": None, "raw_text": None, "start_time": 3, "end_time": 4, "speaker_name": None,
                 "speaker_id": None},
                {"index": 3, "text": "Who's this?", "raw_text": None, "start_time": 5, "end_time": 6,
                 "speaker_name": None, "speaker_id": 2},
            ],
        }
    )  # fmt: skip
    assert (call.format, call.date) == ("fireflies", "2026-04-01")
    assert said(call) == [("Petra Voss", "Morning."), ("Idris Bello", "Hello."), ("Speaker 2", "Who's this?")]
    assert times(call) == [(0.32, 1.0), (None, None), (5.0, 6.0)]
    assert call.speakers == (
        Speaker("Petra Voss", "rep", 0.95, "petra@vanloop.example"),
        Speaker("Idris Bello", "prospect", 0.95, "i.bello@depot.example"),
        Speaker("Speaker 2"),
    )


def test_fireflies_without_host_guesses_no_role() -> None:
    call = read_one(
        {
            "host_email": None,
            "participants": ["idris@depot.example"],
            "sentences": [{"text": "Hello.", "speaker_name": "Idris Bello"}],
        }
    )
    assert call.speakers == (Speaker("Idris Bello", email="idris@depot.example"),)


def test_fireflies_flat_list_is_read() -> None:
    call = read_one(
        [
            {"sentence": "Hi: all.", "startTime": "1.5", "endTime": "2.5", "speaker_name": "Petra"},
            {"sentence": "Hello.", "startTime": "2.5", "endTime": "3", "speaker_name": "Idris"},
        ]
    )
    assert (call.format, said(call)) == ("fireflies", [("Petra", "Hi: all."), ("Idris", "Hello.")])
    assert times(call) == [(1.5, 2.5), (2.5, 3.0)]


@pytest.mark.parametrize(
    "time", ["NaN", "Infinity", "1e999", "9" * 500], ids=["not a number", "infinite", "overflow", "500 digits"]
)
def test_times_that_are_no_times_are_left_out(time: str) -> None:
    call = read_one(f'{{"sentences": [{{"text": "Hi.", "speaker_name": "Ada", "start_time": {time}}}]}}')
    assert (times(call), call.duration_s) == ([(None, None)], None)


# Word documents


def docx(paragraphs: Sequence[str]) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_teams_docx_reads_time_speaker_and_text_paragraphs() -> None:
    content = docx(
        [
            "0:0:3.120 --> 0:0:6.5",
            "Petra Voss",
            "Can you see my screen?",
            "0:1:7.0 --> 0:1:9.9",
            "Idris Bello",
            "Yes: a map of vans.",
        ]
    )
    call = read_one(content, "Vanloop intro.docx")
    assert said(call) == [("Petra Voss", "Can you see my screen?"), ("Idris Bello", "Yes: a map of vans.")]
    assert [turn.start_s for turn in call.turns] == [3.12, 67.0]


def test_meet_docx_reads_like_meet_text() -> None:
    lines = ["Intro - Transcript", "Attendees", "Ada, Bo", "00:00:00", "Ada: Hello.", "Bo: Hi.", "Ada: Off we go."]
    call = read_one(docx(lines), "Intro.docx")
    assert (call.format, said(call)) == ("google-meet", [("Ada", "Hello."), ("Bo", "Hi."), ("Ada", "Off we go.")])


def test_zip_file_that_is_no_word_document_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"call\.docx: is not a readable Word document"):
        read(b"PK\x03\x04 and nothing else", "call.docx")
