"""Third picture: misconceptions on calls and the minutes that they took, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgcheck.model.drift import Drift
from msgcheck.model.timeline import CallWeek
from msgcheck.report.drift import wording
from msgcheck.report.drift.html.picture import NARROW, Format, Picture, Table
from msgcheck.report.drift.html.svg import load_altair, pictured
from msgcheck.report.drift.names import Names
from msgcheck.report.wording import counted

#: Of more weeks than these the bars are too thin for their figures; then the oldest are left to the table.
_WEEKS = {"wide": 26, "narrow": 9}
_WEEK = timedelta(days=7)


def picture(drift: Drift, names: Names) -> Picture:
    weeks = drift.timeline.weeks
    title = "How much call time goes into clearing things up?"
    if not weeks:
        missing = f"{counted(drift.timeline.undated, 'call')} without a date. " if drift.timeline.undated else ""
        return Picture("calls", title, f"{missing}Calls with a date are drawn here: msgcheck check --calls FOLDER.")
    note = "Above, how often a prospect took the product for something else; below, minutes spent on clearing up."
    if drift.timeline.undated:
        note += f" {counted(drift.timeline.undated, 'call')} without a date left out."
    if _weeks_between(weeks) >= _WEEKS["wide"]:
        note += " Only the last weeks are drawn; all are in the numbers behind it."
    return pictured("calls", _title(drift), note, lambda form: _chart(weeks, form), _table(weeks))


def _title(drift: Drift) -> str:
    """What was heard since the earlier run, or in all where nothing was."""
    weeks = drift.timeline.weeks
    recent = [week for week in weeks if week.start >= drift.before.started[:10]]
    told, since = (recent, f"Since {wording.since(drift)}") if recent else (weeks, "In all")
    times = counted(sum(week.misconceptions for week in told), "time")
    spent = wording.duration(sum(week.minutes for week in told))
    calls = counted(sum(week.calls for week in told), "call")
    return f"{since}, prospects took it for something else {times} in {calls}; clearing up took {spent}"


def _short(minutes: float) -> str:
    """'0.9', '12': below ten minutes the seconds count."""
    return f"{minutes:.0f}" if minutes >= 10 else f"{minutes:.1f}".removesuffix(".0")


def _weeks_between(weeks: Sequence[CallWeek]) -> int:
    return (date.fromisoformat(weeks[-1].start) - date.fromisoformat(weeks[0].start)) // _WEEK


def _every_week(weeks: Sequence[CallWeek], most: int) -> list[CallWeek]:
    """The last weeks, those without calls among them."""
    known = {week.start: week for week in weeks}
    last = date.fromisoformat(weeks[-1].start)
    first = max(date.fromisoformat(weeks[0].start), last - (most - 1) * _WEEK)
    days = [first + n * _WEEK for n in range((last - first) // _WEEK + 1)]
    return [known.get(day.isoformat(), CallWeek(day.isoformat(), 0, 0, 0, 0.0, None)) for day in days]


def _chart(weeks: Sequence[CallWeek], form: Format) -> Any:
    altair = load_altair()
    shown = _every_week(weeks, _WEEKS[form.name])
    rows = [
        {
            "week": n,
            "day": _day(week.start),
            "times": week.misconceptions,
            "minutes": week.minutes,
            "said": str(week.misconceptions) if week.calls else "",
            "took": _short(week.minutes) if week.calls else "no calls",
        }
        for n, week in enumerate(shown)
    ]
    return altair.vconcat(
        _bars(altair, rows, ("times", "said", "times it was taken for something else", "var(--worst)"), form),
        _bars(altair, rows, ("minutes", "took", "minutes of clearing up", "var(--middle)"), form),
        spacing=26,
    )


def _bars(altair: Any, rows: Sequence[dict[str, Any]], shown: tuple[str, str, str, str], form: Format) -> Any:
    field, label, title, colour = shown
    width = form.width - 8
    most = max(*(row[field] for row in rows), 1)
    size = min(56, round(0.65 * width / len(rows)))
    step = -(-len(rows) // (6 if form is NARROW else 13))
    names = altair.Axis(
        title=None,
        labelAngle=0,
        values=[row["day"] for row in rows[::step]],
        labelOverlap=False,
    )
    x = altair.X("day:O", sort=None, axis=names, scale=altair.Scale(padding=0.1))
    y = altair.Y(f"{field}:Q", axis=None, scale=altair.Scale(domain=[0, most * 1.25], nice=False))
    base = altair.Chart(altair.Data(values=list(rows))).encode(x=x)
    return altair.layer(
        base.mark_bar(fill=colour, cornerRadiusTopLeft=2, cornerRadiusTopRight=2, size=size).encode(y=y),
        base.mark_text(dy=-8, fontSize=12).encode(y=y, text=f"{label}:N"),
        altair.Chart(altair.Data(values=[{"title": title}]))
        .mark_text(align="left", x=0, y=-8, fontWeight=600)
        .encode(text="title:N"),
    ).properties(width=width, height=84)


def _day(start: str) -> str:
    day = date.fromisoformat(start)
    return f"{day.day} {day:%b}"


def _table(weeks: Sequence[CallWeek]) -> Table:
    return Table(
        ("Week from", "Calls", "Taken for something else", "Moments of confusion", "Minutes of clearing up"),
        tuple(
            (week.start, str(week.calls), str(week.misconceptions), str(week.moments), f"{week.minutes:.1f}")
            for week in weeks
        ),
    )
