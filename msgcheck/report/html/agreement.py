"""Lay out what the pages call the product, and the facts that they contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgcheck.model import CategoryMatch, Finding, PageReport
from msgcheck.report.html.pages import Anchors
from msgcheck.report.html.views import Disagreement, Link, NounView

#: Best first, with what a reader is told, and the colour that goes with it.
MATCHES: Mapping[str, tuple[str, str]] = {
    "exact": ("the agreed one", "covered"),
    "alias": ("accepted", "covered"),
    "close": ("close to it", "partial"),
    "other": ("another one", "missing"),
    "not": ("what it is not", "missing"),
}


def noun_views(pages: Iterable[PageReport], anchors: Anchors) -> tuple[NounView, ...]:
    """The category nouns of all pages: the agreed one first, then those that stand in most places."""
    places: dict[tuple[CategoryMatch, str], list[Link]] = {}
    for page in pages:
        for noun in page.category_nouns:
            key = page.document.key
            link = Link(key, anchors.to(key, noun.block), note=noun.where)
            places.setdefault((noun.match, noun.text.lower()), []).append(link)
    order = list(MATCHES)
    ranked = sorted(places.items(), key=lambda row: (order.index(row[0][0]), -len(row[1]), row[0][1]))
    return tuple(NounView(text, *MATCHES[match], tuple(links)) for (match, text), links in ranked)


def disagreements(findings: Sequence[Finding], anchors: Anchors) -> Iterator[Disagreement]:
    """The words that contradict a fact or another page, beside what they contradict."""
    for finding in findings:
        if finding.rule == "mismatch.contradiction" and len(finding.locations) > 1:
            yield Disagreement(
                *(_link(place.document, place.block, place.quote, anchors) for place in finding.locations[:2])
            )


def _link(document: str, block: int, quote: str, anchors: Anchors) -> Link:
    return Link(document, anchors.to(document, block), quote)
