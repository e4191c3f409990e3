"""The table of pages for a terminal: aligned, one line a page, as many columns as the width holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

_GAP = 2
#: The column of names gives way down to this; then the columns that matter least go.
_SHORTEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers under a name, set to the right. The column with the greatest `rank` is the first to go."""

    name: str
    rank: int
    cells: tuple[Text, ...]

    @property
    def width(self) -> int:
        return max(cell_len(self.name), *(cell.cell_len for cell in self.cells))


def table(titles: Sequence[str], names: Sequence[str], columns: Sequence[Column], width: int, gap: str) -> list[Text]:
    """The head and a line for each name, none wider than `width` cells.

    The first of the `titles` that fits stands over the names; `gap` is one character for what was cut out of a name.
    """
    longest = max(map(cell_len, (titles[0], *names)))
    kept = list(columns)
    while kept and _left(kept, width) < min(longest, _SHORTEST_NAME):
        kept.remove(max(kept, key=lambda column: column.rank))
    room = max(1, min(longest, _left(kept, width)))
    title = next((title for title in titles if cell_len(title) <= room), "")
    head = [Text(title, style="dim"), *(Text(column.name, style="dim") for column in kept)]
    rows = [
        [Text(shorten_middle(name, room, gap)), *(column.cells[row] for column in kept)]
        for row, name in enumerate(names)
    ]
    widths = [column.width for column in kept]
    return [_line(cells, room, widths) for cells in (head, *rows)]


def shorten_middle(text: str, width: int, gap: str = "…") -> str:
    """At most `width` cells: the start and the end of a path tell more than its middle."""
    if cell_len(text) <= width:
        return text
    tail, head = (width - 1) // 2, width - 1 - (width - 1) // 2
    return f"{_fitting(text, head)}{gap}{_fitting(text[::-1], tail)[::-1]}"


def _fitting(text: str, width: int) -> str:
    """The longest beginning of `text` that `width` cells hold."""
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[:index]
    return text


def _left(columns: Sequence[Column], width: int) -> int:
    return width - sum(_GAP + column.width for column in columns)


def _line(cells: Sequence[Text], room: int, widths: Sequence[int]) -> Text:
    line = cells[0].copy()
    line.pad_right(room - line.cell_len)
    for cell, width in zip(cells[1:], widths, strict=True):
        line.append(" " * (_GAP + width - cell.cell_len))
        line.append_text(cell)
    line.rstrip()
    return line
