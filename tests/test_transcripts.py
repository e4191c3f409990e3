"""Calls as text: Zoom, Teams, SRT, Meet, Otter and plain, who speaks, when, and what they say letter for letter."""

from __future__ import annotations

import json

import pytest

from tests.heard import ZOOM, people, read_one, said, times

# Cues: Zoom, Teams, SRT


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
