"""Calls in every format: who speaks, when, in which turns, and what they say letter for letter."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.model import Call, RawDocument, Speaker


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


# Cues: Zoom, Teams, SRT

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


def test_zoom_vtt_joins_unnamed_cues_and_keeps_colons_in_speech() -> None:
    call = read_one(ZOOM, "GMT20260304-090000_Recording.transcript.vtt")
    assert (call.format, call.date, call.duration_s) == ("zoom-vtt", "2026-03-04", 65.5)
    assert said(call) == [
        ("Petra Voss", "Thanks for coming. One thing first: how do you plan your vans today?"),
        ("Idris Bello", "On paper. My rule is simple: whoever shouts loudest goes first."),
        ("Petra Voss", "It's 7:30 & they're still shouting?"),
    ]
    assert times(call) == [(1.24, 7.1), (7.5, 12.0), (62.0, 65.5)]
    assert [turn.line for turn in call.turns] == [5, 13, 17]
    assert people(call) == [("Petra Voss", "unknown", 0.0), ("Idris Bello", "unknown", 0.0)]


def test_zoom_vtt_without_blank_lines_between_cues_leaves_cue_numbers_out() -> None:
    text = "WEBVTT\n1\n00:01.000 --> 00:02.000\nAda: One.\n2\n00:02.000 --> 00:03.000\nBo: Two.\n"
    assert said(read_one(text)) == [("Ada", "One."), ("Bo", "Two.")]


def test_zoom_vtt_with_windows_line_ends_and_byte_order_mark_reads_the_same() -> None:
    other = b"\xef\xbb\xbf" + ZOOM.replace("\n", "\r\n").encode()
    assert said(read_one(other)) == said(read_one(ZOOM))


def test_teams_vtt_reads_voices_classes_spans_over_lines_and_negative_times() -> None:
    text = """WEBVTT

-0:0:0.-150 --> 0:0:2.500
<v Idris Bello>Hello?</v>

0:0:2.5 --> 0:0:4.65
<v.loud Petra Voss>Morning! So you
read our page?</v>

0:0:4.650 --> 0:1:9.000
<v Petra Voss>Or the <i>other</i> one.</v><v O'Neil, Cara (Guest)>Both, actually.</v>
"""
    call = read_one(text.replace("0.-150", "0.150"), "call.vtt")
    assert call.format == "teams-vtt"
    assert said(call) == [
        ("Idris Bello", "Hello?"),
        ("Petra Voss", "Morning! So you read our page? Or the other one."),
        ("O'Neil, Cara (Guest)", "Both, actually."),
    ]
    assert times(call) == [(0.0, 2.5), (2.5, 69.0), (4.65, 69.0)]


def test_teams_vtt_metadata_form_reads_json_bodies() -> None:
    def body(name: str, text: str, start: str) -> str:
        return json.dumps({"startDateTime": start, "endDateTime": start, "speakerName": name, "spokenText": text})

    text = (
        "WEBVTT\n\n00:00:03.000 --> 00:00:05.000\n"
        + body("Petra Voss", 'He said: "no {vans}".', "2026-02-11T10:00:03Z")
        + "\n\n00:00:05.000 --> 00:00:09.000\n"
        + body("Idris Bello", "Café first.", "2026-02-11T10:00:05Z")
    )
    call = read_one(text, "call.vtt")
    assert (call.format, call.date) == ("teams-vtt-metadata", "2026-02-11")
    assert said(call) == [("Petra Voss", 'He said: "no {vans}".'), ("Idris Bello", "Café first.")]
    assert times(call) == [(3.0, 5.0), (5.0, 9.0)]


def test_srt_is_read_with_its_comma_times() -> None:
    text = (
        "1\n00:00:00,500 --> 00:00:02,000\nPetra Voss: Ready?\n\n"
        "2\n00:00:02,000 --> 01:00:00,250\nIdris Bello: Ready\nwhen you are.\n"
    )
    call = read_one(text, "demo_2026-05-06.srt")
    assert (call.format, call.date, call.duration_s) == ("srt", "2026-05-06", 3600.25)
    assert said(call) == [("Petra Voss", "Ready?"), ("Idris Bello", "Ready when you are.")]
    assert times(call) == [(0.5, 2.0), (2.0, 3600.25)]


# Text: Meet, Otter, plain


@pytest.mark.parametrize("mark", ["", "**"], ids=["plain names", "bold names"])
def test_meet_text_leaves_out_attendees_times_and_the_tail(mark: str) -> None:
    text = f"""Vanloop intro - Transcript
