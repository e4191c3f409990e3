"""How confusion on calls develops: calls by week, or by month where they spread over more than a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgcheck.measure.values import CallMeasures
from msgcheck.model import CallsPeriod

_QUARTER = timedelta(days=92)
#: A single period shows no development.
_LEAST = 2


def trend(calls: Sequence[CallMeasures]) -> tuple[CallsPeriod, ...]:
    """The periods in which calls have a date, oldest first; none where there are fewer than two."""
    dated = [(date.fromisoformat(call.call.date), call) for call in calls if call.call.date]
    if not dated:
        return ()
    days = [day for day, _ in dated]
    by_month = max(days) - min(days) > _QUARTER
    periods: dict[date, list[CallMeasures]] = {}
    for day, call in dated:
        start = day.replace(day=1) if by_month else day - timedelta(days=day.weekday())
        periods.setdefault(start, []).append(call)
    if len(periods) < _LEAST:
        return ()
    unit = "month" if by_month else "week"
    return tuple(_period(start, unit, held) for start, held in sorted(periods.items()))


def _period(start: date, unit: str, held: Sequence[CallMeasures]) -> CallsPeriod:
    return CallsPeriod(
        start=start.isoformat(),
        unit="month" if unit == "month" else "week",
        calls=len(held),
        confused=sum(bool(call.moments) for call in held),
        moments=sum(len(call.moments) for call in held),
        clarifying_s=sum(call.clearing.seconds for call in held if call.clearing),
    )
