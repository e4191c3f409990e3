"""What rules about wording share: which sentences they judge, repeats, and how findings speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgcheck.measure.pagekind import is_story
from msgcheck.measure.sentences import product_names
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import UNSEEN, Location
from msgcheck.rules.base import Context, locate

#: Shorter sentences ('Learn more') may stand on every page without being one statement that is repeated.
_REPEATED_WORDS = 3
#: More of a sentence than this is too much to quote in a message.
_QUOTE_WORDS = 14


def voiced(page: PageMeasures, context: Context) -> Iterator[tuple[int, SentenceMeasure]]:
    """The sentences that a reader sees and the company says, each once for the site, with their index."""
    first = _first_places(context)
    for index, sentence in enumerate(page.sentences):
        if not sentence.company_voice or sentence.role in UNSEEN:
            continue
        key = _key(sentence.text)
        if len(key.split()) >= _REPEATED_WORDS and first[key] != (page.document.key, index):
            continue
        yield index, sentence


def pages_with(sentence: SentenceMeasure, context: Context) -> int:
    """On how many pages the sentence stands, letter case and punctuation aside."""
    return _counts(context)[_key(sentence.text)]


def own_names(page: PageMeasures, context: Context) -> frozenset[str]:
    return product_names(page.document.names, context.positioning)


def place(page: PageMeasures, sentence: SentenceMeasure, start: int = 0, end: int | None = None) -> Location:
    """Where the characters `start`..`end` of a sentence (all of it by default) stand."""
    stop = len(sentence.text) if end is None else end
    return locate(page.document, sentence.block, sentence.start + start, sentence.start + stop)


def quoted(text: str) -> str:
    """The words in quotation marks, shortened to what fits a message."""
    words = text.strip().rstrip(".,;:").split()
    short = " ".join(words) if len(words) <= _QUOTE_WORDS else " ".join(words[:_QUOTE_WORDS]) + " …"
    return f"“{short.replace('“', '‘').replace('”', '’')}”"


def elsewhere(times: int, pages: int) -> str:
    """How often the same words stand on the page or site; empty when only here."""
    if pages > 1:
        return f" (on {pages} pages)"
    return f" ({times} times on this page)" if times > 1 else ""


def is_article(page: PageMeasures) -> bool:
    """Whether the page is an article, a story or the like: most of its prose makes no claim about the product."""
    return is_story(page.document.key)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@lru_cache(maxsize=2)
def _first_places(context: Context) -> dict[str, tuple[str, int]]:
    places: dict[str, tuple[str, int]] = {}
    for page in _in_site_order(context.pages):
        for index, sentence in enumerate(page.sentences):
            if sentence.company_voice and sentence.role not in UNSEEN:
                places.setdefault(_key(sentence.text), (page.document.key, index))
    return places


@lru_cache(maxsize=2)
def _counts(context: Context) -> dict[str, int]:
    counts: dict[str, int] = {}
    for page in context.pages:
        for key in {_key(sentence.text) for sentence in page.sentences}:
            counts[key] = counts.get(key, 0) + 1
    return counts


def _in_site_order(pages: Sequence[PageMeasures]) -> list[PageMeasures]:
    """Index pages and pages higher up first, so that what many pages repeat is reported where visitors arrive."""

    def rank(page: PageMeasures) -> tuple[int, bool, str]:
        key = page.document.key
        return (key.rstrip("/").count("/"), re.search(r"(?:^|/)(?:index\.\w+)?$", key) is None, key)

    return sorted(pages, key=rank)