Mar 9, 2026

Attendees
Idris Bello, Petra Voss

00:00:00

{mark}Petra Voss:{mark} Hi Idris.
{mark}Idris Bello:{mark} Hi. Two questions:
what is it, and who pays?

00:05:00

{mark}Petra Voss:{mark} You pay.

Transcription ended after 00:06:12

This editable transcript was computer generated and might contain errors.
"""
    call = read_one(text)
    assert (call.format, call.date) == ("google-meet", "2026-03-09")
    assert said(call) == [
        ("Petra Voss", "Hi Idris."),
        ("Idris Bello", "Hi. Two questions: what is it, and who pays?"),
        ("Petra Voss", "You pay."),
    ]
    assert [turn.start_s for turn in call.turns] == [0.0, None, 300.0]


def test_otter_text_reads_names_times_and_bodies_without_the_footer() -> None:
    text = """Petra Voss  0:04
So, what brought you here?

Idris Bello  1:02:07
A friend: she swears by it.
And I was curious.

Petra Voss  1:02:30
Lovely.

Transcribed by https://otter.ai
"""
    call = read_one(text, "intro_otter_ai.txt")
    assert call.format == "otter"
    assert said(call) == [
        ("Petra Voss", "So, what brought you here?"),
        ("Idris Bello", "A friend: she swears by it. And I was curious."),
        ("Petra Voss", "Lovely."),
    ]
    assert times(call) == [(4.0, 3727.0), (3727.0, 3750.0), (3750.0, None)]


def test_plain_text_keeps_wrapped_lines_blank_lines_and_bracketed_asides() -> None:
    text = """Petra: Hey Idris, did the van plan come out all right? I was

wondering all weekend.

Idris: [laughs] Not really. The wall had it down as "a maze", and our head of

transport, the one you met, asked: who draws these?

Petra: (sighs) I did.
"""
    call = read_one(text)
    assert (call.format, call.date, call.duration_s) == ("plain", "", None)
    assert said(call) == [
        ("Petra", "Hey Idris, did the van plan come out all right? I was wondering all weekend."),
        (
            "Idris",
            '[laughs] Not really. The wall had it down as "a maze", and our head of transport, the one you met, '
            "asked: who draws these?",
        ),
        ("Petra", "(sighs) I did."),
    ]
    assert [turn.line for turn in call.turns] == [1, 5, 9]


def test_plain_text_reads_leading_times_and_speakers_with_roles() -> None:
    text = "[00:12] Petra (Vanloop): Shall we?\n[01:00:05] Dr. Idris van der Berg: Let's.\n"
    call = read_one(text)
    assert said(call) == [("Petra (Vanloop)", "Shall we?"), ("Dr. Idris van der Berg", "Let's.")]
    assert [turn.start_s for turn in call.turns] == [12.0, 3605.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_reads_alike_in_every_usual_encoding(encoding: str) -> None:
    text = "Petra: Is that a café?\nIdris: It’s our depot.\n"
    assert said(read_one(text.encode(encoding))) == [("Petra", "Is that a café?"), ("Idris", "It’s our depot.")]


# Recorders: Gong, Chorus, Fireflies


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


# Notes of our own people


def test_markdown_notes_give_a_call_a_heading_and_a_note_a_bullet() -> None:
    text = """# Notes, week 9

Petra V. Written on the train.

## Call with Idris Bello, Depot Nine - 2026-02-24

- thought we **sell** vans: "so you're a dealer"
- wants a price
  by Friday

## Demo with Wanda Ruiz (Loaf & Sons)

