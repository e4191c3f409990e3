"""What the pages call the product: each noun with the pages that use it, then and now."""

from __future__ import annotations

from dataclasses import dataclass

from msgcheck.model.drift import Drift
from msgcheck.report.drift import wording
from msgcheck.report.html.agreement import MATCHES


@dataclass(frozen=True, slots=True)
class NounView:
    """`first` is the day of the first run that saw the noun, as people write it."""

    noun: str
    reading: str
    look: str
    before: int
    after: int
    first: str


def noun_views(drift: Drift) -> list[NounView]:
    """The nouns of both runs, those of most pages now first."""
    site = drift.timeline.site
    places = {point.run: place for place, point in enumerate(site)}
    ends = [places.get(run.id) for run in (drift.before, drift.after)]
    found = []
    for noun in drift.timeline.nouns:
        was, now = (noun.pages[end] if end is not None else 0 for end in ends)
        first = next(point.day for point, count in zip(site, noun.pages, strict=True) if count)
        if was or now:
            found.append(NounView(noun.noun, *MATCHES[noun.match], was, now, wording.written(first)))
    return sorted(found, key=lambda view: (-view.after, -view.before, view.noun))


def told(drift: Drift) -> str:
    """How many pages use the agreed noun, then and now."""
    points = {point.run: point for point in drift.timeline.site}
    ends = [points.get(run.id) for run in (drift.before, drift.after)]
    was, now = (f"{point.agreed} of {point.named}" if point else "none" for point in ends)
    return f"Of the pages that name a kind of product, {now} use the agreed noun; {was} did before."
