"""Findings and pages as they were known before, in few enough words to keep in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.gate.measures import Measures, measures_of
from msgcheck.identity import Identity, identify, words
from msgcheck.model import Document, Finding, Report

#: So many hashes stand for a page: its copy is told from another's by the share of them that they have in common.
_SKETCH = 16
#: Characters of one hash.
_HASH = 6
#: Shorter blocks (buttons, labels) stand on many pages alike, and say nothing of which page it is.
_TELLING_WORDS = 3


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """`quote` holds the words, or what a finding about a whole page is about; `near` their neighbours on both sides;
    `others` the other words that the finding is about as well.

    Of what was said on a call none is kept: only the fingerprint tells.
    """

    fingerprint: str
    rule: str
    document: str
    quote: str = ""
    near: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page by its key; `source` is its file or URL, `sketch` tells its copy under another name."""

    page: str
    source: str
    sketch: str = ""
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a run found, as the next one is compared with it."""

    pages: tuple[KnownPage, ...] = ()
    findings: tuple[KnownFinding, ...] = ()


def known_of(report: Report) -> Known:
    """What is to be remembered of a report: its pages, and its findings but for those that are suppressed."""
    measures = measures_of(report)
    pages = tuple(
        KnownPage(document.key, document.source, sketch(document), measures[document.key])
        for document in (page.document for page in report.pages)
    )
    found = zip(report.findings, known_findings(report), strict=True)
    return Known(pages, tuple(known for finding, known in found if not finding.suppressed))


def known_findings(report: Report) -> Iterator[KnownFinding]:
    """The report's findings, one for one, as they would be remembered."""
    documents = {page.document.key: page.document for page in report.pages}
    return (_known(finding, identify(finding, documents), documents) for finding in report.findings)


def _known(finding: Finding, identity: Identity, documents: dict[str, Document]) -> KnownFinding:
    place = finding.primary
    if place.document and place.document not in documents:
        return KnownFinding(finding.fingerprint, finding.rule, place.document)
    near = f"{identity.before} … {identity.after}" if identity.before or identity.after else ""
    quote = place.quote or place.note
    primary = (other.quote for other in finding.locations if other.kind == "primary" and other.quote)
    others = tuple(other for other in dict.fromkeys(primary) if other != quote)
    return KnownFinding(finding.fingerprint, finding.rule, place.document, quote, near, others)


def sketch(document: Document) -> str:
    """The smallest hashes of the blocks of a page's copy: 'bottom-k', after Broder, 'On the resemblance and containment
    of documents' (1997). Empty for a page without a telling block."""
    texts = {words(block.text) for _, block in document.copy()}
    hashes = {_hash(text) for text in texts if text.count(" ") + 1 >= _TELLING_WORDS}
    return "".join(sorted(hashes)[:_SKETCH])


def likeness(one: str, other: str) -> float:
    """Which share of two pages' blocks is the same, 0..1, estimated from their sketches."""
    ours, theirs = _hashes(one), _hashes(other)
    if ours.isdisjoint(theirs):
        return 0.0
    smallest = sorted(ours | theirs)[:_SKETCH]
    return sum(item in ours and item in theirs for item in smallest) / len(smallest)


def _hashes(text: str) -> set[str]:
    return {text[first : first + _HASH] for first in range(0, len(text), _HASH)}


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()[:_HASH]
