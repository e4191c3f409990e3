"""What a picture of the drift report consists of, and how its lines and labels look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture; the first cell of a row heads it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that goes with the windows of a format."""

    format: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: `title` says what to see, `note` how to read it, `drawings` are for wide and for narrow windows.

    Where there is nothing to draw, `note` says why.
    """

    id: str
    title: str
    note: str
    drawings: tuple[Drawing, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """How wide a picture is, in units of its text."""

    name: str
    width: int
    columns: int


#: Where a picture has no room for all pages.
MORE = " These are the pages that changed most; all are in the numbers behind it."
WIDE, NARROW = Format("wide", 960, 4), Format("narrow", 340, 2)
FORMATS: Sequence[Format] = (WIDE, NARROW)
