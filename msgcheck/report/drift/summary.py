"""The drift in a few lines, for a message to somebody: counts, pages and rules, and nothing that a person said."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.model.drift import Drift
from msgcheck.report.drift import alerts, wording
from msgcheck.report.plain import plain

#: So many alerts and pages are named.
_ALERTS, _PAGES = 10, 5


def subject(drift: Drift) -> str:
    """One line."""
    over = f"{alerts.title(drift)}. " if drift.alerts else ""
    return plain(f"Website copy: {over}{wording.headline(drift)}")


def text(drift: Drift) -> str:
    return "\n".join(map(plain, _lines(drift))) + "\n"


def _lines(drift: Drift) -> Iterator[str]:
    for alert in drift.alerts[:_ALERTS]:
        yield f"- {alerts.sentence(alert)}"
    if len(drift.alerts) > _ALERTS:
        yield f"- … and {len(drift.alerts) - _ALERTS} more."
    moved = [page for page in drift.pages if abs(page.confusion.by) >= wording.NOTICEABLE]
    for page in moved[:_PAGES]:
        yield f"- {page.key}: confusion {wording.moved(page.confusion)}"
    yield f"Findings: {wording.tally(drift)}. {wording.behind(drift)}"
    yield f"From {wording.run(drift.before)} to {wording.run(drift.after)}."
    yield f"`msgcheck drift --from {drift.before.id} --to {drift.after.id}` shows the sentences."
