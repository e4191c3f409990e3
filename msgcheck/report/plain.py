"""Make hostile text safe to show: no control codes, no hidden direction changes, one character for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgcheck.model import Location, Report

#: Control codes, direction overrides and marks, halves of surrogate pairs, and characters that no text has.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACES = frozenset("\t\n\r\x0b\x0c\x85\u2028\u2029")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words and what stands around them."""

    before: str
    words: str
    after: str


def plain(text: str) -> str:
    """The text with every hostile character replaced by one harmless one, so that offsets still hold."""
    return _HOSTILE.sub(lambda found: " " if found[0] in _SPACES else "\N{REPLACEMENT CHARACTER}", text)


def block_text(report: Report, place: Location) -> str:
    """The text that the offsets of `place` count in, of a page or a turn; empty for whole pages and calls."""
    for page in report.pages:
        if page.document.key == place.document and 0 <= place.block < len(page.document.blocks):
            return page.document.blocks[place.block].text
    for heard in report.calls:
        if heard.call.key == place.document and 0 <= place.block < len(heard.call.turns):
            return heard.call.turns[place.block].text
    return ""


def excerpt(text: str, start: int, end: int, *, width: int) -> Excerpt:
    """The sentence around `start`..`end`, cut at words to at most `width` characters on each side."""
    breaks = [found.end() for found in _SENTENCE_END.finditer(text)]
    first = max((place for place in breaks if place <= start), default=0)
    last = min((place for place in breaks if place >= end), default=len(text))
    before, after = text[first:start], text[end:last].rstrip()
    if len(before) > width:
        before = "… " + before[-width:].partition(" ")[2]
    if len(after) > width:
        after = after[:width].rpartition(" ")[0] + " …"
    return Excerpt(before, text[start:end], after)


def shorten(text: str, width: int) -> str:
    """At most `width` characters on one line, cut at a word."""
    folded = " ".join(text.split())
    return folded if len(folded) <= width else (folded[: width - 2].rpartition(" ")[0] or folded[: width - 2]) + " …"
