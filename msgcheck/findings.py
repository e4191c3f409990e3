"""What happens to findings once all rules have spoken: severity, suppression, fingerprint, order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from msgcheck.config import Config
from msgcheck.identity import Identity, identify
from msgcheck.model import SEVERITIES, Document, Finding
from msgcheck.overlaps import without_overlaps
from msgcheck.silenced import Ran, judge_comments, mark_silenced


def settle(
    findings: Iterable[Finding], documents: Sequence[Document], config: Config, ran: Ran | None = None
) -> tuple[Finding, ...]:
    """Findings as the report shows them, in the order of `documents`, errors first, then by place.

    Severities follow the configuration ('off' drops the finding); suppressed findings stay, marked; what is wrong with
    the comments that suppress becomes a finding. `ran` says which rules spoke, by default all.
    """
    by_key = {document.key: document for document in documents}
    marked = mark_silenced(without_overlaps(_graded(findings, config)), by_key)
    comments = judge_comments(marked, documents, ran or Ran.all(), reasons=config.suppressions.require_reason)
    return extended(marked, comments, documents, config)


def extended(
    findings: Iterable[Finding], more: Iterable[Finding], documents: Sequence[Document], config: Config
) -> tuple[Finding, ...]:
    """Settled findings with some that follow from them, in order; severities of the latter as configured."""
    by_key = {document.key: document for document in documents}
    order = {key: index for index, key in enumerate(by_key)}
    both = sorted([*findings, *_graded(more, config)], key=lambda finding: _place(finding, order))
    return tuple(_fingerprinted(both, by_key))


def _graded(findings: Iterable[Finding], config: Config) -> list[Finding]:
    return [graded for finding in findings if (graded := _grade(finding, config)) is not None]


def _grade(finding: Finding, config: Config) -> Finding | None:
    severity = config.severity_of(finding.rule, finding.severity, finding.primary.document)
    return None if severity == "off" else replace(finding, severity=severity, confidence=round(finding.confidence, 3))


def _place(finding: Finding, order: Mapping[str, int]) -> tuple[object, ...]:
    place = finding.primary
    rank = order.get(place.document, len(order))
    severity = SEVERITIES.index(finding.severity)
    return (rank, place.document, severity, place.line, place.column, finding.rule, place.quote, finding.message)


def _fingerprinted(findings: Sequence[Finding], documents: Mapping[str, Document]) -> Iterable[Finding]:
    """Number repeats in the order of their places, whatever their severity, so no setting changes a fingerprint."""
    seen: Counter[Identity] = Counter()
    marks: dict[int, str] = {}
    for index in sorted(range(len(findings)), key=lambda i: (findings[i].primary.block, findings[i].primary.start, i)):
        parts = identify(findings[index], documents)
        digest = hashlib.sha256("\x1f".join((*parts, str(seen[parts]))).encode("utf-8", "backslashreplace"))
        marks[index] = digest.hexdigest()[:16]
        seen[parts] += 1
    return (replace(finding, fingerprint=marks[index]) for index, finding in enumerate(findings))
