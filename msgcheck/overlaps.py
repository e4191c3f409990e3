"""Findings on the same words: the stronger one speaks, so that a sentence does not drown in notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgcheck.model import SEVERITIES, Finding, Location

#: Rules that judge wording; findings of other families say something else about the same words.
_WORDING = ("jargon.", "vague.")
#: Of rules about one word or term that are equally severe, the one that says most about it comes first.
_TERMS = (
    "jargon.asked-about",
    "jargon.avoided",
    "jargon.undefined-acronym",
    "jargon.noun-stack",
    "jargon.insider-term",
    "jargon.buzzword",
)
#: Where a rank makes up so much of a sentence, asking for its proof says what an empty claim would, and more.
_MOST = 0.4


def without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order, less those about wording whose words a stronger one of their kind covers.

    A note gives way to any warning or error about wording on the same words; of two rules about a term the first in
    `_TERMS` stays; an empty claim that is little more than a rank without proof is reported as such. A finding with
    several places stays: its other places would go unsaid.
    """
    findings = list(findings)
    places: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule.startswith(_WORDING) and finding.primary.block >= 0:
            places[finding.primary.document, finding.primary.block].append(finding)
    return [found for found in findings if not _is_covered(found, places[found.primary.document, found.primary.block])]


def _is_covered(finding: Finding, beside: Sequence[Finding]) -> bool:
    if len(finding.locations) > 1 or not any(finding is other for other in beside):
        return False
    return any(_yields(finding, other) and _overlap(finding, other) for other in beside)


def _yields(finding: Finding, other: Finding) -> bool:
    if finding.rule == "vague.empty-claim" and other.rule == "vague.unsupported-superlative":
        return _is_most_of(other, finding)
    mine, theirs = SEVERITIES.index(finding.severity), SEVERITIES.index(other.severity)
    if {finding.rule, other.rule} <= {"jargon.asked-about", "jargon.undefined-acronym"}:
        return False  # One says who stumbled, the other what to write.
    if finding.rule in _TERMS and other.rule in _TERMS:
        return (theirs, _TERMS.index(other.rule)) < (mine, _TERMS.index(finding.rule))
    return finding.severity == "note" and theirs < mine


def _is_most_of(finding: Finding, claim: Finding) -> bool:
    inside = [place for place in finding.locations if _within(place, claim.primary)]
    return sum(len(place.quote.split()) for place in inside) >= _MOST * len(claim.primary.quote.split())


def _within(place: Location, outer: Location) -> bool:
    same = (place.document, place.block) == (outer.document, outer.block)
    return same and outer.start <= place.start and place.end <= outer.end


def _overlap(finding: Finding, other: Finding) -> bool:
    one, two = finding.primary, other.primary
    return one.start < two.end and two.start < one.end