1. asked what "slotting" means
"""
    first, second = read(text, "week-9.md")
    assert (first.key, first.format, first.date) == ("week-9.md#1", "markdown-notes", "2026-02-24")
    assert said(first) == [
        ("Petra V.", 'thought we sell vans: "so you\'re a dealer"'),
        ("Petra V.", "wants a price by Friday"),
    ]
    assert all(turn.note for turn in (*first.turns, *second.turns))
    assert people(first) == [("Petra V.", "rep", 0.9), ("Idris Bello", "prospect", 0.9)]
    assert (said(second), second.speakers[1].name) == ([("Petra V.", 'asked what "slotting" means')], "Wanda Ruiz")


HUBSPOT = {
    "labels": ("Call notes", "Activity date", "Activity assigned to", "Associated contact"),
    "API names": ("hs_call_body", "hs_timestamp", "hubspot_owner_id", "associated_contact"),
}


@pytest.mark.parametrize("header", HUBSPOT.values(), ids=HUBSPOT.keys())
def test_hubspot_csv_gives_a_call_a_row_and_a_note_a_sentence(header: Sequence[str]) -> None:
    text = (
        ",".join(header) + "\n"
        '"<p>Took us for a dealer. ""So, you rent them out?"" he asked.</p>",2026-03-02T10:00:00Z,Petra Voss,'
        "Idris Bello (idris@depot.example)\n"
        ',2026-03-03,Petra Voss,Nobody\n"Wants a quote,\nsoon.",2026-03-04,Petra Voss,\n'
    )
    first, last = read(text, "hubspot.csv")
    assert (first.key, first.format, first.date) == ("hubspot.csv#1", "crm-csv", "2026-03-02")
    assert said(first) == [
        ("Petra Voss", "Took us for a dealer."),
        ("Petra Voss", '"So, you rent them out?" he asked.'),
    ]
    assert first.speakers == (
        Speaker("Petra Voss", "rep", 1.0),
        Speaker("Idris Bello", "prospect", 0.9, "idris@depot.example"),
    )
    assert (last.key, said(last)) == ("hubspot.csv#3", [("Petra Voss", "Wants a quote, soon.")])
    assert all(turn.note for turn in (*first.turns, *last.turns))


SALESFORCE = {
    "labels": ("Subject", "Date", "Assigned", "Name", "Full Comments"),
    "API names": ("Subject", "ActivityDate", "Owner", "Who.Name", "Description"),
}


@pytest.mark.parametrize("header", SALESFORCE.values(), ids=SALESFORCE.keys())
def test_salesforce_csv_reads_slashed_dates_and_several_contacts(header: Sequence[str]) -> None:
    text = ",".join(header) + "\nCall,3/9/2026,Petra Voss,Idris & Wanda (founders),Asked who it is for.\n"
    (call,) = read(text, "tasks.csv")
    assert (call.date, said(call)) == ("2026-03-09", [("Petra Voss", "Asked who it is for.")])
    assert people(call) == [("Petra Voss", "rep", 1.0), ("Idris", "prospect", 0.9), ("Wanda", "prospect", 0.9)]


def test_csv_contact_that_is_only_an_address_gets_its_name() -> None:
    (call,) = read("Comments,Owner,Contact\nAsked for a price.,petra.voss@vanloop.example,idris@depot.example\n")
    assert call.speakers == (
        Speaker("Petra Voss", "rep", 1.0, "petra.voss@vanloop.example"),
        Speaker("Idris", "prospect", 0.9, "idris@depot.example"),
    )


# What they share


@pytest.mark.parametrize("name", ["call.vtt", "call.json", "call.srt", "call", "call.csv"])
def test_format_is_told_by_content_whatever_the_suffix(name: str) -> None:
    found = [read(content, name)[0].format for content in (ZOOM, gong(), "Ada: Hi.\nBo: Hello.\n")]
    assert found == ["zoom-vtt", "gong", "plain"]


def test_names_that_differ_in_spacing_are_one_person() -> None:
    parties = [
        {"speakerId": "12", "name": "Idris  Bello ", "affiliation": "External"},
        {"speakerId": "9007199254740993", "name": "Petra\u200b Voss", "affiliation": "Internal"},
    ]
    call = read_one(gong(parties))
    assert people(call) == [("Petra Voss", "rep", 1.0), ("Idris Bello", "prospect", 1.0)]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x00\x01\x02binary", "is binary"),
        (b"A page about vans. It has no speakers at all.\n", "is in no call format that is known"),
        (b'{"callTranscripts": [', r"is not valid JSON \(line 1, column 22\)"),
        (b'{"weather": "fine"}', "is JSON of no call recorder"),
        (b"WEBVTT\n\n", "holds no talk"),
        (b"Call notes,Owner\n,Ada\n", "no row has call notes"),
    ],
)
def test_what_is_no_call_is_refused_with_file_and_reason(content: bytes, complaint: str) -> None:
    with pytest.raises(InputError, match=rf"^odd\.txt: .*{complaint}") as caught:
        read(content, "odd.txt")
    assert caught.value.hint
