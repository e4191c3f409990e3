"""What the pages call the product, and the facts that they contradict, as the HTML report shows them."""

from __future__ import annotations

from dataclasses import replace

from reports import sample

from msgcheck.model import CategoryNoun, Report
from msgcheck.report.html.agreement import disagreements, noun_views
from msgcheck.report.html.pages import Anchors

ANCHORS = Anchors({"index.html": "p1", "pricing.html": "p2"}, {})


def with_nouns(report: Report, **nouns: tuple[CategoryNoun, ...]) -> Report:
    return replace(
        report,
        pages=tuple(
            replace(page, category_nouns=nouns.get(page.document.key.split(".")[0], ())) for page in report.pages
        ),
    )


def test_the_agreed_noun_comes_first_and_then_the_one_that_stands_in_most_places() -> None:
    other, rare = CategoryNoun("Customer platform", "other", "headline", 3), CategoryNoun("CRM", "other", "title", 0)
    agreed = CategoryNoun("class booking software", "exact", "title", 0)
    report = with_nouns(sample(), index=(rare, other, other), pricing=(agreed,))
    views = noun_views(report.pages, ANCHORS)
    assert [(view.text, view.reading, len(view.places)) for view in views] == [
        ("class booking software", "the agreed one", 1),
        ("customer platform", "another one", 2),
        ("crm", "another one", 1),
    ]
    assert views[1].places[0].href == "#p1-b3"


def test_a_contradiction_shows_both_sides() -> None:
    pairs = list(disagreements(sample().findings, ANCHORS))
    assert [(pair.here.quote, pair.here.href, pair.there.quote, pair.there.text) for pair in pairs] == [
        ("$59 a month", "#p2-b2", "Kilnhouse costs $49 a month.", "positioning.yaml")
    ]
