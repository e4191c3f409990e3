"""Holds a drift to the limits of the configuration: which page or belief got worse by more than is allowed.

Only what the copy did counts: between runs of two versions, models, positionings or configurations, a page whose copy
is the same is left out, for it moved for another reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from msgcheck.config import DriftThresholds, Thresholds
from msgcheck.model import Severity
from msgcheck.model.alerts import Alert, AlertMeasure
from msgcheck.model.drift import BeliefDrift, Change, Drift, PageDrift
from msgcheck.model.history import CoverageRow, FindingRow, PageRow, Snapshot

_Score = Literal["confusion", "vague", "jargon", "distance"]
#: Those that have a mean over pages.
_MEANS: tuple[_Score, ...] = ("confusion", "vague", "jargon")
_NEW: Mapping[Severity, AlertMeasure] = {"error": "new_error", "warning": "new_warning", "note": "new_note"}
#: How well a page says a message.
_RANK = {"missing": 0, "partial": 1, "covered": 2}


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in both runs; `counts` tells whether what changed on it is the doing of its copy."""

    drift: PageDrift
    old: PageRow | None
    new: PageRow | None
    counts: bool


def crossed(before: Snapshot, after: Snapshot, drift: Drift, limits: DriftThresholds) -> tuple[Alert, ...]:
    """The alerts of the whole site first, then those of pages, in the order of the drift."""
    no_other_cause = set(drift.causes) <= {"copy", "calls"}
    old, new = ({page.key: page for page in run.pages} for run in (before, after))
    pages = [
        _Page(page, old.get(page.earlier_key), new.get(page.key), page.copy_changed or no_other_cause)
        for page in drift.pages
    ]
    left_out = {page.drift.key for page in pages if not page.counts}
    found = [row for row in drift.new if not row.silenced and row.document not in left_out]
    alerts = [
        *_scores_of_site(pages, limits.site),
        *(_meaning_of_site(before, after, limits.site) if no_other_cause else ()),
        *_beliefs(drift.beliefs, limits.site.misconceptions),
        *_new("", found, limits.site),
    ]
    for page in pages:
        if page.counts:
            alerts += _of_page(page, limits.page)
            alerts += _new(page.drift.key, [row for row in found if row.document == page.drift.key], limits.page)
    return tuple(alerts)


def _scores_of_site(pages: Sequence[_Page], limits: Thresholds) -> Iterator[Alert]:
    """By the means over all pages, weighted by their words."""
    for name in _MEANS:
        before = _mean([page.old for page in pages], name)
        after = _mean([page.new if page.counts else page.old for page in pages], name)
        yield from _over("", name, Change(before, after), getattr(limits, name))


def _mean(pages: Sequence[PageRow | None], name: _Score) -> float:
    there = [page for page in pages if page]
    words = sum(page.words for page in there)
    weighed: float = sum(getattr(page, name) * page.words for page in there)
    return round(weighed / words, 3) if words else 0.0


def _meaning_of_site(before: Snapshot, after: Snapshot, limits: Thresholds) -> Iterator[Alert]:
    """How far all pages together stand from the positioning, and which messages no page says as well as one did."""
    yield from _over("", "distance", Change(before.run.distance, after.run.distance), limits.distance)
    was, now = _best(before.coverage), _best(after.coverage)
    lost = [message for message, rank in was.items() if now.get(message, rank) < rank]
    yield from _over("", "coverage", Change(0, len(lost)), limits.coverage, lost)


def _best(coverage: Sequence[CoverageRow]) -> dict[str, int]:
    best: dict[str, int] = {}
    for row in coverage:
        best[row.message] = max(_RANK[row.status], best.get(row.message, 0))
    return best


def _beliefs(beliefs: Sequence[BeliefDrift], limit: float | None) -> Iterator[Alert]:
    for belief in beliefs:
        yield from _over("", "misconceptions", Change(belief.before, belief.after), limit, [belief.label])


def _of_page(page: _Page, limits: Thresholds) -> Iterator[Alert]:
    if page.old is None or page.new is None:
        return
    key = page.drift.key
    names: tuple[_Score, ...] = (*_MEANS, "distance")
    for name in names:
        change = Change(getattr(page.old, name), getattr(page.new, name))
        yield from _over(key, name, change, getattr(limits, name))
    changes = (change for change in page.drift.messages if change.before and change.after)
    lost = [change.message for change in changes if _RANK[change.after] < _RANK[change.before]]
    yield from _over(key, "coverage", Change(0, len(lost)), limits.coverage, lost)


def _new(page: str, found: Sequence[FindingRow], limits: Thresholds) -> Iterator[Alert]:
    for severity, measure in _NEW.items():
        rules = Counter(row.rule for row in found if row.severity == severity)
        limit = getattr(limits.new_findings, severity)
        yield from _over(page, measure, Change(0, rules.total()), limit, [rule for rule, _ in rules.most_common()])


def _over(
    page: str, measure: AlertMeasure, change: Change, limit: float | None, about: Sequence[str] = ()
) -> Iterator[Alert]:
    if limit is None or change.before is None or change.after is None:
        return
    alert = Alert(page, measure, change.before, change.after, limit, tuple(about))
    if alert.by > limit:
        yield alert
