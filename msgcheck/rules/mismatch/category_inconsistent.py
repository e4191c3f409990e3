"""Rule mismatch.category-inconsistent: pages of one site file the product under different nouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgcheck.measure.values import CategoryUse, PageMeasures
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule, locate

_Place = tuple[PageMeasures, CategoryUse]


def _check_site(context: Context) -> Iterator[Finding]:
    agreed = context.positioning.category if context.positioning else ""
    odd: dict[str, list[_Place]] = defaultdict(list)
    right: set[str] = set()
    for page in sorted(context.pages, key=lambda page: page.document.key):
        for use in page.categories:
            if use.block < 0:
                continue
            if use.match in ("exact", "alias"):
                right.add(page.document.key)
            elif use.where == "definition":
                odd[use.text.lower()].append((page, use))
    if (
        len(odd) + bool(right) < 2
        or len({page.document.key for places in odd.values() for page, _ in places} | right) < 2
    ):
        return
    counts = {noun: len({page.document.key for page, _ in places}) for noun, places in odd.items()}
    ordered = sorted(odd, key=lambda noun: (-counts[noun], noun))
    places = [place for noun in ordered for place in odd[noun]]
    listed = ", ".join(f"“{noun}” on {_pages(counts[noun])}" for noun in ordered[:4])
    yield Finding(
        rule=RULE.id,
        severity="warning",
        confidence=0.8,
        message=f"The site uses several nouns for one product: “{agreed}” on {_pages(len(right))}, {listed}.",
        advice=f"Choose one noun for all pages; agreed is “{agreed}”.",
        locations=tuple(
            locate(page.document, use.block, use.start, use.end, kind="primary" if rank == 0 else "related")
            for rank, (page, use) in enumerate(places)
        ),
    )


def _pages(count: int) -> str:
    return "no page" if count == 0 else "one page" if count == 1 else f"{count} pages"


RULE = Rule(
    id="mismatch.category-inconsistent",
    summary="Pages of one site use different category nouns for the same product.",
    severity="warning",
    needs=("category",),
    doc=Doc(
        finds="Different category nouns in 'X is a …' sentences on different pages of one site, with their counts.",
        why="A buyer who opens two tabs meets two products, and asks which of them you are.",
        bad="Home: Fernlight is order management software. About: Fernlight is a commerce engagement platform.",
        better="Fernlight is order management software, on both pages.",
        silent=(
            "The agreed category and its aliases count as one noun; a single page is never inconsistent with itself."
        ),
    ),
    check_site=_check_site,
)
