"""Which findings were known before, which are gone, and which could not be looked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_

from msgcheck.assemble import recounted
from msgcheck.gate.known import Known, KnownFinding, KnownPage, known_findings, likeness, sketch
from msgcheck.gate.measures import Measures
from msgcheck.identity import words
from msgcheck.model import Comparison, Gone, Report

#: Two pages with half of their blocks in common are one page under two names. Of 535 pairs of pages within five real
#: sites, the likeness of one pair was over 0.3: a page and its text version (0.81); measured in November 2026.
_SAME_PAGE = 0.5

#: Tells by its index in the report whether a finding stands on words that were changed.
Changed = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looked for: the rules that ran; and of the known pages that it did not read, which still are `there`,
    and which are `absent`. Of the others nothing is known."""

    rules: Collection[str]
    there: Collection[str] = ()
    absent: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """`known` holds indices of the report's findings, `moved` maps old keys of pages to new ones.

    Of the known findings, `still` are there, with the words that are, and under the new key of their page; `unread` and
    `unread_pages` were not looked for this time.
    """

    known: frozenset[int]
    moved: Mapping[str, str]
    still: tuple[KnownFinding, ...]
    gone: tuple[KnownFinding, ...]
    unread: tuple[KnownFinding, ...]
    unread_pages: tuple[KnownPage, ...]


def match(report: Report, known: Known, scope: Scope) -> Matching:
    """Find the known findings in a report.

    A finding is known if all words that it is about were: under the same rule on the same page, each use once. Its
    fingerprint and its neighbours only tell which of several uses it is, so that it survives when it is moved or its
    neighbours are reworded. A page is known by its key, else by its copy, so that it survives another name.
    """
    moved = _moved_pages(report, known, scope)
    pages = {page.document.key for page in report.pages}
    before = [replace(item, document=moved.get(item.document, item.document)) for item in known.findings]
    known_now, used = _paired(list(known_findings(report)), before, pages)
    left = [item for place, item in enumerate(known.findings) if place not in used]
    read = {*pages, *(call.call.key for call in report.calls), *moved, *scope.absent, ""}
    looked_for = [item.rule in scope.rules and item.document in read for item in left]
    return Matching(
        known_now,
        moved,
        still=tuple(_trimmed(before[place], kept) for place, kept in sorted(used.items())),
        gone=tuple(compress(left, looked_for)),
        unread=tuple(compress(left, map(not_, looked_for))),
        unread_pages=tuple(page for page in known.pages if page.page not in read),
    )


def measures_before(known: Known, matching: Matching) -> dict[str, Measures]:
    """The known measures of pages, by their present keys."""
    return {matching.moved.get(page.page, page.page): page.measures for page in known.pages if page.measures}


def compared(report: Report, matching: Matching, comparison: Comparison, changed: Changed | None = None) -> Report:
    """The report with its known findings marked, and what the comparison gave added to `comparison`.

    Where only some of several findings with the same words are known, those that `changed` names are the new ones.
    """
    known = _unchanged_first(report, matching, changed) if changed else matching.known
    findings = tuple(
        replace(finding, baselined=finding.baselined or (index in known and not finding.suppressed))
        for index, finding in enumerate(report.findings)
    )
    result = replace(
        comparison,
        known=sum(not report.findings[index].suppressed for index in known),
        gone=tuple(Gone(item.rule, item.document, item.quote) for item in matching.gone),
        unread=len(matching.unread),
    )
    summary = recounted(report.summary, findings)
    return replace(report, findings=findings, summary=summary, comparisons=(*report.comparisons, result))


#: Rule, page and words of one use.
_Use = tuple[str, str, str]


def _paired(
    now: Sequence[KnownFinding], known: Sequence[KnownFinding], pages: Collection[str]
) -> tuple[frozenset[int], dict[int, set[_Use]]]:
    """Which of the findings are known (indices in `now`), and which known ones (indices) are still there in what."""
    before = [_uses(item, pages) for item in known]
    wanted = [_uses(item, pages) for item in now]
    free: dict[_Use, set[int]] = defaultdict(set)
    for place, uses in enumerate(before):
        for use in uses:
            free[use].add(place)
    same = {item.fingerprint: place for place, item in enumerate(known)}
    ranked = [
        (
            item.fingerprint not in same or same[item.fingerprint] != place,
            -_shared(item.near, known[place].near),
            index,
            place,
            use,
        )
        for index, item in enumerate(now)
        for use in sorted(wanted[index])
        for place in free[use]
    ]
    used: dict[int, set[_Use]] = defaultdict(set)
    for *_, index, place, use in sorted(ranked):
        if use in wanted[index] and place in free[use]:
            wanted[index].remove(use)
            free[use].remove(place)
            used[place].add(use)
    return frozenset(index for index, uses in enumerate(wanted) if not uses), used


def _uses(item: KnownFinding, pages: Collection[str]) -> set[_Use]:
    """What a finding is about; for one on a call, of which no words are kept, its fingerprint stands in."""
    if not item.quote and item.document not in pages:
        return {(item.rule, item.document, item.fingerprint)}
    return {(item.rule, item.document, words(quote)) for quote in (item.quote, *item.others)}


def _trimmed(item: KnownFinding, kept: set[_Use]) -> KnownFinding:
    """A known finding without the words that are gone."""
    quotes = [quote for quote in (item.quote, *item.others) if (item.rule, item.document, words(quote)) in kept]
    return replace(item, quote=quotes[0], others=tuple(quotes[1:])) if quotes else item


def _shared(one: str, other: str) -> int:
    """How many neighbours two quotes have in common."""
    return (Counter(words(one).split()) & Counter(words(other).split())).total()


def _moved_pages(report: Report, known: Known, scope: Scope) -> dict[str, str]:
    """Old keys of pages that stand under a new key now, told by their copy."""
    read = {page.document.key for page in report.pages}
    missing = [page for page in known.pages if page.page not in read and page.page not in scope.there]
    before = {page.page for page in known.pages}
    added = [page.document for page in report.pages if page.document.key not in before] if missing else []
    sketches = [(document.key, sketch(document)) for document in added]
    alike = ((likeness(new, page.sketch), key, page.page) for key, new in sketches for page in missing)
    moved: dict[str, str] = {}
    for _, key, old in sorted((-share, key, old) for share, key, old in alike if share >= _SAME_PAGE):
        if old not in moved and key not in moved.values():
            moved[old] = key
    return moved


def _unchanged_first(report: Report, matching: Matching, changed: Changed) -> set[int]:
    """As many findings of the same words as were known before, those on unchanged lines first."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, finding in enumerate(report.findings):
        groups[finding.rule, finding.primary.document, words(finding.primary.quote)].append(index)
    known: set[int] = set()
    for group in groups.values():
        count = sum(index in matching.known for index in group)
        if 0 < count < len(group):
            group.sort(key=lambda index: (changed(index), index not in matching.known))
        known |= set(group[:count])
    return known
