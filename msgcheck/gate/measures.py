"""The measures of a page that a budget limits and a baseline keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from msgcheck.model import SEVERITIES, PageReport, Report, Severity

#: Findings of this rule follow from the others, and are not counted among them.
BUDGET_RULE = "budget.exceeded"


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one page, or of several together; units as in the report. Findings that comments silence are not counted."""

    words: int
    confusion: float
    jargon_per_100_words: float
    vague_share: float
    error: int = 0
    warning: int = 0
    note: int = 0

    def value(self, name: str) -> float:
        value: float = getattr(self, name)
        return value


def measures_of(report: Report) -> dict[str, Measures]:
    """The measures of every page, by its key."""
    counts = Counter(
        (finding.primary.document, finding.severity)
        for finding in report.findings
        if not finding.suppressed and finding.rule != BUDGET_RULE
    )
    return {page.document.key: _measures(page, counts) for page in report.pages}


def _measures(page: PageReport, counts: Counter[tuple[str, Severity]]) -> Measures:
    key, metrics = page.document.key, page.metrics
    error, warning, note = (counts[key, severity] for severity in SEVERITIES)
    return Measures(page.words, page.confusion, metrics.jargon_per_100_words, metrics.vague_share, error, warning, note)


def better(one: Measures, other: Measures) -> Measures:
    """The lower of each, for a page that may get better but not worse."""
    names = [field.name for field in fields(Measures)]
    return Measures(**{name: min(getattr(one, name), getattr(other, name)) for name in names})


def together(pages: Sequence[Measures]) -> Measures:
    """The measures of several pages: counts added up, the others as means weighted by words."""
    words = sum(page.words for page in pages)

    def mean(name: str) -> float:
        return round(sum(page.value(name) * page.words for page in pages) / words, 3) if words else 0.0

    return Measures(
        words,
        mean("confusion"),
        mean("jargon_per_100_words"),
        mean("vague_share"),
        sum(page.error for page in pages),
        sum(page.warning for page in pages),
        sum(page.note for page in pages),
    )
