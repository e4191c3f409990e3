"""Confusion that is said outright is found without models; ordinary questions are not taken for it."""

from __future__ import annotations

import pytest

from msgcheck.language.values import Sentence
from msgcheck.measure.calls.beliefs import article, asked_term
from msgcheck.measure.calls.direct import said_outright
from msgcheck.measure.calls.features import entry_names, split_entry


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Honestly, I thought you were a payroll bureau.", "misconception"),
        ("My boss took you for a staffing agency, from the home page.", "misconception"),
        ("They say that's not what our website said we do, and I start again.", "misconception"),
        ("The prospect thought we were a completely different kind of tool.", "misconception"),
        ("Sorry, what is it you actually do?", "what-is-it"),
        ("I've read it twice and I still don't get what it does.", "what-is-it"),
        ("What does demand shaping mean?", "term-question"),
        ("And what do you mean by orchestration layer?", "term-question"),
        ("Is this really for companies like ours? We are six people.", "audience-doubt"),
    ],
)
def test_words_that_mean_hardly_anything_else(text: str, kind: str) -> None:
    assert said_outright(text, "") == kind


@pytest.mark.parametrize(
    "text",
    [
        "I thought it was a good meeting last week.",
        "I thought you were muted.",
        "What does it cost for forty people?",
        "What does that mean for our contract?",
        "So you are in Leeds on Tuesday?",
        "What do you do when somebody calls in sick?",
        "I assumed you would send the invite.",
        "Your site says it starts at thirty a month.",
    ],
)
def test_ordinary_talk_stays_silent(text: str) -> None:
    assert said_outright(text, "Sure, let me look that up.") is None


def test_a_guess_counts_when_the_answer_denies_it() -> None:
    guess = "So you're basically a courier?"
    assert said_outright(guess, "Not quite, we plan the routes and your own drivers go.") == "misconception"
    assert said_outright(guess, "Yes, and we also store pallets.") is None


def test_a_promise_counts_when_the_answer_takes_it_back() -> None:
    promise = "The website says you answer within the hour, day and night."
    assert said_outright(promise, "That's only for the largest plan, I'm afraid.") == "promise-gap"
    assert said_outright(promise, "Yes, and most tickets are answered sooner.") is None


PAGE = [
    Sentence(text, 0, len(text), 0.0, 0.0, b"", b"", b"")
    for text in (
        "A demand lattice fabric for every bakery on the schedule.",
        "We meet an RPO of one hour.",
        "See the forecast for suppliers and cafés.",
    )
]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("What on earth is a demand lattice fabric, do we have to install that?", "demand lattice fabric"),
        ("I get the schedule and the forecast. But what is a lattice when it isn't in my garden?", "lattice"),
        ("There's a thing further down, R, P, O. I know ROI, I know VAT, that one has me beat.", "RPO"),
        ("And what does an r p o do for us?", "RPO"),
    ],
)
def test_the_term_is_the_one_that_is_asked_for_and_that_the_page_uses(text: str, term: str) -> None:
    assert asked_term(text, PAGE) == term


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("a booking tool or a till", ["booking tool", "till"]),
        ("a tracker that logs, times or bills trips", ["tracker", "tracker", "tracker"]),
        ("crane hire (we own no cranes, only software)", ["crane hire", "crane hire"]),
        ("kitchen or bar stock system", ["kitchen or bar stock system"] * 2),
    ],
)
def test_what_a_page_denies_is_called_by_its_noun(entry: str, names: list[str]) -> None:
    assert entry_names(entry) == names
    assert len(split_entry(entry)) == len(names)


@pytest.mark.parametrize(
    "told",
    [
        "a till",
        "an ERP",
        "a SIEM",
        "an HR tool",
        "a unit tester",
        "software testing (by hand)",
        "a parts list for vans",
    ],
)
def test_a_noun_gets_the_article_that_is_said_with_it(told: str) -> None:
    noun = told.removeprefix("an ").removeprefix("a ")
    assert article(noun) + noun == told
