"""Findings on the same words: the stronger one speaks."""

from __future__ import annotations

from msgcheck.model import Finding, Location, Severity
from msgcheck.overlaps import without_overlaps


def finding(rule: str, severity: Severity, start: int, end: int, *, block: int = 0, places: int = 1) -> Finding:
    here = Location("page.md", block=block, start=start, end=end, quote=" ".join("x" * ((end - start + 1) // 2)))
    return Finding(rule, severity, 0.8, "", "", (here,) * places)


def test_a_note_gives_way_to_a_warning_about_the_same_words() -> None:
    empty, weasel = finding("vague.empty-claim", "warning", 0, 40), finding("vague.weasel", "note", 10, 20)
    assert without_overlaps([weasel, empty]) == [empty]


def test_a_note_beside_a_warning_stays() -> None:
    empty, weasel = finding("vague.empty-claim", "warning", 0, 40), finding("vague.weasel", "note", 40, 60)
    assert without_overlaps([empty, weasel]) == [empty, weasel]


def test_a_note_in_another_block_stays() -> None:
    empty, weasel = finding("vague.empty-claim", "warning", 0, 40), finding("vague.weasel", "note", 0, 40, block=1)
    assert without_overlaps([empty, weasel]) == [empty, weasel]


def test_of_two_rules_about_one_term_the_one_that_says_more_stays() -> None:
    asked, buzzword = finding("jargon.asked-about", "error", 5, 10), finding("jargon.buzzword", "warning", 0, 10)
    acronym, insider = (
        finding("jargon.undefined-acronym", "warning", 20, 23),
        finding("jargon.insider-term", "warning", 20, 30),
    )
    assert without_overlaps([asked, buzzword, acronym, insider]) == [asked, acronym]


def test_jargon_in_an_empty_claim_stays_for_its_plain_words() -> None:
    empty, buzzword = finding("vague.empty-claim", "warning", 0, 40), finding("jargon.buzzword", "warning", 5, 15)
    assert without_overlaps([empty, buzzword]) == [empty, buzzword]


def test_a_finding_with_several_places_stays_for_the_others() -> None:
    empty, faster = (
        finding("vague.empty-claim", "warning", 0, 40),
        finding("vague.unquantified", "note", 5, 9, places=2),
    )
    assert without_overlaps([empty, faster]) == [empty, faster]


def test_mismatch_says_something_else_about_the_same_words() -> None:
    category, stack = finding("mismatch.category", "error", 0, 30), finding("jargon.noun-stack", "note", 0, 30)
    assert without_overlaps([category, stack]) == [category, stack]


def test_letters_that_prospects_asked_about_still_want_spelling_out() -> None:
    asked, letters = finding("jargon.asked-about", "error", 5, 8), finding("jargon.undefined-acronym", "warning", 5, 8)
    assert without_overlaps([asked, letters]) == [asked, letters]


def test_an_empty_claim_that_is_mostly_a_rank_is_reported_as_a_rank() -> None:
    empty, rank = (
        finding("vague.empty-claim", "warning", 0, 20),
        finding("vague.unsupported-superlative", "warning", 8, 16),
    )
    assert without_overlaps([empty, rank]) == [rank]


def test_a_long_empty_claim_with_a_rank_in_it_stays() -> None:
    empty, rank = (
        finding("vague.empty-claim", "warning", 0, 60),
        finding("vague.unsupported-superlative", "warning", 8, 16),
    )
    assert without_overlaps([empty, rank]) == [empty, rank]
