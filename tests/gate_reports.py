"""Reports for the gate's tests: pages of paragraphs on which every word of a short list is a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports import empty

from msgcheck.assemble import recounted
from msgcheck.config import Config
from msgcheck.findings import settle
from msgcheck.model import Anchor, Block, Document, Finding, Report, Suppression
from msgcheck.rules.base import locate

RULE = "jargon.buzzword"
_FLAGGED = re.compile(r"seamless|leverage|synergy")


def document(key: str, paragraphs: Sequence[str], suppressions: tuple[Suppression, ...] = ()) -> Document:
    """Paragraphs of one line each, with an empty line between them."""
    blocks = tuple(Block("body", text, (Anchor(0, 1 + 2 * row, 1),)) for row, text in enumerate(paragraphs))
    return Document(key, f"site/{key}", "markdown", "", "en", blocks, 100, suppressions=suppressions)


def report(pages: Mapping[str, Sequence[str]], suppressions: tuple[Suppression, ...] = ()) -> Report:
    """What a run over these pages (paragraphs by key) would give; `suppressions` are those of every page."""
    documents = [document(key, paragraphs, suppressions) for key, paragraphs in pages.items()]
    found = [finding for page in documents for finding in _findings(page)]
    findings = settle(found, documents, Config())
    (page,) = empty().pages
    shown = tuple(replace(page, document=document) for document in documents)
    return replace(empty(), pages=shown, findings=findings, summary=recounted(empty().summary, findings))


def _findings(page: Document) -> list[Finding]:
    """One for each paragraph that holds flagged words."""
    places = [
        tuple(locate(page, row, *match.span()) for match in _FLAGGED.finditer(block.text))
        for row, block in enumerate(page.blocks)
    ]
    return [Finding(RULE, "warning", 0.9, "A buzzword.", "Say what it does.", words) for words in places if words]


def new(report: Report) -> list[tuple[str, int, str]]:
    """Document, line and words of the findings that count."""
    return [
        (finding.primary.document, finding.primary.line, finding.primary.quote)
        for finding in report.findings
        if not finding.suppressed and not finding.baselined
    ]
