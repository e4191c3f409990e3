"""Which findings were known before, which are gone, and which could not be looked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_

from msgcheck.assemble import recounted
from msgcheck.gate.known import Known, KnownFinding, KnownPage, known_findings, likeness, sketch
from msgcheck.identity import words
from msgcheck.model import Comparison, Gone, Report

#: Two pages with half of their blocks in common are one page under two names; what pages of one site share (banner,
#: call to action) is less than that.
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
    """`pairs` maps indices of the report's findings to those of the known ones, `moved` old keys of pages to new.

    `unread` and `unread_pages` are what was not looked for this time.
    """

    pairs: Mapping[int, int]
    moved: Mapping[str, str]
    gone: tuple[KnownFinding, ...]
    unread: tuple[KnownFinding, ...]
    unread_pages: tuple[KnownPage, ...]


def match(report: Report, known: Known, scope: Scope) -> Matching:
    """Find the known findings in a report, each once.

    A finding is known by its fingerprint; else by its words, rule and page, so that it survives when its neighbours
    are reworded; a page is known by its key, else by its copy, so that it survives when it is moved.
    """
    moved = _moved_pages(report, known, scope)
    now = list(known_findings(report))
    pages = {page.document.key for page in report.pages}
    pairs = _by_fingerprint(now, known.findings)
    pairs |= _by_words(now, known.findings, pairs, moved, pages)
    found = set(pairs.values())
    left = [item for place, item in enumerate(known.findings) if place not in found]
    read = {*pages, *(call.call.key for call in report.calls), *moved, *scope.absent, ""}
    looked_for = [item.rule in scope.rules and item.document in read for item in left]
    return Matching(
        pairs,
        moved,
        gone=tuple(compress(left, looked_for)),
        unread=tuple(compress(left, map(not_, looked_for))),
        unread_pages=tuple(page for page in known.pages if page.page not in read),
    )


def compared(report: Report, matching: Matching, comparison: Comparison, changed: Changed | None = None) -> Report:
    """The report with its known findings marked, and what the comparison gave added to `comparison`.

    Where only some of several findings with the same words are known, those that `changed` names are the new ones.
    """
    known = _unchanged_first(report, matching, changed) if changed else matching.pairs.keys()
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


def _by_fingerprint(now: Sequence[KnownFinding], known: Sequence[KnownFinding]) -> dict[int, int]:
    places = {item.fingerprint: index for index, item in enumerate(known)}
    return {index: places[item.fingerprint] for index, item in enumerate(now) if item.fingerprint in places}


def _by_words(
    now: Sequence[KnownFinding],
    known: Sequence[KnownFinding],
    paired: Mapping[int, int],
    moved: Mapping[str, str],
    pages: Collection[str],
) -> dict[int, int]:
    """Pairs among those that are left: the same words under the same rule on the same page, the likest first."""
    taken = set(paired.values())
    before: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, item in enumerate(known):
        if place not in taken:
            before[item.rule, moved.get(item.document, item.document), words(item.quote)].append(place)
    after: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, item in enumerate(now):
        if index not in paired and item.document in pages:
            after[_words_of(item)].append(index)
    pairs: dict[int, int] = {}
    for key, fresh in after.items():
        ranked = sorted(
            (-_shared(now[index].near, known[place].near), index, place) for index in fresh for place in before[key]
        )
        pairs |= _greedy((index, place) for _, index, place in ranked)
    return pairs


def _words_of(item: KnownFinding) -> tuple[str, ...]:
    return (item.rule, item.document, words(item.quote))


def _shared(one: str, other: str) -> int:
    """How many neighbours two quotes have in common."""
    return (Counter(words(one).split()) & Counter(words(other).split())).total()


def _greedy(ranked: Iterator[tuple[int, int]]) -> dict[int, int]:
    """The best pairs, each side at most once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for index, place in ranked:
        if index not in pairs and place not in taken:
            pairs[index] = place
            taken.add(place)
    return pairs


def _moved_pages(report: Report, known: Known, scope: Scope) -> dict[str, str]:
    """Old keys of pages that stand under a new key now, told by their copy."""
    read = {page.document.key for page in report.pages}
    missing = [page for page in known.pages if page.page not in read and page.page not in scope.there]
    before = {page.page for page in known.pages}
    added = [page.document for page in report.pages if page.document.key not in before] if missing else []
    sketches = [sketch(document) for document in added]
    alike = (
        (likeness(sketches[new], page.sketch), new, old)
        for new in range(len(added))
        for old, page in enumerate(missing)
    )
    ranked = sorted((-share, new, old) for share, new, old in alike if share >= _SAME_PAGE)
    pairs = _greedy((new, old) for _, new, old in ranked)
    return {missing[old].page: added[new].key for new, old in pairs.items()}


def _unchanged_first(report: Report, matching: Matching, changed: Changed) -> set[int]:
    """As many findings of the same words as were known before, those on unchanged lines first."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, item in enumerate(known_findings(report)):
        groups[_words_of(item)].append(index)
    known: set[int] = set()
    for group in groups.values():
        count = sum(index in matching.pairs for index in group)
        if 0 < count < len(group):
            group.sort(key=lambda index: (changed(index), index not in matching.pairs))
            known |= set(group[:count])
        elif count:
            known |= set(group)
    return known
