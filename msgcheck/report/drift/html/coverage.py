"""Second picture: which page says which agreed message, now against then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from msgcheck.model.drift import Drift, MessageDrift, PageDrift
from msgcheck.report.drift import wording
from msgcheck.report.drift.html.confusion import present
from msgcheck.report.drift.html.picture import MORE, NARROW, Format, Picture, Table
from msgcheck.report.drift.html.svg import load_altair, pictured
from msgcheck.report.drift.names import Names, folded, shortened
from msgcheck.report.drift.reasons import STATES
from msgcheck.report.plain import plain, shorten
from msgcheck.report.wording import counted

#: So many pages fit beside one another: words in the cells of a wide picture, signs in those of a narrow one.
_PAGES = {"wide": 10, "narrow": 6}
_MESSAGES = 12
_RANK = {"": 0, "missing": 0, "partial": 1, "covered": 2}
_WORDS = {"covered": "said", "partial": "in part", "missing": "–", "": ""}
_SIGNS = {"covered": "●", "partial": "◐", "missing": "–", "": ""}
_FILLS = {"covered": "var(--said)", "partial": "var(--part)", "missing": "var(--shade)", "": "var(--paper)"}


def picture(drift: Drift, names: Names) -> Picture:
    pages = [page for page in _most_changed(drift) if page.coverage]
    if not pages:
        return Picture(
            "coverage", "Do the pages say what was agreed?", "The positioning lists no messages to look for."
        )
    title = _title(pages, names)
    note = (
        "Which page says which agreed message now (● said, ◐ in part, – not there). Framed is what changed since "
        f"{wording.since(drift)}: ▲ said more, ▼ said less. Not every page has to say everything."
        f"{MORE if len(pages) > _PAGES['wide'] else ''}"
    )
    return pictured("coverage", title, note, lambda form: _chart(pages, names, form), _table(pages, names))


def _most_changed(drift: Drift) -> list[PageDrift]:
    return sorted(present(drift), key=lambda page: -len(page.messages))


def turn(message: MessageDrift) -> int:
    """1 where a page says a message more than before, -1 where less, 0 where it is the same or was not asked."""
    if not message.before or not message.after:
        return 0
    moved = _RANK[message.after] - _RANK[message.before]
    return (moved > 0) - (moved < 0)


def _title(pages: Sequence[PageDrift], names: Names) -> str:
    found = [(page, message, turn(message)) for page in pages for message in page.coverage]
    parts = []
    for sign, word in ((-1, "less"), (1, "more")):
        messages = {message.message for _, message, moved in found if moved == sign}
        where = list(dict.fromkeys(page.key for page, _, moved in found if moved == sign))
        if messages:
            verb = "is" if len(messages) == 1 else "are"
            parts.append(f"{counted(len(messages), 'agreed message')} {verb} said {word}, on {_where(where, names)}")
    return "; ".join(parts) or "Every page says the same agreed messages as before"


def _where(keys: Sequence[str], names: Names) -> str:
    return f"“{names.page(keys[0])}”" if len(keys) == 1 else counted(len(keys), "page")


def _shown(pages: Sequence[PageDrift], names: Names) -> list[str]:
    """The messages that changed on most pages, in the order in which they are agreed."""
    changes = Counter(message.message for page in pages for message in page.messages)
    known = sorted({message.message for page in pages for message in page.coverage})
    agreed = [id for id in names.messages if id in known]
    ids = [*agreed, *(id for id in known if id not in agreed)]
    kept = sorted(ids, key=lambda id: -changes[id])[:_MESSAGES]
    return [id for id in ids if id in kept]


def _chart(pages: Sequence[PageDrift], names: Names, form: Format) -> Any:
    """Drawn by place: what stands in a cell, over a column or before a row is text of its own."""
    altair = load_altair()
    grid = _Grid.of(pages[: _PAGES[form.name]], _shown(pages, names), form)
    cells = grid.cells()
    texts = [*grid.heads(names), *grid.rows(names), *cells]
    x = {"scale": altair.Scale(domain=[0, form.width], nice=False), "axis": None}
    y = {"scale": altair.Scale(domain=[grid.bottom, 0], nice=False), "axis": None}
    boxes = altair.Chart(altair.Data(values=cells)).mark_rect(cornerRadius=3, strokeWidth=1.5, opacity=1)
    words = altair.Chart(altair.Data(values=texts))
    return altair.layer(
        boxes.encode(
            x=altair.X("left:Q", **x),
            x2="right:Q",
            y=altair.Y("top:Q", **y),
            y2="bottom:Q",
            fill=altair.Fill("fill:N", scale=None, legend=None),
            stroke=altair.Stroke("edge:N", scale=None, legend=None),
        ),
        *(
            words.mark_text(align=align, baseline="middle", fontSize=size, fontWeight=weight, angle=angle)
            .transform_filter(altair.FieldEqualPredicate(field="look", equal=look))
            .encode(x=altair.X("x:Q", **x), y=altair.Y("y:Q", **y), text="text:N")
            for look, align, size, weight, angle in grid.looks
        ),
    ).properties(width=form.width, height=grid.bottom)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where columns (pages) and rows (messages) lie, in pixels."""

    pages: Sequence[PageDrift]
    messages: Sequence[str]
    narrow: bool
    label: int
    column: int
    row: int
    head: int

    @classmethod
    def of(cls, pages: Sequence[PageDrift], messages: Sequence[str], form: Format) -> _Grid:
        narrow = form is NARROW
        label = 130 if narrow else 320
        column = min((form.width - label) // len(pages), 46 if narrow else 110)
        return cls(pages, messages, narrow, label, column, *((48, 112) if narrow else (38, 54)))

    @property
    def bottom(self) -> int:
        return self.head + self.row * len(self.messages)

    @property
    def looks(self) -> tuple[tuple[str, str, int, int, int], ...]:
        """Alignment, size, weight and angle of each kind of text."""
        return (
            ("head", "left", 12, 400, 270) if self.narrow else ("head", "center", 12, 400, 0),
            ("row", "left", 11 if self.narrow else 13, 400, 0),
            ("same", "center", 13, 400, 0),
            ("moved", "center", 13, 700, 0),
        )

    def heads(self, names: Names) -> Iterator[dict[str, Any]]:
        """Upright where columns are narrow."""
        for n, page in enumerate(self.pages):
            name = _column(names.page(page.key))
            if self.narrow:
                x = self.label + (n + 0.5) * self.column
                yield {"look": "head", "x": x, "y": self.head - 6, "text": shortened(name, 17)}
                continue
            lines = folded(name, self.column // 7, 3)
            for line, text in enumerate(reversed(lines)):
                x = self.label + (n + 0.5) * self.column
                yield {"look": "head", "x": x, "y": self.head - 10 - 14 * line, "text": text}

    def rows(self, names: Names) -> Iterator[dict[str, Any]]:
        for n, id in enumerate(self.messages):
            lines = folded(names.message(id), 20 if self.narrow else 44, 3 if self.narrow else 2)
            for line, text in enumerate(lines):
                middle = self.head + (n + 0.5) * self.row
                y = middle + (line - (len(lines) - 1) / 2) * (14 if self.narrow else 16)
                yield {"look": "row", "x": 0, "y": y, "text": text}

    def cells(self) -> list[dict[str, Any]]:
        return [
            {**self._box(column, row), **self._content(found[id])}
            for column, page in enumerate(self.pages)
            if (found := {message.message: message for message in page.coverage})
            for row, id in enumerate(self.messages)
            if id in found
        ]

    def _box(self, column: int, row: int) -> dict[str, float]:
        left, top = self.label + column * self.column, self.head + row * self.row
        middle = {"x": left + self.column / 2, "y": top + self.row / 2}
        return {
            "left": left + 2,
            "right": left + self.column - 2,
            "top": top + 2,
            "bottom": top + self.row - 2,
            **middle,
        }

    def _content(self, message: MessageDrift) -> dict[str, str]:
        moved = turn(message)
        text = (_SIGNS if self.narrow else _WORDS)[message.after]
        if moved < 0 and message.after == "missing" and not self.narrow:
            text = "gone"
        fill = "var(--gone)" if moved < 0 else _FILLS[message.after]
        return {
            "look": "moved" if moved else "same",
            "text": {1: "▲ ", -1: "▼ ", 0: ""}[moved] + text,
            "fill": fill,
            "edge": "var(--ink)" if moved else fill,
        }


def _column(name: str) -> str:
    """A page's name over its column: the last part, without an ending."""
    last = name.rstrip("/").rpartition("/")[2]
    return last.rpartition(".")[0] or last


def _table(pages: Sequence[PageDrift], names: Names) -> Table:
    """A row for each message of each page, those that changed first."""
    found = [(page, message) for page in pages for message in page.coverage]
    found.sort(key=lambda row: turn(row[1]) == 0)
    return Table(
        ("Page", "Agreed message", "Before", "Now", "Closest words now"),
        tuple(
            (
                names.page(page.key),
                names.message(message.message),
                STATES[message.before],
                STATES[message.after],
                shorten(plain(message.now), 160),
            )
            for page, message in found
        ),
    )
