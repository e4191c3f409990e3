"""Says where a drift crossed the limits of the configuration: which page, what, by how much."""

from __future__ import annotations

from collections.abc import Callable

from msgcheck.model.alerts import Alert, AlertMeasure
from msgcheck.model.drift import Drift
from msgcheck.report.wording import counted, listed

#: The measures that have a before and an after, with their digits.
_SCORES: dict[AlertMeasure, tuple[str, int]] = {
    "confusion": ("confusion", 2),
    "vague": ("the share of vague claims", 2),
    "jargon": ("words of jargon in 100", 1),
    "distance": ("the distance from the positioning", 2),
}
_NEW: dict[AlertMeasure, str] = {"new_error": "error", "new_warning": "warning", "new_note": "note"}
#: So many messages or rules are named.
_NAMED = 3


def title(drift: Drift) -> str:
    """'Over 2 limits'; empty where none is crossed."""
    return f"Over {counted(len(drift.alerts), 'limit')}" if drift.alerts else ""


def sentence(alert: Alert, name: Callable[[str], str] = str) -> str:
    """'index.html: confusion rose by 0.16, from 0.25 to 0.41; the limit is 0.1.' `name` is how a page is called."""
    where = name(alert.page) if alert.page else "The whole site"
    return f"{where}: {_what(alert)}; the limit is {alert.limit:g}."


def _what(alert: Alert) -> str:
    if alert.measure in _SCORES:
        name, digits = _SCORES[alert.measure]
        before, after, by = (f"{value:.{digits}f}" for value in (alert.before, alert.after, alert.by))
        return f"{name} rose by {by}, from {before} to {after}"
    count = round(alert.by)
    if alert.measure == "coverage":
        return f"{counted(count, 'agreed message')} less well said than before ({_names(alert)})"
    if alert.measure == "misconceptions":
        calls = counted(round(alert.after), "call")
        return f"“{alert.about[0]}” was heard on {calls}, {count} more than before"
    return f"{counted(count, f'new {_NEW[alert.measure]}')} ({_names(alert)})"


def _names(alert: Alert) -> str:
    more = len(alert.about) - _NAMED
    return listed([*alert.about[:_NAMED], *([f"{more} more"] if more > 0 else [])])
