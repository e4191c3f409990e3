"""Lay out the pages that moved most: their copy before and after, side by side, and the reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgcheck.model.drift import CopyChange, Drift, PageDrift
from msgcheck.report.drift.names import Names
from msgcheck.report.drift.reasons import facts, is_told, look, reasons, verdict
from msgcheck.report.plain import shorten

_PAGES, _CHANGES = 12, 8
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
    shown = [page for page in drift.pages if is_told(page)][:_PAGES]
    return tuple(_page(page, drift, names) for page in shown)


def _page(page: PageDrift, drift: Drift, names: Names) -> PageView:
    shown = sorted(page.changes, key=_weight, reverse=True)[:_CHANGES]
    return PageView(
        name=names.page(page.key),
        key=page.key,
        look=look(page.confusion),
        verdict=verdict(page, names),
        facts=tuple(facts(page, drift)),
        changes=tuple(_change(change, page, names) for change in page.changes if change in shown),
        more=len(page.changes) - len(shown),
    )


def _weight(change: CopyChange) -> tuple[float, int]:
    """What did something comes first, then what stands higher on the page."""
    behind = len(change.messages) + len(change.found) + len(change.mended) + bool(change.noun_after)
    return abs(change.confusion or 0.0), behind


def _change(change: CopyChange, page: PageDrift, names: Names) -> ChangeView:
    told = tuple(reasons(change, page, names))
    if len(change.gone) == len(change.new) == 1:
        before, after = _marked(change.gone[0], change.new[0])
        return ChangeView((before,), (after,), told)
    return ChangeView(_lines(change.gone), _lines(change.new), told)


def _lines(sentences: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(shorten(sentence, _LONGEST), changed=False),) for sentence in sentences)


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
