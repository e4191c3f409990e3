"""Time in pictures: by day, or by run where all runs are of one day; and what else changed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from msgcheck.model.drift import Drift
from msgcheck.model.timeline import PagePoint, SitePoint
from msgcheck.report.drift.wording import CAUSES, written
from msgcheck.report.wording import listed


@dataclass(frozen=True, slots=True)
class Axis:
    """Where runs stand on the time axis: `ends` are the first and last place, `since` and `until` the runs compared."""

    by_day: bool
    order: tuple[int, ...]
    ends: tuple[str | int, str | int]
    since: str | int
    until: str | int

    @classmethod
    def of(cls, drift: Drift) -> Axis:
        site = drift.timeline.site
        order = tuple(point.run for point in site)
        by_day = len({point.day for point in site}) > 1
        compared = drift.before, drift.after
        if by_day:
            since, until = (run.started[:10] for run in compared)
            return cls(by_day, order, (site[0].day, site[-1].day), since, until)
        places = [order.index(run.id) if run.id in order else 0 for run in compared]
        return cls(by_day, order, (0, max(1, len(order) - 1)), *places)

    def place(self, point: SitePoint | PagePoint) -> str | int:
        return point.day if self.by_day else self.order.index(point.run)

    def told(self, end: str | int) -> str:
        """'6 Oct 25', 'run 3'."""
        return f"run {int(end) + 1}" if isinstance(end, int) else f"{_date(end).day} {_date(end):%b %y}"

    def x(self, altair: Any, *, labelled: bool = True) -> Any:
        """The encoding of the field `at`: the first and the last day alone are labelled."""
        kind = "temporal" if self.by_day else "quantitative"
        scale = altair.Scale(type="utc" if self.by_day else "linear", domain=list(self.ends), nice=False)
        values = [_timestamp(end) for end in self.ends] if self.by_day else list(self.ends)
        expression = "utcFormat(datum.value, '%-d %b %y')" if self.by_day else "'run ' + (datum.value + 1)"
        labels = altair.Axis(values=values, labelFlush=True, labelExpr=expression, title=None)
        return altair.X("at", type=kind, scale=scale, axis=labels if labelled else None)


def _timestamp(day: str | int) -> dict[str, Any]:
    """A day as Vega writes dates, in UTC."""
    moment = _date(day)
    return {"year": moment.year, "month": moment.month, "date": moment.day, "utc": True}


def other_changes(drift: Drift) -> list[SitePoint]:
    """The runs, after the first of the picture, for which something else than the copy was new."""
    return [point for point in drift.timeline.site[1:] if point.marks]


def told_changes(drift: Drift, axis: Axis) -> str:
    """' Dashed: another positioning (3 October 2026).', or nothing."""
    told = [
        f"{listed([CAUSES[cause] for cause in point.marks])} ({written(point.day)})" for point in other_changes(drift)
    ]
    dashed = "Dashed lines" if len(told) > 1 else "Dashed line"
    return f" {dashed}: {'; '.join(told)}." if told else ""


def _date(day: str | int) -> date:
    return date.fromisoformat(str(day))
