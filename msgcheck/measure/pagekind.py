"""Tells pages that speak of others (articles, customer stories) from pages that speak of the product."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgcheck.paths import web_path

if TYPE_CHECKING:
    from msgcheck.measure.values import PageMeasures

_STORY = re.compile(
    r"(?:^|/)(?:blog|news|press|articles?|posts?|guides?|resources|learn|glossary|customers?|"
    r"case-stud(?:y|ies)|stories|"
    r"success-stories|changelog|legal|terms|privacy)(?:[-/.]|$)",
    re.IGNORECASE,
)

_CUSTOMERS = re.compile(r"(?:^|/)(?:customers?|case-stud(?:y|ies)|stories|success-stories)(?:[-/.]|$)", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:^|/)(?:about(?:-us)?|company|team|people|careers?|jobs|contact(?:-us)?|investors?|mission|our-story|values|culture"
    r"|leadership|history|who-we-are|imprint|impressum)(?:[-/.]|$)",
    re.IGNORECASE,
)


def is_story(key: str) -> bool:
    """Whether a page, by its address, is an article or a customer story: others' categories and numbers stand there."""
    return _STORY.search(web_path(key)) is not None


def is_customer_story(key: str) -> bool:
    """Whether a page, by its address, tells what customers did: its results are the company's claims all the same."""
    return _CUSTOMERS.search(web_path(key)) is not None


def is_about(key: str) -> bool:
    """Whether a page, by its address, is about the company itself: there it has to speak of itself."""
    return _ABOUT.search(web_path(key)) is not None


def front_page(pages: Sequence[PageMeasures]) -> PageMeasures:
    """The page that visitors see first: the root, or the one nearest to it."""

    def rank(page: PageMeasures) -> tuple[bool, bool, int, str]:
        path = web_path(page.document.key)
        return (path.rstrip("/") != "", is_story(page.document.key), path.count("/"), page.document.key)

    return min(pages, key=rank)
