"""The sentences that every form of the drift report says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgcheck.model.drift import Cause, Change, Drift, PageDrift
from msgcheck.model.history import RunRow
from msgcheck.report.wording import counted

#: A confusion that moved by less has not changed for a reader. By judgement.
NOTICEABLE = 0.05

_CAUSES: dict[Cause, str] = {
    "copy": "the copy of pages",
    "version": "another version of msgcheck",
    "model": "another language model",
    "positioning": "another positioning",
    "configuration": "another configuration",
}


def headline(drift: Drift) -> str:
    """What a reader wants to know first, in one or two sentences."""
    pages = [page for page in drift.pages if page.confusion.before is not None and page.confusion.after is not None]
    worse = sum(page.confusion.by >= NOTICEABLE for page in pages)
    better = sum(page.confusion.by <= -NOTICEABLE for page in pages)
    told = [f"Clarity fell on {worse} of {counted(len(pages), 'page')}"] if worse else []
    if better:
        rose = f"rose on {better}" if told else f"Clarity rose on {better} of {counted(len(pages), 'page')}"
        told.append(rose)
    if not told:
        told = [f"Clarity is as it was on {counted(len(pages), 'page')}"]
    parts = [" and ".join(told) + f" since {since(drift)}", *refiled(drift)]
    return "; ".join(parts) + "."


def refiled(drift: Drift) -> Iterator[str]:
    """Of the pages whose new copy reads as another kind of product, the one that moved most."""
    for page in drift.pages:
        names = page.category_before, page.category_after
        if page.copy_changed and all(names) and names[0] != names[1]:
            yield f"{page.key} now reads as “{page.category_after}”"
            return


def behind(drift: Drift) -> str:
    """What may lie behind the changes; where it is not the copy alone, that is said."""
    if not drift.causes:
        return "Nothing changed between these runs."
    causes = [_CAUSES[cause] for cause in drift.causes]
    said = f"What changed between these runs: {', '.join(causes)}."
    if drift.causes != ("copy",):
        said += " Scores of pages whose copy is the same moved for the other reasons."
    return said


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
    return f"{change.before:.{digits}f} → {change.after:.{digits}f} ({change.by:+.{digits}f})"


def day(run: RunRow) -> str:
    """'1 October 2026'."""
    started = datetime.fromisoformat(run.started)
    return f"{started.day} {started:%B %Y}"


def since(drift: Drift) -> str:
    """The day of the earlier run, or its number where both are of one day."""
    days = day(drift.before), day(drift.after)
    return days[0] if days[0] != days[1] else f"run {drift.before.id}"


def run(row: RunRow) -> str:
    commit = f", commit {row.origin.commit[:8]}" if row.origin.commit else ""
    return f"run {row.id} of {row.started[:16].replace('T', ' ')}{commit}"
