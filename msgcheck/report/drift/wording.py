"""The sentences that every form of the drift report says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgcheck.model.drift import Cause, Change, Drift, PageDrift
from msgcheck.model.history import RunRow
from msgcheck.model.timeline import AGREED
from msgcheck.report.wording import counted, listed

#: A confusion that moved by less has not changed for a reader. By judgement.
NOTICEABLE = 0.05

#: The least change of a distance that is told.
FAR = 0.02

CAUSES: dict[Cause, str] = {
    "copy": "the copy of pages",
    "calls": "the calls",
    "version": "another version of msgcheck",
    "model": "another language model",
    "positioning": "another positioning",
    "configuration": "another configuration",
}


def headline(drift: Drift, name: Callable[[str], str] = str) -> str:
    """What a reader wants to know first, in one or two sentences; `name` is how a page is called."""
    pages = [page for page in drift.pages if page.confusion.before is not None and page.confusion.after is not None]
    worse = sum(page.confusion.by >= NOTICEABLE for page in pages)
    better = sum(page.confusion.by <= -NOTICEABLE for page in pages)
    told = [f"Clarity fell on {worse} of {counted(len(pages), 'page')}"] if worse else []
    if better:
        rose = f"rose on {better}" if told else f"Clarity rose on {better} of {counted(len(pages), 'page')}"
        told.append(rose)
    if not told:
        told = [f"Clarity is as it was on {counted(len(pages), 'page')}"]
    parts = [" and ".join(told) + f" since {since(drift)}", *refiled(drift, name)]
    return "; ".join(parts) + "."


def refiled(drift: Drift, name: Callable[[str], str]) -> Iterator[str]:
    """Of the pages whose new copy names another kind of product than agreed, the one that moved most; else of those
    that read as another, which is a guess."""
    agreed = (drift.agreed.category, *drift.agreed.category_aliases) if drift.agreed else ()
    for page in drift.pages:
        if page.copy_changed and page.noun_after and page.match_before in AGREED and page.match_after not in AGREED:
            yield f"{name(page.key)} now calls it “{page.noun_after}”"
            return
    for page in drift.pages:
        names = page.category_before, page.category_after
        if page.copy_changed and page.sure and all(names) and names[0] != names[1] and names[1] not in agreed:
            yield f"{name(page.key)} now reads as “{page.category_after}”"
            return


def behind(drift: Drift) -> str:
    """What may lie behind the changes; where it is not the copy alone, that is said."""
    if not drift.causes:
        return "Nothing changed between these runs."
    causes = [CAUSES[cause] for cause in drift.causes]
    said = f"What changed between these runs: {listed(causes)}."
    if others(drift):
        said += " Scores of pages whose copy is the same moved for the other reasons."
    return said


def others(drift: Drift) -> str:
    """What else than copy and calls changed between the runs, in words; empty where nothing did."""
    return listed([CAUSES[cause] for cause in drift.causes if cause not in ("copy", "calls")])


def moved_far(change: Change) -> bool:
    """Whether a distance from the positioning changed for a reader; by judgement, a third of a standard deviation of
    those of pages that were written to their statement (`msgcheck.measure.distance`)."""
    return abs(change.by) >= FAR


def tally(drift: Drift) -> str:
    return f"{len(drift.new)} new, {len(drift.fixed)} gone, {len(drift.moved)} moved, {drift.same} as before"


def state(page: PageDrift) -> str:
    told = {"kept": "", "added": "new page", "removed": "gone", "renamed": f"was {page.earlier_key}"}[page.state]
    if page.state == "kept" and not page.copy_changed:
        return "same copy"
    return told


def moved(change: Change, digits: int = 2) -> str:
    """'0.31 → 0.46 (+0.15)', or the one figure that there is."""
    if change.before is None or change.after is None:
        there = change.after if change.before is None else change.before
        return "" if there is None else f"{there:.{digits}f}"
    return f"{change.before:.{digits}f} → {change.after:.{digits}f} ({round(change.by, digits) + 0.0:+.{digits}f})"


def three(change: Change, digits: int = 2) -> tuple[str, str, str]:
    """Before, now and the change between, as cells of a table."""
    was, now = (_figure(value, digits) for value in (change.before, change.after))
    both = change.before is not None and change.after is not None
    return was, now, f"{change.by:+.{digits}f}" if both else "–"


def together(drift: Drift) -> Iterator[str]:
    """How all pages, and the talk of reps, stand to the positioning and to one another."""
    told = [
        f"{name} {moved(change)}"
        for name, change in (
            ("all pages from the positioning", drift.distance),
            ("one page from another", drift.spread),
            ("reps' talk from the positioning", drift.rep_distance),
        )
        if change.after is not None
    ]
    if told:
        yield f"Distance in meaning, 0 is none: {', '.join(told)}."
    site = {point.run: point for point in drift.timeline.site}
    before, after = (site.get(run.id) for run in (drift.before, drift.after))
    if before and after and (before.named or after.named):
        yield (
            f"Of the pages that name a kind of product, {after.agreed} of {after.named} use the agreed noun; "
            f"{before.agreed} of {before.named} did before."
        )


#: The head of `over_time`.
OVER_TIME = (
    "run of",
    "confusion",
    "jargon in 100 words",
    "vague in 100 claims",
    "distance",
    "spread",
    "reps",
    "changed",
)


def over_time(drift: Drift) -> list[tuple[str, ...]]:
    """A row a run: its measures over all pages, and what else than the copy was new in it."""
    return [
        (
            point.day,
            f"{point.confusion:.2f}",
            f"{point.jargon:.1f}",
            f"{100 * point.vague:.0f}",
            *map(_figure, (point.distance, point.spread, point.rep_distance)),
            listed([CAUSES[cause] for cause in point.marks]),
        )
        for point in drift.timeline.site
    ]


def _figure(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def duration(minutes: float) -> str:
    """'2.9 minutes', '45 minutes', '67 hours'."""
    if minutes >= 120:
        return f"{minutes / 60:.0f} hours"
    return f"{minutes:.0f} minutes" if minutes >= 10 else f"{minutes:.1f} minutes"


def day(run: RunRow) -> str:
    return written(run.started)


def written(moment: str) -> str:
    """A day or time in ISO 8601 as '1 October 2026'."""
    at = datetime.fromisoformat(moment)
    return f"{at.day} {at:%B %Y}"


def since(drift: Drift) -> str:
    """The day of the earlier run, or its number where both are of one day."""
    days = day(drift.before), day(drift.after)
    return days[0] if days[0] != days[1] else f"run {drift.before.id}"


def run(row: RunRow) -> str:
    commit = f", commit {row.origin.commit[:8]}" if row.origin.commit else ""
    return f"run {row.id} of {row.started[:16].replace('T', ' ')}{commit}"
