"""What a rule is, what it may look at, and how it points at words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgcheck.measure.values import CallsMeasures, PageMeasures
from msgcheck.model import Document, Finding, Location, LocationKind, Positioning, Severity

Need = Literal["positioning", "category", "messages", "audiences", "facts", "vocabulary", "calls"]


@dataclass(frozen=True, slots=True)
class Doc:
    """What `msgcheck explain` prints. `why` speaks as a buyer would; `bad` and `better` are example copy of our own."""

    finds: str
    why: str
    bad: str
    better: str
    silent: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """All that a rule may look at beside the page in hand. `options` are the `[rules."id"]` settings, by rule id."""

    positioning: Positioning | None
    pages: tuple[PageMeasures, ...]
    calls: CallsMeasures
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def _no_page_findings(page: PageMeasures, context: Context) -> Iterator[Finding]:
    return iter(())


def _no_site_findings(context: Context) -> Iterator[Finding]:
    return iter(())


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A judgement over measures. Stateless: `check` sees one page at a time, `check_site` all pages and calls.

    A rule whose `needs` are not met is not called; the report says that it was skipped and why.
    `options` names the settings the rule understands, with their defaults.
    """

    id: str
    summary: str
    severity: Severity
    doc: Doc
    needs: tuple[Need, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    check: Callable[[PageMeasures, Context], Iterator[Finding]] = _no_page_findings
    check_site: Callable[[Context], Iterator[Finding]] = _no_site_findings


def locate(
    document: Document, block: int, start: int, end: int, *, kind: LocationKind = "primary", note: str = ""
) -> Location:
    """Point at the characters `start`..`end` of a block, with their place in the source."""
    found = document.blocks[block]
    first = found.position(start)
    last = found.end(max(start, end - 1))
    return Location(
        document=document.key,
        kind=kind,
        block=block,
        start=start,
        end=end,
        quote=found.text[start:end],
        note=note,
        line=first.line,
        column=first.column,
        end_line=last.line,
        end_column=last.column,
        selector=found.selector,
    )


def whole(document: Document, *, note: str = "") -> Location:
    """Point at a page as a whole, for what it lacks."""
    return Location(document=document.key, note=note)
