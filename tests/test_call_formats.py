"""Every call format: the files in tests/calls, and conversations written in each format and read back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.model import Call, RawDocument, Turn
from tests.call_writers import WRITERS, Said

CASES = sorted(
    path for path in (Path(__file__).parent / "calls").glob("*/*") if not path.name.endswith(".expected.json")
)


def read(content: str | bytes, name: str) -> tuple[Call, ...]:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_calls(RawDocument(name, name, name, raw))


def shown(turn: Turn) -> dict[str, object]:
    times = {"start": turn.start_s, "end": turn.end_s, "note": turn.note or None}
    return {"speaker": turn.speaker, "text": turn.text} | {
        name: time for name, time in times.items() if time is not None
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_of_each_format_gives_these_calls(path: Path) -> None:
    calls = read(path.read_bytes(), path.name)
    found = [
        {
            "format": call.format,
            "date": call.date,
            "speakers": [[speaker.name, speaker.role, speaker.confidence] for speaker in call.speakers],
            "turns": [shown(turn) for turn in call.turns],
        }
        for call in calls
    ]
    assert found == json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))


def test_there_is_a_case_of_every_format() -> None:
    written = {format for _, format, _ in WRITERS.values()} | {"markdown-notes", "crm-csv"}
    cases = {
        call["format"]
        for path in CASES
        for call in json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))
    }
    assert cases == written


SPEECH = (
    'we plan vans by hand price: it\'s 7:30 “quoted” "said" Plan: café naïve — [laughs] (sighs) & 50% {x} R&D <3 a,b '
    "transport: O'Neil #1 uh uh, so/and *really* well... https://vans.example/a?b=c 2026-03-04 Zoë's"
)
NAMES = ("Petra Voss", "Idris Bello", "Wanda", "Dr. Ana van der Berg", "Speaker 3")
TEXTS = st.lists(st.sampled_from(SPEECH.split()), min_size=0, max_size=12).map(
    lambda words: " ".join(["Then", *words, "ends."])
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Said]:
    """Talk in which nobody goes on after themselves, at least two turns of two people."""
    first, second = draw(st.permutations(NAMES))[:2]
    talk, second_of_talk = [], 0
    for number in range(draw(st.integers(4, 10))):
        others = [name for name in NAMES if not talk or name != talk[-1][0]]
        speaker = (first, second)[number % 2] if number < 4 else draw(st.sampled_from(others))
        talk.append((speaker, draw(TEXTS), second_of_talk))
        second_of_talk += draw(st.integers(3, 400))
    return talk


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25, deadline=None)
@given(talk=conversations())
def test_a_conversation_written_in_a_format_is_read_back_turn_by_turn(name: str, talk: list[Said]) -> None:
    write, format, timed = WRITERS[name]
    (call,) = read(write(talk), "call")
    assert call.format == format
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(speaker, text) for speaker, text, _ in talk]
    if timed:
        assert [turn.start_s for turn in call.turns] == [float(start) for *_, start in talk]


@settings(max_examples=40, deadline=None)
@given(notes=st.lists(TEXTS, min_size=1, max_size=5), delimiter=st.sampled_from(",;\t"))
def test_notes_of_a_crm_lose_no_word_and_make_a_call_a_row(notes: list[str], delimiter: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows(
        [["Activity date", "Owner", "Call notes"], *(["2026-03-04", "Petra Voss", note] for note in notes)]
    )
    calls = read(buffer.getvalue(), "export.csv")
    assert [" ".join(turn.text for turn in call.turns) for call in calls] == notes
    assert all(turn.note and turn.speaker == "Petra Voss" for call in calls for turn in call.turns)


# Sentences that a listener interrupts


def talk_of(*lines: str) -> list[tuple[str, str]]:
    (call,) = read("\n".join(lines) + "\n", "call.txt")
    return [(turn.speaker, turn.text) for turn in call.turns]


@pytest.mark.parametrize(
    "sound", ["Mm-hm.", "mhm", "Uh-huh.", "Yeah.", "Right, right.", "Okay.", "Got it."], ids=lambda sound: sound
)
def test_a_sentence_goes_on_around_what_its_listener_murmurs(sound: str) -> None:
    assert talk_of("Ada: So it plans the", f"Bo: {sound}", "Ada: early shift for you.", "Bo: Nice.") == [
        ("Ada", "So it plans the early shift for you."),
        ("Bo", f"{sound} Nice."),
    ]


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("Do you plan by hand?", "Yeah.", "and who does it?"),
        ("So it plans the", "No, it does not.", "early shift."),
        ("It plans the early shift.", "Mm-hm.", "It asks the team."),
        ("So you plan by hand", "Yeah.", "and the team agrees"),
        ("So it plans the", "What?", "early shift."),
    ],
)
def test_an_answer_is_a_turn_of_its_own(before: str, between: str, after: str) -> None:
    lines = [("Ada", before), ("Bo", between), ("Ada", after), ("Bo", "I see it now.")]
    assert talk_of(*(f"{name}: {text}" for name, text in lines)) == lines


SYMBOLS = (
    """WEBVTT \n \n\n 1 00:00:01.000 --> 00:00:02.000 -0:0:0.-1 <v Ada> </v> <v { } [ ] " : , ; Ada: Bo: **Ada:** """
    """### - # 0:04 \t Attendees Transcript {"sentences": {"callTranscripts": null [{ }] Call,notes,Owner &amp; é """
    "\ufeff \r\n NOTE ## Call with Ada * 1. Transcribed by https://otter.ai Transcription ended after \x0b"
)
MARKS = st.lists(st.sampled_from(SYMBOLS.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(text=MARKS, name=st.sampled_from(["a.vtt", "a.json", "a.csv", "a.md", "a.docx", "a"]))
def test_any_text_is_read_or_refused_naming_the_file(text: str, name: str) -> None:
    try:
        calls = read(text.encode("utf-8", "replace"), name)
    except InputError as error:
        assert error.message.startswith(f"{name}: ")
    else:
        assert all(call.turns for call in calls)
