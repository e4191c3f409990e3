"""Terms that buyers need not be told: what the positioning lists, and what buyers say on calls without asking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgcheck.measure.lexical import content, words
from msgcheck.measure.questions import asked_meaning, recalls_page
from msgcheck.measure.values import PageMeasures
from msgcheck.rules.base import Context
from msgcheck.rules.phrases import own_names

#: What follows a term, or stands before it, where the page says what it means.
_AFTER = re.compile(
    r"^[”\"’']?\s*(?:\(|[,–—:-]\s*(?:an?|the|or|which|that is|i\.e\.|meaning|short for|in other words)\b"
    r"|(?:means|stands for|refers to|describes|lets|is (?:an?|the|when|how|where|what)|are (?:the|how|what|where))\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:called|known as|named|so-called|what is|what are|what's|what we "
    r"call|or)\s+(?:an?\s|the\s)?[“\"‘']?|[\w’-]+\s\()$",
    re.IGNORECASE,
)


def is_known(term: str, page: PageMeasures, context: Context) -> bool:
    """Whether the words of a term are those of the agreed vocabulary, the category, an audience, or buyers on calls."""
    wanted = set(content(term))
    if not wanted:
        return True
    own = set(content(" ".join(own_names(page, context))))
    return wanted <= own | _agreed(context) or _is_said(term, context)


def is_explained(term: str, page: PageMeasures) -> bool:
    """Whether the page says somewhere what the term means: '…, a list of …', '(…)', 'that is', 'means', 'called …'."""
    pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
    return any(
        _AFTER.match(block.text[match.end() :]) or _BEFORE.search(block.text[: match.start()])
        for _, block in page.document.copy()
        for match in pattern.finditer(block.text)
    )


@lru_cache(maxsize=2)
def _agreed(context: Context) -> frozenset[str]:
    """The stems of everything that the positioning takes for granted."""
    agreed = context.positioning
    if agreed is None:
        return frozenset()
    terms: list[str] = [*agreed.vocabulary.known, agreed.category, *agreed.category_aliases, *agreed.alternatives]
    terms += [preferred for preferred, _ in agreed.vocabulary.prefer]
    terms += [text for audience in agreed.audiences for text in (audience.name, audience.needs)]
    return frozenset(content(" ".join(terms)))


def _is_said(term: str, context: Context) -> bool:
    wanted = " ".join(word.lower() for word in words(term))
    return any(f" {wanted} " in said for said in _buyers(context))


@lru_cache(maxsize=2)
def _buyers(context: Context) -> tuple[str, ...]:
    """Prospects' turns in small letters, but for those that ask what a word means or repeat the page."""
    return tuple(f" {' '.join(word.lower() for word in words(text))} " for text in _turns(context))


def _turns(context: Context) -> Iterator[str]:
    for measures in context.calls.calls:
        asked = {moment.turn for moment in measures.moments}
        for index, turn in enumerate(measures.call.turns):
            if turn.note or measures.call.role_of(turn.speaker) != "prospect":
                continue
            if index not in asked and not asked_meaning(turn.text) and not recalls_page(turn.text):
                yield turn.text


def known_terms(context: Context) -> Iterable[str]:
    """The terms that the positioning lists as known, in small letters."""
    return (term.lower() for term in context.positioning.vocabulary.known) if context.positioning else ()
