"""What the pages call the product: each noun with the pages that use it, then and now."""

from __future__ import annotations

from dataclasses import dataclass

from msgcheck.model.drift import Drift
from msgcheck.report.drift import wording
from msgcheck.report.drift.names import Names
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


def noun_views(drift: Drift, names: Names) -> list[NounView]:
    """The nouns of both runs, those of most pages now first; all spellings of the agreed noun are one."""
    site = drift.timeline.site
    places = {point.run: place for place, point in enumerate(site)}
    ends = [places.get(run.id) for run in (drift.before, drift.after)]
    pages: dict[tuple[str, str], list[int]] = {}
    for noun in drift.timeline.nouns:
        name = names.category if noun.match == "exact" and names.category else noun.noun
        counts = pages.setdefault((name, noun.match), [0] * len(site))
        pages[name, noun.match] = [sum(pair) for pair in zip(counts, noun.pages, strict=True)]
    found = []
    for (name, match), counts in pages.items():
        was, now = (counts[end] if end is not None else 0 for end in ends)
        first = next(point.day for point, count in zip(site, counts, strict=True) if count)
        if was or now:
            found.append(NounView(name, *MATCHES[match], was, now, wording.written(first)))
    return sorted(found, key=lambda view: (-view.after, -view.before, view.noun))
