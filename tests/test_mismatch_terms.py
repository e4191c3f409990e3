"""Vocabulary and the product's name, without a model."""

from __future__ import annotations

import numpy as np
import pytest

from msgcheck.language.values import OpeningReading, Passage
from msgcheck.measure.terms import measure_terms
from msgcheck.measure.values import AnnotatedPage
from msgcheck.model import Anchor, Block, Document, Positioning, Vocabulary

AGREED = Positioning(
    source="p.yaml",
    product="Fernlight",
    aliases=("Fern Light",),
    category="order software",
    vocabulary=Vocabulary(prefer=(("recipe", ("stem list", "policy")),), avoid=("synergy",)),
)


def uses(text: str, role: str = "body") -> list[tuple[str, str]]:
    block = Block(role, text, (Anchor(0, 1, 1),))
    document = Document("a.md", "a.md", "markdown", "", "en", (block,), len(text.split()))
    reading = OpeningReading(0.0, 1.0, 1.0, 1.0)
    page = AnnotatedPage(document, (Passage(text, ()),), text, np.zeros(4, dtype=np.float32), reading)
    return [(use.text, use.kind) for use in measure_terms(page, AGREED)]


@pytest.mark.parametrize(
    "text",
    [
        "Each bouquet has its recipe in Fernlight.",
        "Write to help@fernlight.example.",
        "See https://example.com/fernlight and fernlight.example/start.",
        "Fern Light is the same thing.",
        "Read our privacy policy.",
        "Fernlight's recipes print on one page.",
    ],
)
def test_right_words_and_addresses_stay_silent(text: str) -> None:
    assert uses(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Every stem list prints.", [("stem list", "variant")]),
        ("Every stem-list prints.", [("stem-list", "variant")]),
        ("Stem lists print.", [("Stem lists", "variant")]),
        ("All policies hold.", [("policies", "variant")]),
        ("With fernlight all is in one list.", [("fernlight", "product-name")]),
        ("Try FernLight.", [("FernLight", "product-name")]),
        ("Try Fernligt now.", [("Fernligt", "product-name")]),
        ("Try Ferlnight now.", [("Ferlnight", "product-name")]),
        ("A synergy of orders.", [("synergy", "avoided")]),
    ],
)
def test_departures_are_found_at_their_place(text: str, found: list[tuple[str, str]]) -> None:
    assert uses(text) == found


def test_capitals_are_tolerated_in_a_heading_only() -> None:
    assert uses("WHY FERNLIGHT", "heading-1") == []
    assert uses("This is why FERNLIGHT matters.") == [("FERNLIGHT", "product-name")]


def test_a_testimonial_may_use_its_own_words() -> None:
    assert uses("The stem list in fernlight saves an hour.", "quote") == []
