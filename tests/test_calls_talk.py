"""How calls develop by date, what reps say of the product, and how calls are listed for a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from reports import sample

from msgcheck.measure.calls.pitches import Pitches
from msgcheck.measure.calls.promises import taken_back
from msgcheck.measure.calls.trend import trend
from msgcheck.measure.values import CallMeasures
from msgcheck.model import Call, CallsPeriod, Clearing, Moment, Positioning, Speaker, Suspect, Turn
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View

AGREED = Positioning("positioning.yaml", "Larkmill", category="round planning software")


def heard(day: str, *, moments: int = 0, seconds: float = 0.0) -> CallMeasures:
    call = Call("a.txt", "a.txt", "plain", day, (), ())
    found = (Moment("a.txt", 0, None, "Dana", "prospect", "misconception", "", 1.0),) * moments
    return CallMeasures(call, found, (), Clearing(seconds, 0.1, 600.0, estimated=False))


def test_calls_of_a_few_weeks_are_counted_by_week() -> None:
    calls = [heard("2026-03-11", moments=2, seconds=60.0), heard("2026-03-02"), heard("2026-03-13"), heard("")]
    assert trend(calls) == (
        CallsPeriod("2026-03-02", "week", 1, 0, 0, 0.0),
        CallsPeriod("2026-03-09", "week", 2, 1, 2, 60.0),
    )


def test_calls_of_half_a_year_are_counted_by_month() -> None:
    assert [(each.start, each.unit) for each in trend([heard("2026-01-31"), heard("2026-06-02")])] == [
        ("2026-01-01", "month"),
        ("2026-06-01", "month"),
    ]


@pytest.mark.parametrize("days", [[], [""], ["2026-03-02", "2026-03-03"]])
def test_one_period_is_no_trend(days: list[str]) -> None:
    assert trend([heard(day) for day in days]) == ()


def pitches(text: str) -> list[tuple[str, str]]:
    call = Call("a.txt", "a.txt", "plain", "", (Speaker("Ines", "rep"),), (Turn(0, "Ines", text),))
    return [(pitch.slot, pitch.words) for pitch in Pitches(AGREED).find(call, [0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Think of us as the autopilot of your van.", [("category", "autopilot of your van")]),
        ("So Larkmill is basically a CRM for cleaners.", [("category", "CRM")]),
        ("We're an operations platform, honestly.", [("category", "operations platform")]),
        ("Pitched the slots as a marketplace, he liked it.", [("category", "marketplace")]),
        ("Larkmill is built for window cleaners.", [("audience", "window cleaners")]),
        ("We're not a staffing agency.", []),
        ("It's a Postgres database, in the cloud.", []),
        ("They thought we were a staffing agency.", []),
        ("It's a really big team that works on it.", []),
        ("I would describe myself as a platform.", []),
        ("We like to think of ourselves as being rational.", []),
    ],
)
def test_what_a_rep_says_the_product_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert pitches(text) == expected


@pytest.mark.parametrize(
    ("said", "answer", "reason", "expected"),
    [
        ("The page says five minutes.", "Not quite, it takes an afternoon.", "has the words that were said", 1),
        ("The page says five minutes.", "That's right, five.", "has the words that were said", -1),
        ("I heard five minutes.", "Not quite, it takes an afternoon.", "has the words that were said", -1),
        ("The page says five minutes.", "Not quite, it takes an afternoon.", "says something close to it", -1),
    ],
)
def test_a_promise_is_taken_back_where_it_is_cited_found_and_denied(
    said: str, answer: str, reason: str, expected: int
) -> None:
    people = (Speaker("Dana", "prospect"), Speaker("Ines", "rep"))
    call = Call("a.txt", "a.txt", "plain", "", people, (Turn(0, "Dana", said), Turn(1, "Ines", answer)))
    suspect = Suspect("index.html", "Set up in five minutes.", 0.6, reason=reason)
    moment = Moment("a.txt", 0, None, "Dana", "prospect", "promise-gap", said, 0.9, suspects=(suspect,))
    assert taken_back(call, moment) == expected


def test_where_only_calls_were_read_the_spreadsheet_has_a_moment_a_row() -> None:
    report = replace(sample(), pages=())
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(report, View()).removeprefix("\ufeff"))))
    assert [(row["call"], row["speaker"], row["kind"]) for row in rows] == [
        ("talks/brook.vtt", "Prospect A", "misconception"),
        ("crm.csv#2", "Speaker A", "audience-doubt"),
    ]
    assert rows[1]["quote"] == "Prospect B (Company A) wasn't sure that it is for a studio of two."
