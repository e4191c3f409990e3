"""Lay out the pages that moved most: their copy before and after, side by side, and the reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.model.drift import Change, CopyChange, Drift, MessageDrift, PageDrift
from msgcheck.model.timeline import AGREED
from msgcheck.report.drift import wording
from msgcheck.report.drift.html.coverage import STATES
from msgcheck.report.drift.html.names import Names
from msgcheck.report.plain import shorten

_PAGES, _CHANGES, _FINDINGS = 12, 8, 2
#: An effect on confusion that is smaller is not worth a sentence; by judgement.
_EFFECT = 0.02
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; `changed` where the other side does not have them."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What stood there before, what stands there now, a line a sentence, and what that did."""

    before: tuple[tuple[Piece, ...], ...]
    after: tuple[tuple[Piece, ...], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """`verdict` says in words what became of the page; `more` counts the changes that are not shown."""

    name: str
    key: str
    look: str
    verdict: str
    facts: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    more: int


def page_views(drift: Drift, names: Names) -> tuple[PageView, ...]:
    """The pages that moved, came, went or were written anew, those that moved most first."""
    told = [page for page in drift.pages if _is_told(page)]
    return tuple(_page(page, drift, names) for page in told[:_PAGES])


def _is_told(page: PageDrift) -> bool:
    return page.state != "kept" or page.copy_changed or abs(page.confusion.by) >= wording.NOTICEABLE


def _page(page: PageDrift, drift: Drift, names: Names) -> PageView:
    shown = sorted(page.changes, key=_weight, reverse=True)[:_CHANGES]
    return PageView(
        name=names.page(page.key),
        key=page.key,
        look=_look(page.confusion),
        verdict=_verdict(page, names),
        facts=tuple(_facts(page, drift)),
        changes=tuple(_change(change, page, names) for change in page.changes if change in shown),
        more=len(page.changes) - len(shown),
    )


def _weight(change: CopyChange) -> tuple[float, int]:
    """What did something comes first, then what stands higher on the page."""
    reasons = len(change.messages) + len(change.found) + len(change.mended) + bool(change.noun_after)
    return abs(change.confusion or 0.0), reasons


def _look(change: Change) -> str:
    if abs(change.by) < wording.NOTICEABLE:
        return "same"
    return "worse" if change.by > 0 else "better"


def _verdict(page: PageDrift, names: Names) -> str:
    if page.state == "added":
        return f"New page, confusion {page.confusion.after:.2f}."
    if page.state == "removed":
        return "This page is gone."
    was, now = page.confusion.before or 0.0, page.confusion.after or 0.0
    renamed = f" It was “{names.page(page.earlier_key)}” before." if page.state == "renamed" else ""
    if _look(page.confusion) == "same":
        return f"As clear as before: confusion {now:.2f}.{renamed}"
    word = "Less clear" if page.confusion.by > 0 else "Clearer"
    return f"{word}: confusion went from {was:.2f} to {now:.2f}.{renamed}"


def _facts(page: PageDrift, drift: Drift) -> Iterator[str]:
    """What is to be known of the page as a whole."""
    if page.state in ("added", "removed"):
        return
    if not page.copy_changed:
        yield "Its copy is the same; " + (
            f"what changed is {wording.others(drift)}." if wording.others(drift) else "what changed is the other pages."
        )
    elif page.by_copy is not None and abs(page.confusion.by - page.by_copy) >= _EFFECT:
        yield (f"The new copy alone moved it by {page.by_copy:+.2f}; the rest comes from {wording.others(drift)}.")
    if page.sure and page.category_before and page.category_after != page.category_before:
        yield f"It now reads as “{page.category_after}”, before as “{page.category_before}”."
    if wording.moved_far(page.distance):
        away = "away from" if page.distance.by > 0 else "towards"
        yield f"It moved {away} the positioning, from {page.distance.before:.2f} to {page.distance.after:.2f}."


def _change(change: CopyChange, page: PageDrift, names: Names) -> ChangeView:
    reasons = tuple(_reasons(change, page, names))
    if len(change.gone) == len(change.new) == 1:
        before, after = _marked(change.gone[0], change.new[0])
        return ChangeView((before,), (after,), reasons)
    return ChangeView(_lines(change.gone), _lines(change.new), reasons)


def _lines(sentences: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(shorten(sentence, _LONGEST), changed=False),) for sentence in sentences)


def _reasons(change: CopyChange, page: PageDrift, names: Names) -> Iterator[str]:
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


def _marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts, cut where their words differ; whole where hardly a word is the same."""
    old, new = (
        re.findall(r"\S+\s*", text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")) for text in (before, after)
    )
    matcher = difflib.SequenceMatcher(
        None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False
    )
    if not old or not new or matcher.ratio() < 0.4:
        return _whole(old), _whole(new)
    steps = matcher.get_opcodes()
    return (
        tuple(Piece("".join(old[a:b]), step != "equal") for step, a, b, _, _ in steps if a < b),
        tuple(Piece("".join(new[a:b]), step != "equal") for step, _, _, a, b in steps if a < b),
    )


def _whole(words: Sequence[str]) -> tuple[Piece, ...]:
    return (Piece("".join(words), changed=False),) if words else ()
