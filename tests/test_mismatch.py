"""The parts of the mismatch measures that need no model: amounts, words, names, kinds of page."""

from __future__ import annotations

from math import inf

import pytest

from msgcheck.measure.category import category_frame
from msgcheck.measure.lexical import content, covered, stem
from msgcheck.measure.pagekind import is_story
from msgcheck.measure.quantities import agree, comparable, quantities


@pytest.mark.parametrize(
    ("text", "kind", "low", "unit", "per"),
    [
        ("Plans start at $49 a month.", "money", 49.0, ("usd",), "month"),
        ("It costs 1.2k dollars per year", "money", 1200.0, ("usd",), "year"),
        ("over 330 locations", "count", 330.0, ("locat",), ""),
        ("5,000 recordings/mo", "count", 5000.0, ("record",), "month"),
        ("ten company files", "count", 10.0, ("compani", "fil"), ""),
        ("Unlimited boards", "count", inf, ("board",), ""),
        ("The number of boards is limited to 20.", "count", 20.0, ("board",), ""),
        ("only one company file", "count", 1.0, ("compani", "fil"), ""),
        ("a 14-day trial", "duration", 14 * 86400.0, ("s",), ""),
        ("40 hrs/wk", "duration", 40 * 3600.0, ("s",), "week"),
        ("half a day", "duration", 43200.0, ("s",), ""),
        ("34% of teams", "percent", 34.0, ("%",), ""),
        ("monthly reports", "frequency", 12.0, ("report",), ""),
        ("billed by the millisecond", "billing", 0.001, ("millisecond",), ""),
    ],
)
def test_amounts_are_read_with_unit_and_period(
    text: str, kind: str, low: float, unit: tuple[str, ...], per: str
) -> None:
    found = quantities(text)[0]
    assert (found.kind, found.low, found.unit, found.per) == (kind, low, unit, per)


@pytest.mark.parametrize("text", ["Founded in 2019 in Leeds", "Version 3.2.1", "call 555-0199", "one of our customers"])
def test_years_versions_and_phone_numbers_are_no_amounts(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("14 days", "two weeks", True),
        ("14 days", "30 days", False),
        ("over 300 shops", "312 shops", True),
        ("over 300 shops", "140 shops", False),
        ("about 100 files", "95 files", True),
        ("$49 a month", "$59 a month", False),
    ],
)
def test_amounts_agree_when_both_can_be_true(first: str, second: str, same: bool) -> None:
    left, right = quantities(first)[0], quantities(second)[0]
    assert comparable(left, right)
    assert agree(left, right) is same
    assert agree(right, left) is same


@pytest.mark.parametrize(
    ("first", "second"),
    [("12 days", "12 shops"), ("$49 a month", "€49 a month"), ("5 seats", "5 vans"), ("$9 a month", "$9 a year")],
)
def test_amounts_of_different_things_are_not_compared(first: str, second: str) -> None:
    assert not comparable(quantities(first)[0], quantities(second)[0])


def test_forms_of_a_word_share_a_stem() -> None:
    assert {stem(word) for word in ("invoice", "invoices", "invoicing", "invoiced")} == {"invoic"}


def test_content_leaves_out_words_that_tell_nothing() -> None:
    assert content("The orders of every marketplace are in one list") == ["ord", "marketplac", "list"]


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert covered(["telemetri", "day"], {"telemetri"}) > covered(["telemetri", "day"], {"day"})


@pytest.mark.parametrize(
    "key", ["blog/a.html", "customers/loaf.html", "https://a.example/case-studies/b", "blog-missing.html"]
)
def test_articles_and_customer_stories_are_told_by_their_address(key: str) -> None:
    assert is_story(key)


@pytest.mark.parametrize(
    "key", ["index.html", "product.html", "https://a.example/pricing", "solutions/blogging-tools.html"]
)
def test_product_pages_are_no_stories(key: str) -> None:
    assert not is_story(key)


def test_the_frame_of_categories_is_broad_and_each_entry_says_what_it_is_for() -> None:
    frame = category_frame()
    names = [name for name, _ in frame]
    assert len(names) == len(set(names)) >= 250
    assert all(len(text.split()) >= 2 for _, text in frame)
