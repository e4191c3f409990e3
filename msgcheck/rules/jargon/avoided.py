"""Rule jargon.avoided: a term that the positioning's vocabulary says to avoid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgcheck.measure.values import PageMeasures, TermUse
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.phrases import elsewhere, quoted


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    uses: dict[str, list[TermUse]] = defaultdict(list)
    for use in page.terms:
        if use.kind == "avoided":
            uses[use.text.lower()].append(use)
    for same in uses.values():
        first = same[0]
        yield Finding(
            rule=RULE.id,
            severity=RULE.severity,
            confidence=0.95,
            message=f"{quoted(first.text)} is on your list of words to avoid{elsewhere(len(same), 1)}.",
            advice="Say in plain words what happens instead.",
            locations=(locate(page.document, first.block, first.start, first.end),),
        )


RULE = Rule(
    id="jargon.avoided",
    summary="A term that the positioning says to avoid.",
    severity="error",
    needs=("vocabulary",),
    doc=Doc(
        finds="Words listed under `vocabulary: avoid` in the positioning, in any inflected form.",
        why="You agreed that these words mislead buyers or tell them nothing; each page that keeps one "
        "teaches it anew.",
        bad="Synergy between your desks and vans.  (agreed: avoid synergy)",
        better="The desk sees where each van is, and the driver sees tomorrow's orders.",
        silent="Testimonials, legal text, names of other companies and words inside web addresses.",
    ),
    check=_check,
)
