"""What most of a measure comes from, in a few words: the worst pages, words, claims or rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgcheck.gate.measures import BUDGET_RULE, measures_of
from msgcheck.measure.metrics import HALF
from msgcheck.model import PageReport, Report

#: So many are named.
_SHOWN = 3
#: So many characters of a sentence tell it from the others.
_LONGEST = 60


def worst_of(report: Report, pages: Sequence[PageReport], name: str, *, together: bool) -> str:
    """What to name as the worst of a measure; empty if nothing stands out."""
    if together:
        measures = measures_of(report)
        values = [(measures[page.document.key].value(name), page.document.key) for page in pages]
        return ", ".join(
            f"{key} ({value:g})"
            for value, key in sorted(values, key=lambda pair: (-pair[0], pair[1]))[:_SHOWN]
            if value
        )
    (page,) = pages
    match name:
        case "confusion":
            clarity = page.clarity
            readings = (("what is sold", clarity.what), ("for whom", clarity.who), ("what for", clarity.why))
            question, reading = min(readings, key=lambda pair: pair[1])
            return f"{question} (clarity {reading:g})"
        case "jargon_per_100_words":
            return _jargon(report, page.document.key)
        case "vague_share":
            return _vaguest(report, page.document.key)
        case _:
            return _rules(report, page.document.key, name)


def _jargon(report: Report, key: str) -> str:
    spans = (span.text.lower() for sentence in report.sentences if sentence.page == key for span in sentence.jargon)
    return ", ".join(_times(f"“{text}”", count) for text, count in _first(Counter(spans)))


def _vaguest(report: Report, key: str) -> str:
    claims = [
        (-sentence.vagueness, sentence.text)
        for sentence in report.sentences
        if sentence.page == key and sentence.claim >= HALF and sentence.vagueness >= HALF
    ]
    return ", ".join(f"“{_short(text)}”" for _, text in sorted(claims)[:_SHOWN])


def _rules(report: Report, key: str, severity: str) -> str:
    rules = (
        finding.rule
        for finding in report.findings
        if (finding.primary.document, finding.severity) == (key, severity)
        and not finding.suppressed
        and finding.rule != BUDGET_RULE
    )
    return ", ".join(_times(rule, count) for rule, count in _first(Counter(rules)))


def _first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


def _times(text: str, count: int) -> str:
    return text if count == 1 else f"{text} ({count} times)"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"
