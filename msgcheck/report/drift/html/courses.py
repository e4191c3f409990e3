"""Fourth and fifth picture: how words got better or worse, and how far pages and talk wander from the positioning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from msgcheck.model.drift import Change, Drift, PageDrift
from msgcheck.model.timeline import SitePoint
from msgcheck.report.drift import wording
from msgcheck.report.drift.html.axis import Axis, told_changes
from msgcheck.report.drift.html.confusion import MOST, present
from msgcheck.report.drift.html.picture import MORE, NARROW, Format, Picture, Table
from msgcheck.report.drift.html.svg import load_altair, pictured
from msgcheck.report.drift.names import Names, shortened


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the whole site over time: `value` of a point, and how its figures are written.

    Its axis reaches to `top` at least; a change of less than `noticeable` is told as none.
    """

    name: str
    value: Callable[[SitePoint], float | None]
    told: Callable[[float], str]
    top: float
    colour: str
    noticeable: float


def wordings(drift: Drift, names: Names) -> Picture:
    lines = (
        Line("Jargon: words of 100", lambda point: point.jargon, "{:.1f}".format, 0.0, "var(--jargon)", 0.1),
        Line("Vague: claims of 100", lambda point: 100 * point.vague, "{:.0f}".format, 0.0, "var(--vague)", 1.0),
    )
    ends = [_change(drift, line) for line in lines]
    title = f"Jargon {_went(ends[0], lines[0])} words in 100; vague claims {_went(ends[1], lines[1])} in 100"
    axis = Axis.of(drift)
    note = (
        "Words of jargon in 100 words of copy, and claims of 100 in which nothing specific is said, on all pages "
        f"together. Fewer is better.{told_changes(drift, axis)}"
    )
    return pictured("words", title, note, lambda form: _lines(drift, axis, lines, form), _words_table(drift, names))


def meaning(drift: Drift, names: Names) -> Picture:
    pages = [page for page in present(drift) if page.distance.after is not None]
    if not pages:
        note = "There is no positioning to compare with, or no run has measured the distance yet: the next one will."
        return Picture("meaning", "How far do pages stand from the positioning?", note)
    pages.sort(key=lambda page: (-(page.distance.after or 0.0), page.key))
    note = (
        "How far apart in meaning a page and the agreed positioning are: 0 is the same; pages written to their "
        "positioning stand at about 0.2, pages about another product at about 0.6. "
        f"The hollow dot is {wording.since(drift)}, the full one {wording.day(drift.after)}."
        f"{MORE if len(pages) > MOST else ''}"
    )
    return pictured(
        "meaning", _far_title(drift, pages, names), note, lambda form: _far(drift, pages, names, form),
        _far_table(drift, pages, names),
    )  # fmt: skip


def _change(drift: Drift, line: Line) -> Change:
    values = {point.run: line.value(point) for point in drift.timeline.site}
    return Change(values.get(drift.before.id), values.get(drift.after.id))


def _went(change: Change, line: Line) -> str:
    """'rose from 3.1 to 4.4', 'stayed at 3.1'."""
    if change.before is None or change.after is None or abs(change.by) < line.noticeable:
        return f"stayed at {line.told(change.after or 0.0)}"
    return f"{'rose' if change.by > 0 else 'fell'} from {line.told(change.before)} to {line.told(change.after)}"


def _lines(drift: Drift, axis: Axis, lines: Sequence[Line], form: Format) -> Any:
    altair = load_altair()
    narrow = form is NARROW
    width = form.width - 60 if narrow else form.width // len(lines) - 56
    charts = [_line(altair, drift, axis, line, width) for line in lines]
    return altair.vconcat(*charts, spacing=40) if narrow else altair.hconcat(*charts, spacing=52)


def _line(altair: Any, drift: Drift, axis: Axis, line: Line, width: int) -> Any:
    points: list[dict[str, Any]] = [
        {"at": axis.place(point), "value": value, "label": line.told(value), "run": point.run}
        for point in drift.timeline.site
        if (value := line.value(point)) is not None
    ]
    top = max(line.top, 1.3 * max((point["value"] for point in points), default=0.0)) or 1.0
    x = axis.x(altair)
    scale = altair.Scale(domain=[0, top], nice=False)
    y = altair.Y("value:Q", scale=scale, axis=altair.Axis(values=[0], title=None, format=".0f"))

    def layer(rows: Sequence[dict[str, Any]]) -> Any:
        return altair.Chart(altair.Data(values=list(rows)))

    ends = [
        {**point, "fill": line.colour if point["run"] == drift.after.id else "var(--paper)"}
        for point in points
        if point["run"] in (drift.before.id, drift.after.id)
    ]
    marks = [{"at": axis.place(point)} for point in drift.timeline.site[1:] if point.marks]
    return altair.layer(
        layer([{"value": 0}]).mark_rule(stroke="var(--line)").encode(y=y),
        layer(marks).mark_rule(stroke="var(--dim)", strokeDash=[3, 3]).encode(x=x),
        layer(points).mark_line(stroke=line.colour, strokeWidth=2.5, strokeJoin="round").encode(x=x, y=y),
        layer(ends)
        .mark_point(stroke=line.colour, size=70, strokeWidth=2, opacity=1)
        .encode(x=x, y=y, fill=altair.Fill("fill:N", scale=None, legend=None)),
        *(
            layer([end for end in ends if end["run"] == run])
            .mark_text(align=align, dx=shift, dy=-14, fontWeight=600)
            .encode(x=x, y=y, text="label:N")
            for run, align, shift in ((drift.before.id, "left", 0), (drift.after.id, "right", -4))
        ),
        layer([{"name": line.name}]).mark_text(align="left", x=0, y=-12, fontWeight=600).encode(text="name:N"),
    ).properties(width=width, height=130)


