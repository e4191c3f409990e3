"""Rule mismatch.audience: the page addresses others than the agreed audiences, or none of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.pagekind import front_page
from msgcheck.measure.values import AudienceUse, PageMeasures
from msgcheck.model import Finding, Positioning
from msgcheck.rules.base import Context, Doc, Rule, locate, whole

#: Under the first, words speak to somebody else; under the second, no page speaks to an audience. 30 pages, each with
#: its true and one false audience, November 2026 (`python -m msgcheck.training.mismatch GOLD`), held out by page:
#: under 0.40 27 of 30 false and no true one, under 0.45 29 false and one true.
_FOREIGN = 0.3
_UNSPOKEN = 0.42


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if context.positioning is None:
        return
    for use in page.audiences:
        if use.block >= 0 and not use.audience and use.score < _FOREIGN:
            yield _other(page, use, context.positioning)


def _check_site(context: Context) -> Iterator[Finding]:
    scores = [use.score for page in context.pages for use in page.audiences if use.block < 0]
    if context.positioning is None or not scores or max(scores) >= _UNSPOKEN:
        return
    yield Finding(
        rule=RULE.id,
        severity="warning",
        confidence=1.0 - max(scores),
        message=f"Nothing that was read speaks to the agreed audience: {_names(context.positioning)}.",
        advice="Name them and the problem they have, near the top; or check that the positioning still holds.",
        locations=(whole(front_page(context.pages).document),),
    )


def _other(page: PageMeasures, use: AudienceUse, agreed: Positioning) -> Finding:
    return Finding(
        rule=RULE.id,
        severity="warning",
        confidence=0.75,
        message=f"“{use.text}” invites others than agreed: {_names(agreed)}.",
        advice="Name the agreed audience here, so that the right buyers recognise themselves.",
        locations=(locate(page.document, use.block, use.start, use.end),),
    )


def _names(agreed: Positioning) -> str:
    return "; ".join(f"“{audience.name}”" for audience in agreed.audiences[:3])


RULE = Rule(
    id="mismatch.audience",
    summary="The page addresses an audience that is none of the agreed ones, or no agreed one at all.",
    severity="warning",
    needs=("audiences",),
    doc=Doc(
        finds="'Built for …', 'from … to …', 'whether you run …' with an industry or size that no agreed audience has; "
        "and sites that speak to no agreed audience at all.",
        why="People look for themselves on a page. Those who were meant move on, and those who were not call you.",
        bad="Built for banks and hospitals of any size.  (agreed: florists with one to five shops)",
        better="Built for florists with one to five shops.",
        silent="Agreed audiences that name no industry take in everybody; examples in testimonials; denials.",
    ),
    check=_check,
    check_site=_check_site,
)
