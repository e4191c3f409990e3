"""Rule mismatch.contradiction: a page says something that cannot be true together with a fact or another page."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.facts import site_conflicts
from msgcheck.measure.pagekind import is_story
from msgcheck.measure.values import Conflict, PageMeasures
from msgcheck.model import Finding, Location
from msgcheck.rules.base import Context, Doc, Rule, locate

#: In articles and customer stories numbers are mostly others'; only sure conflicts count there.
_SURE = 0.8


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    needed = _SURE if is_story(page.document.key) else 0.0
    for conflict in page.conflicts:
        if conflict.confidence >= needed:
            yield _against_fact(page, conflict, context)


def _check_site(context: Context) -> Iterator[Finding]:
    pages = [
        page for page in sorted(context.pages, key=lambda page: page.document.key) if not is_story(page.document.key)
    ]
    by_key = {page.document.key: page for page in pages}
    for number, conflict in site_conflicts(pages):
        if not any(own.block == conflict.block for own in pages[number].conflicts):
            yield _between_pages(pages[number], conflict, by_key[conflict.other_page])


def _against_fact(page: PageMeasures, conflict: Conflict, context: Context) -> Finding:
    agreed = context.positioning.source if context.positioning else ""
    return Finding(
        rule=RULE.id,
        severity="error",
        confidence=conflict.confidence,
        message=f"“{conflict.quote}” does not go with the agreed fact: “{conflict.other_quote}”",
        advice="Find out which is right, and correct the page or the positioning.",
        locations=(
            locate(page.document, conflict.block, conflict.start, conflict.end),
            Location(agreed, "related", quote=conflict.other_quote, note="agreed"),
        ),
    )


def _between_pages(page: PageMeasures, conflict: Conflict, other: PageMeasures) -> Finding:
    locations: tuple[Location, ...] = (locate(page.document, conflict.block, conflict.start, conflict.end),)
    if conflict.other is not None:
        there = conflict.other
        locations = (*locations, locate(other.document, there.block, there.start, there.end, kind="related"))
    return Finding(
        rule=RULE.id,
        severity="error",
        confidence=conflict.confidence,
        message=f"This page says “{conflict.quote}”, {conflict.other_page} says “{conflict.other_quote}”.",
        advice="Find out which is right, and say the same on both pages.",
        locations=locations,
    )


RULE = Rule(
    id="mismatch.contradiction",
    summary="A page contradicts an agreed fact or another page.",
    severity="error",
    needs=("positioning",),
    doc=Doc(
        finds="Prices, limits, counts, durations and percentages that differ from an agreed fact or from another page "
        "about the same thing, and things that are said to be there and said not to be.",
        why="A buyer who has seen both numbers trusts neither, and the rep starts the call with an apology.",
        bad="Try Fernlight free for 30 days.  (agreed fact: the free trial lasts 14 days)",
        better="Try Fernlight free for 14 days.",
        silent="Other numbers about other things, the same amount in other units or words, limits that hold both "
        "('over 300' and '312'), and facts that the page says rightly elsewhere.",
    ),
    check=_check,
    check_site=_check_site,
)
