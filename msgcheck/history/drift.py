"""What changed between two runs: pages and their copy, measures, findings, and what prospects misunderstood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from msgcheck.history.timeline import changed
from msgcheck.history.wordings import changed_stretches, sentences, with_reasons, words
from msgcheck.model.drift import BeliefDrift, Cause, Change, Drift, MessageDrift, PageDrift, PageState
from msgcheck.model.history import BeliefRow, CoverageRow, FindingRow, PageRow, Snapshot
from msgcheck.model.timeline import PageCourse, Timeline

#: A page that is gone and one that is new are the same when so much of their copy is.
_SAME_PAGE = 0.6
#: A page reads as a kind of product from this closeness on, as in the rule mismatch.category; below it is only near.
_READS_AS_SOMETHING = 0.45


def compare(before: Snapshot, after: Snapshot, timeline: Timeline | None = None) -> Drift:
    """`timeline` is that up to the later run (`History.timeline`)."""
    new, fixed, moved, same = _findings(before.findings, after.findings)
    pages = tuple(sorted(_pages(_Runs(before, after, new, fixed)), key=_most_moved))
    return Drift(
        before=before.run,
        after=after.run,
        causes=_causes(before, after, pages),
        pages=pages,
        new=new,
        fixed=fixed,
        moved=moved,
        same=same,
        beliefs=_beliefs(before.beliefs, after.beliefs),
        clarifying=Change(_minutes(before), _minutes(after)),
        distance=Change(before.run.distance, after.run.distance),
        spread=Change(before.run.spread, after.run.spread),
        rep_distance=Change(before.run.rep_distance, after.run.rep_distance),
        timeline=_under_latest_keys(timeline or Timeline(), pages),
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """Two runs, and the findings that only the later one (`new`) or only the earlier one (`fixed`) has."""

    before: Snapshot
    after: Snapshot
    new: Sequence[FindingRow]
    fixed: Sequence[FindingRow]

    def findings(self, old: PageRow, new: PageRow) -> tuple[list[FindingRow], list[FindingRow]]:
        """Those of a page."""
        found = [row for row in self.new if row.document == new.key]
        return found, [row for row in self.fixed if row.document == old.key]


def _under_latest_keys(timeline: Timeline, pages: Sequence[PageDrift]) -> Timeline:
    """A renamed page is one page, from its first run on."""
    renamed = {page.earlier_key: page.key for page in pages if page.state == "renamed"}
    courses: dict[str, PageCourse] = {}
    for course in sorted(timeline.pages, key=lambda course: (course.key not in renamed, course.key)):
        key = renamed.get(course.key, course.key)
        earlier = courses[key].points if key in courses else ()
        courses[key] = PageCourse(key, (*earlier, *course.points))
    return replace(timeline, pages=tuple(courses[key] for key in sorted(courses)))


def _most_moved(page: PageDrift) -> tuple[bool, float, str]:
    return page.state in ("added", "removed"), -abs(page.confusion.by), page.key


def _pages(runs: _Runs) -> list[PageDrift]:
    before, after = runs.before, runs.after
    old = {page.key: page for page in before.pages}
    new = {page.key: page for page in after.pages}
    renamed = _renamed([old[key] for key in old if key not in new], [new[key] for key in new if key not in old])
    found = []
    for key, page in new.items():
        earlier = old.get(key) or old.get(renamed.get(key, ""))
        state: PageState = "kept" if key in old else "renamed" if earlier else "added"
        found.append(_page(state, earlier, page, runs))
    left = set(old) - set(new) - set(renamed.values())
    return found + [_page("removed", old[key], None, runs) for key in sorted(left)]


def _renamed(gone: Sequence[PageRow], added: Sequence[PageRow]) -> dict[str, str]:
    """New keys with the old keys of the same pages, the likest pairs first."""
    pairs = [(share, page.key, other.key) for page in added for other in gone if (share := _alike(page, other)) > 0]
    known: dict[str, str] = {}
    for _, key, earlier in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if key not in known and earlier not in known.values():
            known[key] = earlier
    return known


def _alike(page: PageRow, other: PageRow) -> float:
    """The share of sentences that two pages have in common; 0 where it is too little for one page."""
    left, right = Counter(sentences(page.copy)), Counter(sentences(other.copy))
    most = max(left.total(), right.total())
    share = (left & right).total() / most if most else 0.0
    return share if share >= _SAME_PAGE else 0.0


def _page(state: PageState, old: PageRow | None, new: PageRow | None, runs: _Runs) -> PageDrift:
    was, now = old.copy if old else "", new.copy if new else ""
    changes = changed_stretches(was, now)
    coverage = _coverage(_of(runs.before.coverage, old), _of(runs.after.coverage, new))
    messages = tuple(item for item in coverage if item.before != item.after)
    return PageDrift(
        key=new.key if new else old.key if old else "",
        state=state,
        earlier_key=old.key if old else "",
        copy_changed=was != now,
        confusion=_change(old, new, lambda page: page.confusion),
        jargon=_change(old, new, lambda page: page.jargon),
        vague=_change(old, new, lambda page: page.vague),
        alignment=_change(old, new, lambda page: page.alignment),
        category_before=old.category if old else "",
        category_after=new.category if new else "",
        messages=messages,
        gone=tuple(line for change in changes for line in change.gone),
        new=tuple(line for change in changes for line in change.new),
        sure=new is not None and (new.category_score is None or new.category_score >= _READS_AS_SOMETHING),
        distance=_change(old, new, lambda page: page.distance),
        noun_before=old.noun if old else "",
        noun_after=new.noun if new else "",
        match_before=old.match if old else "",
        match_after=new.match if new else "",
        coverage=coverage,
        changes=with_reasons(changes, (old, new), messages, runs.findings(old, new)) if old and new else (),
    )


def _change(old: PageRow | None, new: PageRow | None, measure: Callable[[PageRow], float | None]) -> Change:
    return Change(measure(old) if old else None, measure(new) if new else None)


def _of(coverage: Sequence[CoverageRow], page: PageRow | None) -> dict[str, CoverageRow]:
    return {row.message: row for row in coverage if page and row.page == page.key}


def _coverage(before: dict[str, CoverageRow], after: dict[str, CoverageRow]) -> tuple[MessageDrift, ...]:
    none = CoverageRow("", "", "", 0.0, "")
    pairs = ((name, before.get(name, none), after.get(name, none)) for name in sorted(before.keys() | after.keys()))
    return tuple(MessageDrift(name, old.status, new.status, old.quote, new.quote) for name, old, new in pairs)


def _findings(
    before: Sequence[FindingRow], after: Sequence[FindingRow]
) -> tuple[tuple[FindingRow, ...], tuple[FindingRow, ...], tuple[FindingRow, ...], int]:
    """New, fixed, moved, and how many are the same."""
    known, seen = {row.fingerprint for row in before}, {row.fingerprint for row in after}
    fixed = [row for row in before if row.fingerprint not in seen]
    left = Counter((row.rule, words(row.quote)) for row in fixed)
    new, moved = [], []
    for row in after:
        if row.fingerprint in known:
            continue
        identity = row.rule, words(row.quote)
        if row.quote and left[identity]:
            left[identity] -= 1
            moved.append(row)
        else:
            new.append(row)
    elsewhere = Counter((row.rule, words(row.quote)) for row in moved)
    really_fixed = []
    for row in fixed:
        identity = row.rule, words(row.quote)
        if elsewhere[identity]:
            elsewhere[identity] -= 1
        else:
            really_fixed.append(row)
    return tuple(new), tuple(really_fixed), tuple(moved), len(known & seen)


def _causes(before: Snapshot, after: Snapshot, pages: Sequence[PageDrift]) -> tuple[Cause, ...]:
    copy: tuple[Cause, ...] = ("copy",) if any(page.copy_changed for page in pages) else ()
    heard = {frozenset(call.key for call in run.calls) for run in (before, after)}
    calls: tuple[Cause, ...] = ("calls",) if len(heard) > 1 else ()
    return (*copy, *calls, *changed(before.run, after.run))


def _beliefs(before: Sequence[BeliefRow], after: Sequence[BeliefRow]) -> tuple[BeliefDrift, ...]:
    old, new = ({row.label: row for row in rows} for rows in (before, after))
    known = {**old, **new}
    found = []
    for name, row in known.items():
        was, now = (rows[name].calls if name in rows else 0 for rows in (old, new))
        found.append(BeliefDrift(name, was, now, row.quotes, row.page, row.sentence))
    return tuple(sorted(found, key=lambda belief: (-belief.after, -belief.before, belief.label)))


def _minutes(snapshot: Snapshot) -> float | None:
    """Call time that went into clearing up, in minutes; None where no call tells its times."""
    known = [call.clarifying_s for call in snapshot.calls if call.clarifying_s is not None]
    return round(sum(known) / 60, 1) if known else None
