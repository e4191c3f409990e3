"""Plain words are offered in the place of others only where the sentence stays right."""

from __future__ import annotations

import pytest

from msgcheck.measure.phrases import load_phrases
from msgcheck.rules.replacement import in_place_of


@pytest.mark.parametrize(
    ("old", "new", "before", "fits"),
    [
        ("leverage", "use", "We ", "use"),
        ("Leverage", "use", "", "Use"),
        ("LEVERAGE", "use", "", ""),
        ("order list", "recipe", "an ", ""),
        ("stem list", "recipe", "A ", "recipe"),
        ("tool", "R&D <b>", "the ", ""),
    ],
)
def test_words_are_put_in_only_where_the_sentence_stays_right(old: str, new: str, before: str, fits: str) -> None:
    assert in_place_of(old, new, before) == fits


def test_forms_that_can_be_swapped_have_plain_words() -> None:
    swapped = [phrase for phrase in load_phrases("buzzwords").phrases if phrase.swap]
    assert swapped
    assert all(phrase.plain and in_place_of(form, phrase.plain, "") for phrase in swapped for form in phrase.swap)
