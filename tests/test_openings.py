"""A page's opening is read as a first-time reader would: what is sold, for whom, what for, with the words for each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from msgcheck.engine import check
from msgcheck.extract.pages import extract_page
from msgcheck.inputs import Inputs, Settings
from msgcheck.language.core import CachedLanguage, load_language
from msgcheck.language.cues import audience_spans, benefit_spans, meant_spans, opening_cues
from msgcheck.language.openings import opening_parts, settle
from msgcheck.language.values import OpeningReading
from msgcheck.measure.annotate import annotate_pages
from msgcheck.measure.clarity import measure_clarity
from msgcheck.measure.sentences import measure_sentences
from msgcheck.model import Clarity, Positioning, RawDocument, Vocabulary

CLEAR = """# Rota software for bakeries

Plan a week of early shifts in ten minutes, without phone calls at night. Built for bakeries with 5 to 40 staff.
$4 a person a month, and the first month is free.
"""
EMPTY = """# Elevate what is possible

We empower visionary leaders to unlock transformative outcomes. Our holistic ecosystem drives excellence at scale.
Discover the future of growth.
"""


@pytest.fixture(scope="module")
def language() -> CachedLanguage:
    return load_language(cache=False)


def read(text: str, language: CachedLanguage, positioning: Positioning | None = None) -> tuple[Clarity, float]:
    page = annotate_pages(
        [extract_page(RawDocument("page.md", "page.md", "page.md", text.encode()))], language, positioning
    )[0]
    return measure_clarity(page, measure_sentences(page, positioning), positioning)


@pytest.mark.parametrize(
    "text",
    ["Our developers answer within an hour.", "Trusted by 4,000 owners.", "We bake bread every day.", ""],
)
def test_words_that_do_not_say_who_is_meant_are_left_alone(text: str) -> None:
    assert audience_spans(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A diary for plumbers.", []),
        ("Payroll for growing finance teams.", ["growing finance teams"]),
        ("We help independent retailers sell more.", ["independent retailers"]),
    ],
)
def test_the_words_after_for_and_its_like_say_who_is_meant(text: str, who: list[str]) -> None:
    assert [text[start:end] for start, end in meant_spans(text)] == who


def test_a_result_is_heard_in_words_of_gain() -> None:
    text = "Close the month in two hours, without spreadsheets."
    assert [text[start:end] for start, end in benefit_spans(text)] == ["without"]


def test_an_empty_opening_has_cues_of_nothing() -> None:
    assert set(opening_cues("")) == {0.0}


def test_an_opening_is_read_as_a_whole_and_by_sentence() -> None:
    assert opening_parts("Bread. We bake it: daily!") == (
        "Bread. We bake it: daily!",
        "Bread.",
        "We bake it:",
        "daily!",
    )


def test_confusion_is_what_its_three_answers_make_it() -> None:
    reading = settle(0.4, who=0.5, why=0.6)
    assert 1.27 - 0.90 * reading.what - 0.14 * reading.who - 0.17 * reading.why == pytest.approx(0.4)


def test_readings_stay_between_nothing_and_everything() -> None:
    assert settle(-0.2, who=1.4, why=-0.1) == OpeningReading(0.0, 1.0, 1.0, 0.0)


@pytest.mark.models
def test_a_concrete_opening_is_clear_and_quotes_its_words(language: CachedLanguage) -> None:
    clarity, confusion = read(CLEAR, language)
    assert confusion < 0.3
    assert min(clarity.what, clarity.who, clarity.why) > 0.6
    found = (clarity.what_evidence, clarity.who_evidence, clarity.why_evidence)
    assert [item.quote if item else "" for item in found] == [
        "Rota software for bakeries",
        "bakeries",
        "Plan a week of early shifts in ten minutes, without phone calls at night.",
    ]


@pytest.mark.models
def test_an_empty_opening_confuses_and_quotes_nothing(language: CachedLanguage) -> None:
    clarity, confusion = read(EMPTY, language)
    assert confusion > 0.6
    assert (clarity.what_evidence, clarity.why_evidence) == (None, None)


@pytest.mark.models
def test_terms_that_the_buyers_know_never_confuse_them(language: CachedLanguage) -> None:
    text = "# A GitOps control plane for OpenTofu\n\nReconcile OpenTofu state across clusters with GitOps.\n"
    agreed = Positioning(source="positioning.yaml", product="Larkspur")
    knowing = replace(agreed, vocabulary=Vocabulary(known=("GitOps", "OpenTofu", "control plane")))
    assert read(text, language, knowing)[1] < read(text, language, agreed)[1]


@pytest.mark.models
def test_a_page_without_words_tells_nothing(language: CachedLanguage) -> None:
    assert language.read_openings([""]) == [OpeningReading(1.0, 0.0, 0.0, 0.0)]


@pytest.mark.models
def test_a_reader_whom_the_headline_names_is_not_asked_for() -> None:
    copy = b"# Rota software for bakeries\n\nWe utilize tablets to leverage your stock data and empower your staff.\n"
    report = check(Inputs(pages=(RawDocument("a.md", "a.md", "a.md", copy),)), Settings(), load_language())
    (told,) = [found.message for found in report.findings if found.rule == "vague.hero-unclear"]
    assert told.endswith("cannot say what it is good for.")