def _words_table(drift: Drift, names: Names) -> Table:
    rows = [
        (names.page(page.key), *wording.three(page.jargon, 1), *wording.three(_hundredfold(page.vague), 0))
        for page in present(drift)
    ]
    since = wording.since(drift)
    head = ("Page", f"Jargon in 100 words, {since}", "now", "Change", f"Vague claims in 100, {since}", "now", "Change")
    return Table(head, tuple(rows))


def _hundredfold(change: Change) -> Change:
    return Change(*(None if value is None else 100 * value for value in (change.before, change.after)))


def _far_title(drift: Drift, pages: Sequence[PageDrift], names: Names) -> str:
    change, furthest = drift.distance, names.page(pages[0].key)
    if change.before is None or not wording.moved_far(change):
        moved = "The site as a whole stands as far from the positioning as before"
    else:
        moved = f"The site as a whole moved {'away from' if change.by > 0 else 'towards'} the positioning"
    return f"{moved}; “{furthest}” is furthest from it"


def _far(drift: Drift, pages: Sequence[PageDrift], names: Names, form: Format) -> Any:
    """The site, its spread and the reps over time, then a row a page."""
    lines = [
        Line(name, value, "{:.2f}".format, 0.8, colour, 0.0)
        for name, value, colour in (
            ("All pages from the positioning", attrgetter("distance"), "var(--mismatch)"),
            ("One page from another", attrgetter("spread"), "var(--dim)"),
            ("Reps' talk from the positioning", attrgetter("rep_distance"), "var(--accent)"),
        )
    ]
    known = [line for line in lines if any(line.value(point) is not None for point in drift.timeline.site)]
    rows = _far_chart(pages, names, form)
    return load_altair().vconcat(_lines(drift, Axis.of(drift), known, form), rows, spacing=44) if known else rows


def _far_chart(pages: Sequence[PageDrift], names: Names, form: Format) -> Any:
    """A row a page, with its name before it, or above it where there is no room."""
    altair = load_altair()
    narrow = form is NARROW
    moved = sorted(pages, key=lambda page: -abs(page.distance.by))[:MOST]
    rows = [_far_row(n, page, names, narrow=narrow) for n, page in enumerate(page for page in pages if page in moved)]
    left, right, lift = (8, 8, -17) if narrow else (250, 178, 0)
    end = form.width - right - 8
    top = max(0.7, *(row["now"] + 0.05 for row in rows), *((row["was"] or 0.0) + 0.05 for row in rows))
    scale = altair.Scale(domain=[0, round(top, 2)], range=[left, end], nice=False)
    x = altair.X("now:Q", scale=scale, axis=altair.Axis(values=[0, 0.2, 0.4, 0.6], title=None, format=".1f"))
    fill, stroke, color = (
        kind("colour:N", scale=None, legend=None) for kind in (altair.Fill, altair.Stroke, altair.Color)
    )
    base = altair.Chart(altair.Data(values=rows)).encode(y=altair.Y("row:O", axis=None))
    known = base.transform_filter("datum.was !== null")
    side, at = ("right", end) if narrow else ("left", end + 14)
    return altair.layer(
        base.mark_rule(stroke="var(--line)", x=left, x2=end),
        known.mark_rule(strokeWidth=3).encode(x=x, x2="was:Q", stroke=stroke),
        known.mark_point(size=70, strokeWidth=2, fill="var(--paper)", opacity=1).encode(x="was:Q", stroke=stroke),
        base.mark_point(size=80, strokeWidth=2, opacity=1).encode(x=x, stroke=stroke, fill=fill),
        base.mark_text(align="left", x=0, dy=lift, fontWeight=600).encode(text="name:N"),
        base.mark_text(align=side, x=at, dy=lift, fontSize=12).encode(text="told:N", color=color),
    ).properties(width=form.width - 8, height=altair.Step(46 if narrow else 30))


def _far_row(row: int, page: PageDrift, names: Names, *, narrow: bool) -> dict[str, Any]:
    change = page.distance
    if change.before is None:
        told, colour = f"{change.after:.2f}", "var(--same)"
    elif not wording.moved_far(change):
        told, colour = f"{change.after:.2f} as before", "var(--same)"
    elif change.by > 0:
        told, colour = f"▲ {change.before:.2f} → {change.after:.2f} further", "var(--worst)"
    else:
        told, colour = f"▼ {change.before:.2f} → {change.after:.2f} nearer", "var(--fine)"
    name = shortened(names.page(page.key), 20 if narrow else 29)
    return {"row": row, "name": name, "was": change.before, "now": change.after, "told": told, "colour": colour}


def _far_table(drift: Drift, pages: Sequence[PageDrift], names: Names) -> Table:
    site = [
        (name, *wording.three(change))
        for name, change in (
            ("All pages together", drift.distance),
            ("One page from another, on average", drift.spread),
            ("What reps say on calls", drift.rep_distance),
        )
        if change.after is not None
    ]
    rows = [*site, *((names.page(page.key), *wording.three(page.distance)) for page in pages)]
    return Table(("Distance", wording.since(drift), wording.day(drift.after), "Change"), tuple(rows))
