"""First picture: the confusion of each page over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgcheck.model.drift import Change, Drift, PageDrift
from msgcheck.model.timeline import PageCourse, PagePoint
from msgcheck.report.drift import wording
from msgcheck.report.drift.html.axis import Axis, other_changes, told_changes
from msgcheck.report.drift.html.picture import Format, Picture, Table
from msgcheck.report.drift.html.svg import load_altair, pictured
from msgcheck.report.drift.names import Names, shortened
from msgcheck.report.drift.reasons import Look, look
from msgcheck.report.wording import CONFUSING, counted

#: In more panels than these one finds nothing; the pages that moved least share the last one.
MOST = 12
_HEIGHT = 72
_LOOKS: Sequence[Look] = ("worse", "better", "same")
_COLOURS: Mapping[Look, str] = {"worse": "var(--worst)", "better": "var(--fine)", "same": "var(--same)"}
#: In panels narrower than this there is no room for words beside the figures.
_ROOMY = 170


@dataclass(frozen=True, slots=True)
class _Panel:
    name: str
    change: Change
    places: Sequence[tuple[str | int, float]]


def picture(drift: Drift, names: Names) -> Picture:
    axis = Axis.of(drift)
    panels = _panels(drift, names, axis)
    title = _title(drift, names)
    note = (
        "How unsure a first-time reader is of what is sold: at 0 it is clear, in the shaded half confusing. "
        f"The hollow dot is {wording.since(drift)}, the full one {wording.day(drift.after)}.{told_changes(drift, axis)}"
    )
    return pictured("confusion", title, note, lambda form: _chart(drift, panels, axis, form), _table(drift, names))


def present(drift: Drift) -> list[PageDrift]:
    """The pages that there are now, those that moved most first, then the most confusing."""
    pages = [page for page in drift.pages if page.confusion.after is not None]
    return sorted(pages, key=lambda page: (-abs(page.confusion.by), -(page.confusion.after or 0.0), page.key))


def _title(drift: Drift, names: Names) -> str:
    pages = [page for page in present(drift) if page.confusion.before is not None]
    moved = (
        ([page for page in pages if page.confusion.by >= wording.NOTICEABLE], "less clear"),
        ([page for page in pages if page.confusion.by <= -wording.NOTICEABLE], "clearer"),
    )
    told = [f"{_named(found, names)} became {word}" for found, word in moved if found]
    return "; ".join(told) or "No page became clearer or less clear"


def _named(pages: Sequence[PageDrift], names: Names) -> str:
    more = f" and {counted(len(pages) - 1, 'other page')}" if len(pages) > 1 else ""
    return f"“{names.page(pages[0].key)}”{more}"


def _panels(drift: Drift, names: Names, axis: Axis) -> list[_Panel]:
    courses = {course.key: course for course in drift.timeline.pages}
    pages = [page for page in present(drift) if page.key in courses]
    alone = pages if len(pages) <= MOST else pages[: MOST - 1]
    rest = [courses[page.key] for page in pages[len(alone) :]]
    panels = [
        _Panel(
            names.page(page.key),
            page.confusion,
            [(axis.place(point), point.confusion) for point in courses[page.key].points],
        )
        for page in sorted(alone, key=lambda page: _LOOKS.index(look(page.confusion)))
    ]
    return [*panels, _together(rest, drift, axis)] if rest else panels


def _together(courses: Sequence[PageCourse], drift: Drift, axis: Axis) -> _Panel:
    """The mean of several pages in each run."""
    by_run: dict[int, list[PagePoint]] = defaultdict(list)
    for course in courses:
        for point in course.points:
            by_run[point.run].append(point)
    means = {run: round(sum(p.confusion for p in points) / len(points), 3) for run, points in by_run.items()}
    places = [(axis.place(by_run[run][0]), means[run]) for run in axis.order if run in means]
    change = Change(means.get(drift.before.id), means.get(drift.after.id))
    return _Panel(f"the other {len(courses)}, on average", change, places)


def _chart(drift: Drift, panels: Sequence[_Panel], axis: Axis, form: Format) -> Any:
    """A panel a page; all panels share their axes."""
    altair = load_altair()
    width = (form.width - 44) // form.columns - 22
    rows = [row for n, panel in enumerate(panels) for row in _rows(n, panel, drift, axis, width)]
    base = altair.Chart(altair.Data(values=rows))

    def kind(name: str) -> Any:
        return base.transform_filter(altair.FieldEqualPredicate(field="kind", equal=name))

    x = axis.x(altair, labelled=False)
    scale = altair.Scale(domain=[0, 1], nice=False)
    y = altair.Y("value:Q", scale=scale, axis=altair.Axis(values=[0, 0.5, 1], title=None, format="~g"))
    stroke = altair.Stroke("colour:N", scale=None, legend=None)
    fill = altair.Fill("fill:N", scale=None, legend=None)
    hue = altair.Color("colour:N", scale=None, legend=None)
    small = {"fontSize": 12, "color": "var(--dim)"}
    layers = altair.layer(
        kind("shade").mark_rect(fill="var(--shade)", opacity=1).encode(y=y, y2="high:Q"),
        kind("floor").mark_rule(stroke="var(--line)").encode(y=y),
        kind("mark").mark_rule(stroke="var(--dim)", strokeDash=[3, 3]).encode(x=x),
        kind("line").mark_line(strokeWidth=2, strokeJoin="round").encode(x=x, y=y, stroke=stroke),
        kind("end").mark_point(size=55, strokeWidth=2, opacity=1).encode(x=x, y=y, stroke=stroke, fill=fill),
        kind("first").mark_text(align="left", x=0, y=_HEIGHT + 12, **small).encode(text="day:N"),
        kind("last").mark_text(align="right", x=width, y=_HEIGHT + 12, **small).encode(text="day:N"),
        kind("head").mark_text(align="left", x=0, y=-25, fontWeight=600).encode(text="name:N"),
        kind("head").mark_text(align="left", x=0, y=-9, fontSize=12).encode(text="told:N", color=hue),
    )
    return layers.properties(width=width, height=_HEIGHT).facet(
        altair.Facet("panel:O", header=altair.Header(labelExpr="''", labelFontSize=1, title=None)),
        columns=form.columns,
        spacing={"row": 44, "column": 22},
    )


def _rows(n: int, panel: _Panel, drift: Drift, axis: Axis, width: int) -> Iterator[dict[str, Any]]:
    """All that stands in a panel of a width in pixels."""
    hue = _COLOURS[look(panel.change)]
    yield {"panel": n, "kind": "shade", "value": CONFUSING, "high": 1}
    yield {"panel": n, "kind": "floor", "value": 0}
    for name, end in zip(("first", "last"), axis.ends, strict=True):
        yield {"panel": n, "kind": name, "day": axis.told(end)}
    for point in other_changes(drift):
        yield {"panel": n, "kind": "mark", "at": axis.place(point)}
    for at, value in panel.places:
        yield {"panel": n, "kind": "line", "at": at, "value": value, "colour": hue}
    ends = ((axis.since, panel.change.before, "var(--paper)"), (axis.until, panel.change.after, hue))
    for at, known, fill in ends:
        if known is not None:
            yield {"panel": n, "kind": "end", "at": at, "value": known, "colour": hue, "fill": fill}
    name, words = shortened(panel.name, width // 8), told(panel.change, short=width < _ROOMY)
    yield {"panel": n, "kind": "head", "name": name, "told": words, "colour": hue}


def told(change: Change, *, short: bool) -> str:
    """'▲ 0.31 → 0.46 less clear': the sign and the words say what the colour says; the sign alone where it is short."""
    if change.before is None:
        return f"{change.after:.2f} new page"
    if abs(change.by) < wording.NOTICEABLE:
        return f"{change.after:.2f} as before"
    sign, word = ("▲", "less clear") if change.by > 0 else ("▼", "clearer")
    moved = f"{sign} {change.before:.2f} → {change.after:.2f}"
    return moved if short else f"{moved} {word}"


def _table(drift: Drift, names: Names) -> Table:
    return Table(
        ("Page", wording.since(drift), wording.day(drift.after), "Change"),
        tuple((names.page(page.key), *wording.three(page.confusion)) for page in present(drift)),
    )
