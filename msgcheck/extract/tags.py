"""What tags say about the text between them: where blocks end, which role they give, what is no copy at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.extract.jsx import Scan, Tag
from msgcheck.extract.keys import fold
from msgcheck.extract.names import names

_BLOCKS = names(
    """
    address article aside blockquote button caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p picture pre section summary table tbody td tfoot
    th thead tr ul video
"""
)
#: Elements whose content no reader sees as copy.
_SKIPPED = names("canvas iframe math noscript object pre script select style svg template textarea")
_SKIPPED_WORDS = names("code snippet terminal mermaid playground repl highlight math")
_ROLES = {
    **{f"h{level}": f"heading-{level}" for level in range(1, 7)},
    **dict.fromkeys(("heading", "title", "headline"), "heading-2"),
    **dict.fromkeys(("blockquote", "quote", "testimonial"), "quote"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("button", "cta"), "cta"),
    **dict.fromkeys(("td", "th"), "table"),
    "summary": "heading-3",
    "li": "list-item",
    "nav": "nav",
    "footer": "footer",
}
_INLINE = names("abbr b bdi cite code data del em i ins kbd mark q s small span strong sub sup time u var")
_LINKS = frozenset(("a", "link", "button", "cta"))
#: Nothing but tags since a line that is blank or made of tags; nothing but tags until one that is blank or begins so.
_ALONE_ABOVE = re.compile(r"(?:\A|\n)[ \t]*(?:<[^\n]*>|[^\n<>]*>|\}[)},; \t]*)?[ \t]*\n[ \t]*(?:<[^<>]*>[ \t]*)*\Z")
_ALONE_BELOW = re.compile(
    rf"[ \t]*(?:</?[^<>]*>[ \t]*)*(?:\Z|\n[ \t]*(?:\n|\Z|</?(?!(?:{'|'.join(sorted(_INLINE))})\b)[A-Za-z]))"
)
#: How far around a tag its neighbours are looked for.
_NEARBY = 400


@dataclass(frozen=True, slots=True)
class Setting:
    """What encloses the text from `start` on: its role ('' where no tag gives one), and the link that it stands in."""

    start: int
    role: str = ""
    name: str = ""
    link: int = -1
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Element:
    tag: Tag
    setting: Setting


class Tags:
    """The tags of one source.

    `skipped` are the ranges of elements that hold no copy; `shown` the tags outside them, `strings` the named strings.
    """

    def __init__(self, source: str, scan: Scan) -> None:
        self._source = source
        self._tags = scan.tags
        self.skipped = list(_skipped(scan.tags))
        self.shown = [tag for tag in scan.tags if not _within(tag.start + 1, self.skipped)]
        self.strings = [value for value in scan.strings if not _within(value.start, self.skipped)]
        self._settings = list(self._sweep())
        self._starts = [setting.start for setting in self._settings]
        self._breaks = [tag.start for tag in scan.tags if self._is_block(tag)]

    def setting(self, offset: int) -> Setting:
        return self._settings[bisect_right(self._starts, offset) - 1]

    def breaks(self, start: int, end: int) -> Sequence[int]:
        """Where block markup stands between two offsets."""
        return self._breaks[bisect_left(self._breaks, start) : bisect_right(self._breaks, end)]

    def _sweep(self) -> Iterator[Setting]:
        opened: list[_Element] = []
        yield Setting(0)
        for tag in self._tags:
            if tag.opens and not tag.closes:
                outer = opened[-1].setting if opened else Setting(0)
                opened.append(_Element(tag, self._inside(tag, outer)))
            elif tag.closes and not tag.opens:
                depth = next((i for i in range(len(opened) - 1, -1, -1) if opened[i].tag.name == tag.name), -1)
                if depth < 0:
                    continue
                del opened[depth:]
            else:
                continue
            inner = opened[-1].setting if opened else Setting(0)
            yield Setting(tag.end, inner.role, inner.name, inner.link, inner.href)

    def _inside(self, tag: Tag, outer: Setting) -> Setting:
        named = [tag.name] if tag.name in _ROLES or tag.name in _LINKS else fold(tag.name)
        role = next((_ROLES[word] for word in reversed(named) if word in _ROLES), "")
        if outer.role in ("nav", "footer"):
            role = outer.role
        if not _LINKS.isdisjoint(named) and (is_component(tag.name) or tag.name in _LINKS):
            return Setting(tag.end, role or outer.role, tag.name, tag.start, tag.href(self._source))
        return Setting(tag.end, role or outer.role, tag.name, outer.link, outer.href)

    def _is_block(self, tag: Tag) -> bool:
        return tag.name in _BLOCKS or (tag.name not in _INLINE and self._stands_alone(tag))

    def _stands_alone(self, tag: Tag) -> bool:
        """Whether no words stand before an opening or after a closing tag, on its line or on the next one over."""
        if tag.opens:
            first = max(0, tag.start - _NEARBY)
            return _ALONE_ABOVE.search(("" if first else "\n\n") + self._source[first : tag.start]) is not None
        return _ALONE_BELOW.match(self._source[tag.end : tag.end + _NEARBY]) is not None


def _within(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(ranges, (offset, 0)) - 1
    return place >= 0 and offset < ranges[place][1]


def is_component(name: str) -> bool:
    return name[:1].isupper() or "." in name or "-" in name


def _skipped(tags: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """Ranges of elements whose content is code, drawing or machinery."""
    until, name, depth = -1, "", 0
    for tag in tags:
        if name:
            if tag.name == name and tag.opens != tag.closes:
                depth += 1 if tag.opens else -1
                if depth == 0:
                    yield until, tag.end
                    name = ""
        elif tag.opens and not tag.closes and _is_skipped(tag.name):
            until, name, depth = tag.start, tag.name, 1


def _is_skipped(name: str) -> bool:
    if name.lower() in _SKIPPED:
        return True
    return is_component(name) and not _SKIPPED_WORDS.isdisjoint(fold(name))
