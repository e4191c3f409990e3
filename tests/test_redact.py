"""Nobody from outside is named in a report, however awkward the name; what is a word stays a word."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from reports import sample

from msgcheck.model import Call, CallReport, Finding, Location, Report, Speaker, SpeakerRole, Turn
from msgcheck.report.formats import FORMATS, Format
from msgcheck.report.people import outside_people
from msgcheck.report.redact import redact
from msgcheck.report.view import View


def call(
    *people: tuple[str, SpeakerRole], said: str = "", key: str = "call.txt", accounts: tuple[str, ...] = ()
) -> Call:
    speakers = tuple(Speaker(name, role) for name, role in people)
    turns = (Turn(0, speakers[0].name, said),) if said else ()
    return Call(key, f"calls/{key}", "plain", "", speakers, turns, accounts=accounts)


def scrubbed(text: str, *people: tuple[str, SpeakerRole], said: str = "", accounts: tuple[str, ...] = ()) -> str:
    return outside_people([call(*people, said=said, accounts=accounts)]).scrub(text)


def prospect(name: str) -> tuple[str, SpeakerRole]:
    return (name, "prospect")


@pytest.mark.parametrize(
    "text",
    [
        "Will you send the price list?",
        "We will see.",
        "Please mark it as read.",
        "Mark it as read.",
        "Hope so. I hope that it works.",
        "Hope you can join in May.",
        "We go live on 3 May, or in early June.",
        "It may rain.",
        "Grace to those who wait.",
    ],
)
def test_everyday_words_that_are_also_names_stay(text: str) -> None:
    people = [prospect(name) for name in ("Will Marsh", "Mark Oduya", "Hope Tran", "May Lindt", "June Orr", "Grace Li")]
    assert scrubbed(text, *people) == text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Will Marsh", "Will said no.", "Prospect A said no."),
        ("Will Marsh", "Thanks, Will, that helps.", "Thanks, Prospect A, that helps."),
        ("Mark Oduya", "Mark's team asked Mark Oduya’s boss.", "Prospect A's team asked Prospect A’s boss."),
        ("Hope Tran", "I told Hope. Hope is in.", "I told Prospect A. Prospect A is in."),
        ("May Lindt", "I spoke to May about it.", "I spoke to Prospect A about it."),
        ("dana whitfield", "thanks dana, see you dana whitfield", "thanks Prospect A, see you Prospect A"),
        ("Dana Whitfield", "DANA WHITFIELD and whitfield", "Prospect A and Prospect A"),
        ("Zoë Müller-Ångström", "Zoe told Zoë and Muller", "Prospect A told Prospect A and Prospect A"),
        (
            unicodedata.normalize("NFD", "José Núñez"),
            "José (Jose), and Nuñez too",
            "Prospect A (Prospect A), and Prospect A too",
        ),
        ("Sean O’Brien", "Sean O'Brien, or O'Brien", "Prospect A, or Prospect A"),
        ("Minh-Anh Pham", "Minh-Anh asked Minh Anh Pham", "Prospect A asked Prospect A"),
        ("Dr. Amir Yusuf", "Dr. Yusuf asked Amir.", "Dr. Prospect A asked Prospect A."),
        ("Jo Lindqvist", "Jo is in, jo.", "Prospect A is in, jo."),
        ("Dana Whitfield (Acme)", "Best, Dana Whitfield", "Best, Prospect A"),
        ("王伟", "Thanks 王伟, bye", "Thanks Prospect A, bye"),
        ("Will Price", "We will price it for Will Price.", "We will price it for Prospect A."),
    ],
)
def test_a_name_is_taken_out_in_every_spelling(name: str, text: str, expected: str) -> None:
    assert scrubbed(text, prospect(name)) == expected


def test_a_first_name_that_a_rep_shares_is_nobodys_label() -> None:
    people = [prospect("Chris Vane"), ("Chris Holt", "rep")]
    text = "Chris asked Chris Vane and Chris Holt."
    assert scrubbed(text, *people) == "[name] asked Prospect A and [name] Holt."


def test_reps_are_named() -> None:
    assert scrubbed("Ines asked Dana.", ("Ines Okafor", "rep"), prospect("Dana")) == "Ines asked Prospect A."


def test_a_surname_that_the_call_uses_as_a_word_is_one() -> None:
    said = "The tally is ready. What tally? My tally."
    assert scrubbed("Tally is fine, a tally.", prospect("Ann Tally"), said=said) == "Prospect A is fine, a tally."


def test_labels_of_nobody_stay() -> None:
    assert scrubbed("Speaker 1 told the customer.", prospect("Speaker 1"), prospect("Customer")) == (
        "Speaker 1 told the customer."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail d.w+x@mail.acme-paints.co.uk now", "Mail [e-mail] now"),
        ("Call +44 20 7946 0958 or (555) 123-4567.", "Call [phone] or [phone]."),
        ("It costs $1,234,567.89 for 2024-2025, order 12345.", "It costs $1,234,567.89 for 2024-2025, order 12345."),
    ],
)
def test_addresses_and_numbers_of_phones_are_taken_out(text: str, expected: str) -> None:
    assert scrubbed(text, prospect("Dana")) == expected


def test_companies_have_labels_of_their_own() -> None:
    accounts = ("Kestner Packaging", "Kestner")
    text = "At Kestner Packaging, and Kestner's six sites."
    assert scrubbed(text, prospect("Noreen Bial"), accounts=accounts) == "At Company A, and Company A's six sites."


def test_one_person_keeps_one_label_through_the_run_and_calls_stay_apart() -> None:
    first = call(prospect("Dana Whitfield"), key="2026-03-02_dana-whitfield.txt")
    second = call(("Ines", "rep"), prospect("Dana Whitfield"), prospect("Lee Orr"), key="2026-03-02_lee-orr.txt")
    third = call(prospect("Dana Whitfield"), key="2026-03-02 dana whitfield.txt", accounts=("Brook",))
    report = redact(replace(sample(), calls=tuple(CallReport(each, (), ()) for each in (first, second, third))))
    assert [[speaker.name for speaker in each.call.speakers] for each in report.calls] == [
        ["Prospect A"],
        ["Ines", "Prospect A", "Prospect B"],
        ["Prospect A"],
    ]
    keys = [each.call.key for each in report.calls]
    assert keys == ["2026-03-02_Prospect A.txt", "2026-03-02_Prospect B.txt", "2026-03-02 Prospect A.txt"]


def test_calls_whose_names_were_alike_but_for_the_person_get_numbers() -> None:
    people = (prospect("Jo Vane"), prospect("Jo Holt"))
    calls = [call(*people, key=key) for key in ("jo.txt", "Jo.txt")]
    report = redact(replace(sample(), calls=tuple(CallReport(each, (), ()) for each in calls)))
    assert [each.call.key for each in report.calls] == ["[name].txt", "[name].txt (2)"]


def test_findings_name_calls_as_the_list_of_calls_does() -> None:
    talk = call(prospect("Mark Oduya"), key="oduya-mark.txt", said="Mark here.")
    place = Location(talk.key, "related", 0, 0, 10, "Mark here.", note="of oduya-mark.txt")
    found = Finding("call.rep-drift", "warning", 0.8, "Heard in oduya-mark.txt from Mark.", "Ask Oduya.", (place,))
    report = redact(replace(sample(), calls=(CallReport(talk, (), ()),), findings=(found,)))
    shown = report.findings[0]
    key = report.calls[0].call.key
    assert key == "Prospect A-mark.txt"
    assert (shown.message, shown.advice) == (f"Heard in {key} from Prospect A.", "Ask Prospect A.")
    assert (shown.primary.document, shown.primary.note) == (key, f"of {key}")


def everything(report: Report) -> str:
    return repr(replace(report, pages=(), sentences=(), positioning=None))


def test_nothing_of_the_sample_names_anybody_outside() -> None:
    shown = everything(redact(sample()))
    assert [word for word in ("Dana", "Whitfield", "Rosalind", "Ferris", "dana@", "7946") if word in shown] == []
    assert "Ines Okafor" in shown


@pytest.mark.parametrize(
    "format", [format for format in FORMATS.values() if not format.joined], ids=lambda each: each.name
)
def test_no_format_names_anybody_outside(format: Format) -> None:
    names = ("Dana", "Whitfield", "Rosalind", "Ferris", "dana@", "7946")
    assert [name for name in names if name in format.render(sample(), View(verbose=True))] == []


@pytest.mark.parametrize("name", ["text", "json", "html"])
def test_names_are_shown_when_asked_for(name: str) -> None:
    assert "Dana Whitfield" in FORMATS[name].render(sample(), View(verbose=True, redacted=False))


def test_what_pages_say_stays_letter_for_letter() -> None:
    report = redact(sample())
    assert report.pages == sample().pages
    assert [suspect.quote for found in report.misconceptions for suspect in found.suspects] == [
        suspect.quote for found in sample().misconceptions for suspect in found.suspects
    ]


def test_for_programs_keys_and_the_list_of_speakers_stay_with_the_labels_beside() -> None:
    report = redact(sample(), keep_keys=True)
    speakers = {speaker.name: speaker.label for each in report.calls for speaker in each.call.speakers}
    assert [each.call.key for each in report.calls] == [each.call.key for each in sample().calls]
    assert speakers["Dana Whitfield"] == "Prospect A"
    assert speakers["Ines Okafor"] == "Ines Okafor"
    assert [moment.speaker for each in report.calls for moment in each.moments] == ["Prospect A", "Speaker A"]
    assert "Dana" not in repr([each.moments for each in report.calls]) + repr(report.findings)


def test_redacting_twice_changes_nothing() -> None:
    assert redact(redact(sample())) == redact(sample())
