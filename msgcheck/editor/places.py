"""Places in a source as an editor counts them: lines and columns from 0, columns in the units it asked for."""

from __future__ import annotations

import re

from lsprotocol import types
from pygls.workspace import PositionCodec

from msgcheck.model import Location

#: What ends a line, for editors as for msgcheck; pygls and `str.splitlines` know more line ends than both.
_LINE_END = re.compile(r"\r\n|\n|\r")


class Places:
    """Turns the places of one text into an editor's."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self.lines = _LINE_END.split(text)
        self._codec = codec

    def range_of(self, location: Location) -> types.Range:
        """The words that a location points at; the first line where it means the whole page."""
        if location.line == 0:
            return types.Range(types.Position(0, 0), self.position(1, len(self.lines[0]) + 1))
        start = self.position(location.line, location.column)
        if not location.end_line:
            return types.Range(start, self.position(location.line, len(self._line(location.line)) + 1))
        return types.Range(start, self.position(location.end_line, location.end_column))

    def position(self, line: int, column: int) -> types.Position:
        """Of a line and column that count from 1 and in characters; past the end of a line is its end."""
        before = self._line(line)[: column - 1]
        return types.Position(line - 1, self._codec.client_num_units(before))

    def between(self, location: Location) -> str:
        """The characters of the source that stand at a location; empty where it runs over several lines."""
        if not location.line or location.line != location.end_line:
            return ""
        return self._line(location.line)[location.column - 1 : location.end_column - 1]

    def _line(self, line: int) -> str:
        return self.lines[line - 1] if line <= len(self.lines) else ""


def overlaps(one: types.Range, two: types.Range) -> bool:
    """Whether two ranges share a character or touch."""
    return _order(one.start) <= _order(two.end) and _order(two.start) <= _order(one.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
