"""What changed between two runs: pages and their copy, measures, findings, and what prospects misunderstood."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgcheck.model.drift import BeliefDrift, Cause, Change, Drift, MessageDrift, PageDrift, PageState
from msgcheck.model.history import BeliefRow, CoverageRow, FindingRow, PageRow, RunRow, Snapshot

#: A page that is gone and one that is new are the same when so much of their copy is.
_SAME_PAGE = 0.6
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n")


def compare(before: Snapshot, after: Snapshot) -> Drift:
    pages = tuple(sorted(_pages(before, after), key=_most_moved))
    new, fixed, moved, same = _findings(before.findings, after.findings)
    return Drift(
        before=before.run,
        after=after.run,
        causes=_causes(before.run, after.run, pages),
        pages=pages,
        new=new,
        fixed=fixed,
        moved=moved,
        same=same,
        beliefs=_beliefs(before.beliefs, after.beliefs),
        clarifying=Change(_minutes(before), _minutes(after)),
    )


def _most_moved(page: PageDrift) -> tuple[bool, float, str]:
    return page.state == "kept", -abs(page.confusion.by), page.key


def _pages(before: Snapshot, after: Snapshot) -> list[PageDrift]:
    old = {page.key: page for page in before.pages}
    new = {page.key: page for page in after.pages}
    renamed = _renamed([old[key] for key in old if key not in new], [new[key] for key in new if key not in old])
    found = []
    for key, page in new.items():
        earlier = old.get(key) or old.get(renamed.get(key, ""))
        state: PageState = "kept" if key in old else "renamed" if earlier else "added"
        found.append(_page(state, earlier, page, before, after))
    left = set(old) - set(new) - set(renamed.values())
    return found + [_page("removed", old[key], None, before, after) for key in sorted(left)]


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


def _page(state: PageState, old: PageRow | None, new: PageRow | None, before: Snapshot, after: Snapshot) -> PageDrift:
    was, now = old.copy if old else "", new.copy if new else ""
    gone, added = _changed_sentences(was, now)
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
        messages=_messages(_of(before.coverage, old), _of(after.coverage, new)),
        gone=gone,
        new=added,
    )


def _change(old: PageRow | None, new: PageRow | None, measure: Callable[[PageRow], float | None]) -> Change:
    return Change(measure(old) if old else None, measure(new) if new else None)


def sentences(copy: str) -> list[str]:
    """The sentences of a page's copy, for comparing: cut at line ends and full stops."""
    return [piece for part in _SENTENCE_END.split(copy) if (piece := part.strip())]


def _changed_sentences(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Only what is not there at all any more, or was not: sentences that moved are neither."""
    old, new = sentences(before), sentences(after)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = [line for step, first, last, _, _ in steps if step != "equal" for line in old[first:last]]
    added = [line for step, _, _, first, last in steps if step != "equal" for line in new[first:last]]
    moved = set(gone) & set(added)
    return tuple(line for line in gone if line not in moved), tuple(line for line in added if line not in moved)


def _of(coverage: Sequence[CoverageRow], page: PageRow | None) -> dict[str, str]:
    return {row.message: row.status for row in coverage if page and row.page == page.key}


def _messages(before: dict[str, str], after: dict[str, str]) -> tuple[MessageDrift, ...]:
    names = sorted(before.keys() | after.keys())
    changed = (MessageDrift(name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(change for change in changed if change.before != change.after)


def _findings(
    before: Sequence[FindingRow], after: Sequence[FindingRow]
) -> tuple[tuple[FindingRow, ...], tuple[FindingRow, ...], tuple[FindingRow, ...], int]:
    """New, fixed, moved, and how many are the same."""
    known, seen = {row.fingerprint for row in before}, {row.fingerprint for row in after}
    fixed = [row for row in before if row.fingerprint not in seen]
    left = Counter((row.rule, _words(row.quote)) for row in fixed)
    new, moved = [], []
    for row in after:
        if row.fingerprint in known:
            continue
        identity = row.rule, _words(row.quote)
        if row.quote and left[identity]:
            left[identity] -= 1
            moved.append(row)
        else:
            new.append(row)
    elsewhere = Counter((row.rule, _words(row.quote)) for row in moved)
    really_fixed = []
    for row in fixed:
        identity = row.rule, _words(row.quote)
        if elsewhere[identity]:
            elsewhere[identity] -= 1
        else:
            really_fixed.append(row)
    return tuple(new), tuple(really_fixed), tuple(moved), len(known & seen)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _causes(before: RunRow, after: RunRow, pages: Sequence[PageDrift]) -> tuple[Cause, ...]:
    changed: tuple[tuple[Cause, bool], ...] = (
        ("copy", any(page.copy_changed for page in pages)),
        ("version", before.version != after.version),
        ("model", (before.encoder, before.nlp) != (after.encoder, after.nlp)),
        ("positioning", before.origin.positioning != after.origin.positioning),
        ("configuration", before.origin.config != after.origin.config),
    )
    return tuple(cause for cause, happened in changed if happened)


def _beliefs(before: Sequence[BeliefRow], after: Sequence[BeliefRow]) -> tuple[BeliefDrift, ...]:
    old, new = ({row.label: row.calls for row in rows} for rows in (before, after))
    names = sorted(old.keys() | new.keys(), key=lambda name: (-new.get(name, 0), -old.get(name, 0), name))
    return tuple(BeliefDrift(name, old.get(name, 0), new.get(name, 0)) for name in names)


def _minutes(snapshot: Snapshot) -> float | None:
    """Call time that went into clearing up, in minutes; None where no call tells its times."""
    known = [call.clarifying_s for call in snapshot.calls if call.clarifying_s is not None]
    return round(sum(known) / 60, 1) if known else None
