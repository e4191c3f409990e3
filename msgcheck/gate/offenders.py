"""What most of a measure comes from, in a few words: the worst pages, words, claims or rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgcheck.gate.measures import BUDGET_RULE, measures_of
from msgcheck.measure.metrics import HALF
from msgcheck.model import PageReport, Report, SentenceReport

#: So many are named.
_SHOWN = 3
#: So many characters of a sentence tell it from the others.
_LONGEST = 60


class Offenders:
    """Names what stands behind the measures of a report's pages; its long lists are sorted by page once."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def _sentences(self) -> dict[str, list[SentenceReport]]:
        found: dict[str, list[SentenceReport]] = {}
        for sentence in self._report.sentences:
            found.setdefault(sentence.page, []).append(sentence)
        return found

    @cached_property
    def _rules(self) -> dict[tuple[str, str], list[str]]:
        """The rules of the findings that count, by page and severity."""
        found: dict[tuple[str, str], list[str]] = {}
        for finding in self._report.findings:
            if not finding.suppressed and finding.rule != BUDGET_RULE:
                found.setdefault((finding.primary.document, finding.severity), []).append(finding.rule)
        return found

    def of_page(self, page: PageReport, name: str) -> str:
        """What to name as the worst of a page's measure; empty if nothing stands out."""
        key = page.document.key
        match name:
            case "confusion":
                clarity = page.clarity
                readings = (("what is sold", clarity.what), ("for whom", clarity.who), ("what for", clarity.why))
                question, reading = min(readings, key=lambda pair: pair[1])
                return f"{question} (clarity {reading:g})"
            case "jargon_per_100_words":
                return _jargon(self._sentences.get(key, ()))
            case "vague_share":
                return _vaguest(self._sentences.get(key, ()))
            case _:
                return ", ".join(
                    _times(rule, count) for rule, count in _first(Counter(self._rules.get((key, name), ())))
                )

    def together(self, pages: Sequence[PageReport], name: str) -> str:
        """The pages that have most of it."""
        measures = measures_of(self._report)
        values = [(measures[page.document.key].value(name), page.document.key) for page in pages]
        worst = sorted(values, key=lambda pair: (-pair[0], pair[1]))[:_SHOWN]
        return ", ".join(f"{key} ({value:g})" for value, key in worst if value)


def _jargon(sentences: Sequence[SentenceReport]) -> str:
    spans = (span.text.lower() for sentence in sentences for span in sentence.jargon)
    return ", ".join(_times(f"“{text}”", count) for text, count in _first(Counter(spans)))


def _vaguest(sentences: Sequence[SentenceReport]) -> str:
    claims = [
        (-sentence.vagueness, sentence.text)
        for sentence in sentences
        if sentence.claim >= HALF and sentence.vagueness >= HALF
    ]
    return ", ".join(f"“{_short(text)}”" for _, text in sorted(claims)[:_SHOWN])


def _first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


def _times(text: str, count: int) -> str:
    return text if count == 1 else f"{text} ({count} times)"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"
