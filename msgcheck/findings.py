"""What happens to findings once all rules have spoken: severity, suppression, fingerprint, order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from msgcheck.config import Config
from msgcheck.identity import Identity, identify
from msgcheck.model import SEVERITIES, Document, Finding, Location, Suppression
from msgcheck.overlaps import without_overlaps

_UNUSED = "suppression.unused"


def settle(findings: Iterable[Finding], documents: Sequence[Document], config: Config) -> tuple[Finding, ...]:
    """Findings as the report shows them, in the order of `documents`, errors first, then by place.

    Severities follow the configuration ('off' drops the finding); suppressed findings stay, marked; a
    suppression that matches nothing becomes a note.
    """
    by_key = {document.key: document for document in documents}
    order = {key: index for index, key in enumerate(by_key)}
    kept = without_overlaps(graded for finding in findings if (graded := _grade(finding, config)) is not None)
    marked = [replace(finding, suppressed=_suppressed(finding, by_key)) for finding in kept]
    marked += [graded for finding in _unused(marked, documents) if (graded := _grade(finding, config)) is not None]
    marked.sort(key=lambda finding: _place(finding, order))
    return tuple(_fingerprinted(marked, by_key))


def _grade(finding: Finding, config: Config) -> Finding | None:
    severity = config.severity_of(finding.rule, finding.severity, finding.primary.document)
    return None if severity == "off" else replace(finding, severity=severity, confidence=round(finding.confidence, 3))


def _covers(suppression: Suppression, finding: Finding) -> bool:
    line = finding.primary.line
    named = not suppression.rules or finding.rule.startswith(suppression.rules)
    return named and suppression.first_line <= line <= suppression.last_line


def _suppressed(finding: Finding, documents: Mapping[str, Document]) -> bool:
    document = documents.get(finding.primary.document)
    return document is not None and any(_covers(suppression, finding) for suppression in document.suppressions)


def _unused(findings: Sequence[Finding], documents: Sequence[Document]) -> Iterable[Finding]:
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        by_document.setdefault(finding.primary.document, []).append(finding)
    for document in documents:
        here = by_document.get(document.key, [])
        for suppression in document.suppressions:
            if not any(_covers(suppression, finding) for finding in here):
                named = " ".join(suppression.rules) or "every rule"
                yield Finding(
                    rule=_UNUSED,
                    severity="note",
                    confidence=1.0,
                    message=f"This comment silences {named}, but nothing it covers is reported any more.",
                    advice="Remove the comment, so that it cannot hide the next problem.",
                    locations=(Location(document.key, line=suppression.line, column=1, note=named),),
                )


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
