"""The pages of a site as rows of a table, from a check or from the last run that the history keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from msgcheck.model import SEVERITIES, MessageCoverage, Report
from msgcheck.model.history import Snapshot
from msgcheck.model.report import MessageStatus
from msgcheck.report import wording
from msgcheck.report.html.pages import Anchors


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One page. `href` is empty where only its measures are kept; `counts` are errors, warnings and notes."""

    key: str
    href: str
    words: int
    confusion: float
    jargon: float
    vague: float
    alignment: float | None
    counts: tuple[tuple[str, int], ...]
    cells: Mapping[str, MessageCoverage]

    @property
    def reading(self) -> str:
        return wording.lostness(self.confusion)

    @property
    def found(self) -> int:
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the table can be sorted by, its worst first."""

    name: str
    title: str
    rank: Callable[[SiteRow], tuple[object, ...]]


COLUMNS = (
    Column("page", "Page", lambda row: (row.key,)),
    Column("confusion", "Confusion", lambda row: (-row.confusion,)),
    Column("notes", "Notes", lambda row: tuple(-number for _, number in row.counts)),
    Column("jargon", "Jargon in 100 words", lambda row: (-row.jargon,)),
    Column("vague", "Vague claims", lambda row: (-row.vague,)),
    Column("agreed", "Says what was agreed", lambda row: (row.alignment is None, row.alignment or 0.0)),
    Column("words", "Words", lambda row: (-row.words,)),
)


def in_order(rows: Sequence[SiteRow], column: str) -> list[SiteRow]:
    """Sorted by a column's name; by confusion where there is none of that name."""
    chosen = next((item for item in COLUMNS if item.name == column), COLUMNS[1])
    return sorted(rows, key=lambda row: (*chosen.rank(row), row.key))


def rows_of_report(report: Report, anchors: Anchors) -> list[SiteRow]:
    found = Counter((finding.primary.document, finding.severity) for finding in wording.active(report))
    return [
        SiteRow(
            key=page.document.key,
            href=anchors.to(page.document.key).partition("#")[0],
            words=page.words,
            confusion=page.confusion,
            jargon=page.metrics.jargon_per_100_words,
            vague=page.metrics.vague_share,
            alignment=page.metrics.alignment,
            counts=tuple((severity, found[page.document.key, severity]) for severity in SEVERITIES),
            cells={message.id: message for message in page.messages},
        )
        for page in report.pages
    ]


def rows_of_snapshot(kept: Snapshot) -> list[SiteRow]:
    found = Counter((finding.document, finding.severity) for finding in kept.findings if not finding.silenced)
    cells: dict[str, dict[str, MessageCoverage]] = {}
    for row in kept.coverage:
        cell = MessageCoverage(row.message, cast(MessageStatus, row.status), row.score, row.quote)
        cells.setdefault(row.page, {})[row.message] = cell
    return [
        SiteRow(
            key=page.key,
            href="",
            words=page.words,
            confusion=page.confusion,
            jargon=page.jargon,
            vague=page.vague,
            alignment=page.alignment,
            counts=tuple((severity, found[page.key, severity]) for severity in SEVERITIES),
            cells=cells.get(page.key, {}),
        )
        for page in kept.pages
    ]
