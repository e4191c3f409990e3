"""Rule mismatch.off-message: a claim about the product that no agreed message or fact supports."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.pagekind import is_story
from msgcheck.measure.values import PageMeasures, Unsupported
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if not is_story(page.document.key):
        for claim in page.unsupported:
            yield _finding(page, claim)


def _finding(page: PageMeasures, claim: Unsupported) -> Finding:
    item = page.sentences[claim.sentence]
    if claim.closest:
        message = f"“{item.text}” sounds like {claim.closest}, which the positioning says this is not."
        advice = "Say the part of it that the product does, or take the line out."
    else:
        message = f"“{item.text}” promises something that no agreed message or fact speaks of."
        advice = "If the product does this, add it to the positioning; if not, promise what it does."
    return Finding(
        rule=RULE.id,
        severity="warning" if claim.closest else "note",
        confidence=0.65 if claim.closest else 0.5,
        message=message,
        advice=advice,
        locations=(locate(page.document, item.block, item.start, item.end),),
    )


RULE = Rule(
    id="mismatch.off-message",
    summary="A claim about the product that no agreed message or fact supports.",
    severity="warning",
    needs=("messages",),
    doc=Doc(
        finds="Claims that come nearer to something on the `not` list than to any agreed message or fact; and, as a "
        "note, sure promises that are far from everything agreed.",
        why="A buyer takes each promise for the product. One that nobody agreed to is heard again on the call, "
        "where a rep has to take it back.",
        bad="Our couriers bring the bouquet to the door.  (agreed: not a delivery service)",
        better="Fernlight prints the route sheet for your own drivers.",
        silent=(
            "Denials ('we do not deliver'), questions, testimonials, articles, and claims in other words than agreed."
        ),
    ),
    check=_check,
)
