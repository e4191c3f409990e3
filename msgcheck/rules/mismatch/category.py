"""Rule mismatch.category: the page files the product under another noun than agreed."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.pagekind import front_page, is_story
from msgcheck.measure.values import CategoryUse, PageMeasures
from msgcheck.model import Finding, Severity
from msgcheck.rules.base import Context, Doc, Rule, locate, whole

#: A page reads as another category when twice its closeness to the agreed one, less its closeness to the nearest of
#: all kinds of product, stays under the first, and that nearest is at least as close as the second. 30 pages, each with
#: its true and one false category, November 2026 (`python -m msgcheck.training.mismatch GOLD`): precision 0.97,
#: recall 1.
_READS_AS_AGREED = 0.37
_READS_AS_SOMETHING = 0.45


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    agreed = context.positioning.category if context.positioning else ""
    foreign = _reads_otherwise(page)
    seen: dict[str, list[CategoryUse]] = {}
    for use in page.categories:
        if _counts(use, foreign=foreign):
            seen.setdefault(use.text.lower(), []).append(use)
    for uses in seen.values():
        yield _finding(page, uses, agreed)
    named = any(use.block >= 0 and use.match in ("exact", "alias") for use in page.categories)
    if foreign and not seen and not named and not is_story(page.document.key) and page is front_page(context.pages):
        yield _whole(page, agreed)


def _counts(use: CategoryUse, *, foreign: bool) -> bool:
    if use.block < 0 or use.match in ("exact", "alias"):
        return False
    if use.match == "not" or use.where == "definition":
        return True
    return use.match == "other" and foreign


def _reads_otherwise(page: PageMeasures) -> bool:
    fit = next((use.score for use in page.categories if use.where == "page"), 1.0)
    best = page.category_guess[0].score if page.category_guess else 0.0
    return best >= _READS_AS_SOMETHING and 2 * fit - best < _READS_AS_AGREED


def _finding(page: PageMeasures, uses: list[CategoryUse], agreed: str) -> Finding:
    first = uses[0]
    severity: Severity = "warning" if first.match == "close" else "error"
    places = {"title": "The tab title", "headline": "The headline", "description": "The description"}
    place = places.get(first.where, "This line")
    if first.match == "not":
        message = f"{place} calls it “{first.text}”, which the positioning says it must not be taken for."
    else:
        message = f"{place} calls it “{first.text}”; the agreed category is “{agreed}”."
    return Finding(
        rule=RULE.id,
        severity=severity,
        confidence=first.score if first.match != "close" else 0.65,
        message=message,
        advice=f"Say “{agreed}” here too, so that buyers compare you with the right products.",
        locations=tuple(
            locate(page.document, use.block, use.start, use.end, kind="primary" if use is first else "related")
            for use in uses
        ),
    )


def _whole(page: PageMeasures, agreed: str) -> Finding:
    guess = page.category_guess[0]
    return Finding(
        rule=RULE.id,
        severity="error",
        confidence=0.75,
        message=(
            f"The page reads as {guess.category}; the agreed category, “{agreed}”, is not what its opening suggests."
        ),
        advice=f"Name “{agreed}” in the title or headline, or check that the positioning still holds.",
        locations=(whole(page.document),),
    )


RULE = Rule(
    id="mismatch.category",
    summary="The page names or suggests another category than the agreed one.",
    severity="error",
    needs=("category",),
    doc=Doc(
        finds="Nouns with which a page files the product ('X is a …', title, headline) that are neither the agreed "
        "category nor one of its aliases; nouns of the `not` list; and an opening that reads as "
        "another kind of product.",
        why="Buyers decide in seconds what shelf you stand on, and compare you with what else stands there. "
        "Two nouns mean two shelves, and questions on every call.",
        bad="Fernlight is the customer intelligence cloud for florists.",
        better="Fernlight is order management software for florists.",
        silent="Aliases, the same noun with 'tool' for 'software', more specific forms, names of other companies' "
        "products, testimonials, and articles that speak of other categories.",
    ),
    check=_check,
)
