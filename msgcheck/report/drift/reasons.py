"""Why a page moved, in words: what its changes did to confusion, to what it calls the product, and to what is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgcheck.model.drift import Change, CopyChange, Drift, MessageDrift, PageDrift
from msgcheck.model.timeline import AGREED
from msgcheck.report.drift import wording
from msgcheck.report.drift.names import Names
from msgcheck.report.plain import shorten

Look = Literal["better", "worse", "same"]
#: How a page says a message.
STATES: Mapping[str, str] = {"covered": "said", "partial": "in part", "missing": "missing", "": "not asked"}
#: An effect on confusion that is smaller is not worth a sentence; by judgement.
_EFFECT = 0.02
_FINDINGS = 2


def is_told(page: PageDrift) -> bool:
    """Whether a page that both runs saw is another than it was."""
    if page.state == "kept":
        return page.copy_changed or abs(page.confusion.by) >= wording.NOTICEABLE
    return page.state == "renamed"


def look(change: Change) -> Look:
    """Of a measure that is better when it is lower."""
    if abs(change.by) < wording.NOTICEABLE:
        return "same"
    return "worse" if change.by > 0 else "better"


def verdict(page: PageDrift, names: Names) -> str:
    was, now = page.confusion.before or 0.0, page.confusion.after or 0.0
    renamed = f" It was “{names.page(page.earlier_key)}” before." if page.state == "renamed" else ""
    if look(page.confusion) == "same":
        return f"As clear as before: confusion {now:.2f}.{renamed}"
    word = "Less clear" if page.confusion.by > 0 else "Clearer"
    return f"{word}: confusion went from {was:.2f} to {now:.2f}.{renamed}"


def facts(page: PageDrift, drift: Drift) -> Iterator[str]:
    """What is to be known of the page as a whole."""
    others = wording.others(drift)
    if not page.copy_changed and others:
        yield f"Its copy is the same; the change comes from {others}."
    elif page.by_copy is not None and others and abs(page.confusion.by - page.by_copy) >= _EFFECT:
        yield f"The new copy alone moved it by {page.by_copy:+.2f}; the rest comes from {others}."
    if page.sure and page.category_before and page.category_after != page.category_before:
        yield f"It now reads as “{page.category_after}”, before as “{page.category_before}”."
    if wording.moved_far(page.distance):
        away = "away from" if page.distance.by > 0 else "towards"
        yield f"It moved {away} the positioning, from {page.distance.before:.2f} to {page.distance.after:.2f}."


def reasons(change: CopyChange, page: PageDrift, names: Names) -> Iterator[str]:
    if change.confusion is not None and abs(change.confusion) >= _EFFECT:
        other = (page.confusion.after or 0.0) - change.confusion
        word = "less clear" if change.confusion > 0 else "clearer"
        yield f"Makes the page {word}: with the old words its confusion would be {max(0.0, other):.2f}."
    if change.noun_after and page.match_after not in AGREED:
        before = names.category if page.match_before in AGREED else page.noun_before
        yield f"Calls it “{change.noun_after}”" + (f" instead of “{before}”." if before else ".")
    elif change.noun_before and not page.noun_after:
        yield f"No longer calls it “{change.noun_before}”."
    yield from (_said(message, names) for message in change.messages)
    for finding in change.found[:_FINDINGS]:
        yield f"New: {finding.message}"
    for finding in change.mended[:_FINDINGS]:
        yield f"Mended: {finding.message}"


def _said(message: MessageDrift, names: Names) -> str:
    text = shorten(names.message(message.message), 90)
    return f"Agreed message “{text}”: {STATES[message.before]} before, now {STATES[message.after]}."
