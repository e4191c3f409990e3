"""Notes of calls by our own people, and what all formats share."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from msgcheck.errors import InputError
from msgcheck.model import Speaker
from tests.heard import ZOOM, gong, people, read, read_one, said

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
