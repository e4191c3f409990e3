"""Finds words of a page in the file that it is made from: one place that is certain, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgcheck.model import Document, Location

#: So many words on each side are looked for with a quote.
_NEIGHBOURS = 3
#: So many words in a row stand for themselves; fewer may stand anywhere, and must be a line of their own.
_TELLING = 4
#: What may stand between two words of a page in its source: a tag, the target of a link, an entity, no word.
_BETWEEN = r"(?:<[^<>]{0,200}>|\]\([^()\n]{0,300}\)|&#?\w{1,8};|[^\w<>]){1,40}?"
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_KEY = re.compile(r"^\W*[\w-]+\s*[:=]")


def placed(place: Location, document: Document, source: str) -> Location:
    """The place with its lines in `source`; with none where the words are not found there, or more than once."""
    span = _find(place, document, source) if place.block >= 0 and place.quote else None
    if span is None:
        return replace(place, line=0, column=0, end_line=0, end_column=0)
    line, column = _position(source, span[0])
    end_line, end_column = _position(source, span[1])
    return replace(place, line=line, column=column, end_line=end_line, end_column=end_column)


def _position(source: str, offset: int) -> tuple[int, int]:
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def _find(place: Location, document: Document, source: str) -> tuple[int, int] | None:
    text = document.blocks[place.block].text
    before, quote, after = (
        _WORD.findall(part) for part in (text[: place.start], text[place.start : place.end], text[place.end :])
    )
    if not quote:
        return None
    near = _spans(before[-_NEIGHBOURS:], quote, after[:_NEIGHBOURS], source)
    if len(before[-_NEIGHBOURS:]) + len(quote) + len(after[:_NEIGHBOURS]) < _TELLING:
        near = [span for span in near if _is_alone(span, [*before, *quote, *after], source)]
    elif len(near) > 1:
        near = _spans(before, quote, after, source)
    elif not near and len(quote) >= _TELLING:
        near = _spans([], quote, [], source)
    return near[0] if len(near) == 1 else None


def _spans(before: Sequence[str], quote: Sequence[str], after: Sequence[str], source: str) -> list[tuple[int, int]]:
    """Where the quote stands between these words."""
    parts = [_BETWEEN.join(map(re.escape, words)) for words in (before, quote, after)]
    parts[1] = f"({parts[1]})"
    pattern = rf"(?<!\w){_BETWEEN.join(filter(None, parts))}(?!\w)"
    return [match.span(1) for match in re.finditer(pattern, source)]


def _is_alone(span: tuple[int, int], words: Sequence[str], source: str) -> bool:
    """Whether the lines of a span hold these words and no others, but for markup and the name of a field."""
    first = source.rfind("\n", 0, span[0]) + 1
    last = source.find("\n", span[1])
    lines = _TAG.sub(" ", source[first : last if last >= 0 else len(source)])
    return list(words) in (_WORD.findall(lines), _WORD.findall(_KEY.sub("", lines)))
