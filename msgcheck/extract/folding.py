"""Fold white space while every character keeps its line and column in the source."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from msgcheck.model import Anchor

#: Characters without width or meaning for a reader: joiners, soft hyphens, direction marks, control codes.
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_PIECE = re.compile(
    rf"(?P<words>[^\s{_INVISIBLE}]+(?: [^\s{_INVISIBLE}]+)*)|(?P<space>\s+)|[{_INVISIBLE}]+",
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """Line and column (both from 1) of every offset in a source text."""

    __slots__ = ("_starts",)

    def __init__(self, source: str) -> None:
        if "\r" in source:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
        else:
            self._starts = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Folded:
    """Text with its white space folded, and where it stands."""

    text: str
    anchors: tuple[Anchor, ...]


class Folder:
    """Collects pieces of source text and folds them into one line."""

    __slots__ = ("_gap", "_length", "_parts", "_places")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[tuple[int, int, int]] = []
        self._length = 0
        self._gap: int | None = None

    def __bool__(self) -> bool:
        return bool(self._parts)

    @property
    def last(self) -> str:
        """The last character, or a space where one is due."""
        if not self._parts or self._gap is not None:
            return " "
        return self._parts[-1][-1]

    def space(self) -> None:
        """White space that stands nowhere in the text of the source, as for `<br>`."""
        if self._gap is None:
            self._gap = -1

    def add(self, text: str, offset: int, width: int = 1) -> None:
        """Text that runs unbroken in the source, the first character at `offset`.

        With a `width` over 1, so many characters of the source stand for all of the text.
        """
        for piece in _PIECE.finditer(text):
            if words := piece["words"]:
                self._put(words, offset + (piece.start() if width == 1 else 0), width)
            elif piece["space"] and self._gap is None:
                self._gap = offset + piece.start()

    def add_markup(self, source: str, start: int, end: int) -> None:
        """Source text in which entities stand for characters."""
        if source.find("&", start, end) < 0:
            self.add(source[start:end], start)
            return
        position = start
        for entity in _ENTITY.finditer(source, start, end):
            decoded = html.unescape(entity[0])
            if decoded == entity[0]:
                continue
            self.add(source[position : entity.start()], position)
            self.add(decoded, entity.start(), len(entity[0]))
            position = entity.end()
        self.add(source[position:end], position)

    def _put(self, words: str, offset: int, width: int) -> None:
        if self._gap is not None and self._parts:
            if self._gap >= 0:
                self._places.append((self._length, self._gap, 1))
            self._parts.append(" ")
            self._length += 1
        self._gap = None
        self._places.append((self._length, offset, width))
        self._parts.append(words)
        self._length += len(words)

    def finish(self, lines: Lines) -> Folded:
        """The folded text; the first anchor is at offset 0 unless the text is empty."""
        anchors: list[Anchor] = []
        for offset, place, width in self._places:
            line, column = lines.place(place)
            last = anchors[-1] if anchors else None
            if last is None or width > 1 or (line, column) != _after(last, offset):
                anchors.append(Anchor(offset, line, column, width))
        return Folded("".join(self._parts), tuple(anchors))


def _after(anchor: Anchor, offset: int) -> tuple[int, int] | None:
    """Where the character at `offset` stands if its text runs on from the anchor; None past an entity."""
    return (anchor.line, anchor.column + offset - anchor.offset) if anchor.width == 1 else None


def plain(source: str) -> str:
    """Text with its entities read and its white space folded, where places do not matter."""
    folder = Folder()
    folder.add_markup(source, 0, len(source))
    return folder.finish(Lines("")).text if folder else ""
