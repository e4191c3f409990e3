"""The drift report as a file: self-contained, true to the history, and readable by somebody who never saw the tool."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from histories import Site, configured, recorded
from reports import HOSTILE

from msgcheck.errors import UsageError
from msgcheck.extract.positioning import read_positioning
from msgcheck.history import compare
from msgcheck.model import RawDocument
from msgcheck.model.drift import Change, CopyChange, Drift
from msgcheck.report.drift import FORMATS
from msgcheck.report.drift.names import Names, shortened


def drift_of(folder: Path, site: Site) -> Drift:
    history = recorded(folder, site)
    configured(folder)
    path = folder / "positioning.yaml"
    agreed = read_positioning(RawDocument(str(path), str(path), path.name, path.read_bytes()))
    last = site.runs
    return replace(compare(history.snapshot(1), history.snapshot(last), history.timeline(1, last)), agreed=agreed)


@pytest.fixture(scope="module")
def drift(tmp_path_factory: pytest.TempPathFactory) -> Drift:
    return drift_of(tmp_path_factory.mktemp("drift"), Site())


@pytest.fixture(scope="module")
def written(drift: Drift) -> str:
    return FORMATS["html"](drift)


@pytest.fixture(scope="module")
def page(written: str) -> BeautifulSoup:
    return BeautifulSoup(written, "lxml")


def test_the_same_history_gives_the_same_bytes(drift: Drift, written: str) -> None:
    assert FORMATS["html"](drift) == written


def test_nothing_is_loaded_and_nothing_is_run(page: BeautifulSoup) -> None:
    assert page.find_all(["script", "iframe", "object", "embed", "img", "form", "base", "image"]) == []
    assert [tag["href"] for tag in page.find_all("link")] == ["data:,"]
    assert [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"] == []


def test_ids_are_unique_and_every_reference_leads_somewhere(page: BeautifulSoup, written: str) -> None:
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    wanted = {link["href"][1:] for link in page.find_all("a")} | set(re.findall(r"url\(#([\w-]+)\)", written))
    for tag in page.find_all(attrs={"aria-labelledby": True}):
        wanted |= set(tag["aria-labelledby"].split())
    assert [name for name, count in ids.items() if count > 1] == []
    assert wanted - set(ids) == set()


def test_headings_skip_no_level_and_there_is_one_title(page: BeautifulSoup) -> None:
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_the_first_line_says_in_words_where_clarity_fell(page: BeautifulSoup) -> None:
    told = page.h1.get_text(strip=True)
    assert told == (
        "Clarity fell on 1 of 3 pages and rose on 1 since 5 January 2026; "
        "section-0/page-0.html now calls it “growth engine”."
    )


def test_five_pictures_come_in_their_order_each_with_title_description_and_table(page: BeautifulSoup) -> None:
    figures = page.find_all("figure")
    assert [figure["id"] for figure in figures] == ["confusion", "coverage", "calls", "words", "meaning"]
    for figure in figures:
        drawings = figure.find_all("svg")
        assert len(drawings) == 2
        assert {drawing["role"] for drawing in drawings} == {"img"}
        assert all(drawing.title.string and drawing.desc.string for drawing in drawings)
        assert figure.details.table.tbody.find_all("tr")


def test_every_page_of_a_picture_is_named_and_the_change_is_said_in_words(page: BeautifulSoup) -> None:
    drawn = page.find(id="confusion").find("svg").get_text(" ")
    assert "section-0/page-0.html" in drawn
    assert "▲ 0.40 → 0.55 less clear" in drawn
    assert "▼ 0.40 → 0.25 clearer" in drawn
    assert "0.40 as before" in drawn


def test_what_else_changed_is_marked_and_said(page: BeautifulSoup) -> None:
    assert "Dashed line: another positioning (16 February 2026)." in page.find(id="confusion").figcaption.get_text()


def test_copy_stands_side_by_side_with_the_reason(page: BeautifulSoup) -> None:
    first = page.find(id="moved").article
    assert [side.get_text(" ", strip=True) for side in first.find_all("div", class_=["was", "is"])] == [
        "Before: Booking for pottery classes.",
        "Now: The studio growth engine, release 3.",
    ]
    assert "Calls it “growth engine” instead of “class booking software”." in first.get_text()


def test_open_misconceptions_come_with_quotes_and_their_likely_cause(page: BeautifulSoup) -> None:
    belief = page.find(id="beliefs").article
    assert "Took it for a CRM".lower() in belief.h3.get_text().lower()
    assert belief.blockquote.get_text(strip=True)
    assert "The studio growth engine, release 1." in belief.get_text()


def test_what_the_pages_call_the_product_is_counted_then_and_now(page: BeautifulSoup) -> None:
    rows = [[cell.get_text(strip=True) for cell in row] for row in page.find(id="nouns").tbody.find_all("tr")]
    cells = [[text for text in row if text] for row in rows]
    assert cells == [
        ["class booking software", "the agreed one", "3", "2", "5 January 2026"],
        ["growth engine", "another one", "0", "1", "19 January 2026"],
    ]


def test_of_many_pages_those_that_moved_most_have_their_own_panel_and_the_rest_share_one(tmp_path: Path) -> None:
    many = BeautifulSoup(FORMATS["html"](drift_of(tmp_path, Site(pages=20, runs=3, calls=0))), "lxml")
    heads = [text.get_text() for text in many.find(id="confusion").find("svg").find_all("text")]
    assert "the other 9, on average" in heads
    assert sum("page-" in head for head in heads) == 11
    assert len(many.find(id="confusion").tbody.find_all("tr")) == 20
    for picture in ("coverage", "meaning"):
        assert "all are in the numbers behind it" in many.find(id=picture).figcaption.get_text()


def test_messages_come_in_the_order_in_which_they_are_agreed(page: BeautifulSoup) -> None:
    drawn = [text.get_text() for text in page.find(id="coverage").find("svg").find_all("text")]
    assert drawn.index("Students book, pay and cancel in one") < drawn.index("Studios keep their own card reader.")


def test_a_figure_that_reads_as_before_is_not_marked_as_moved(drift: Drift) -> None:
    page = BeautifulSoup(FORMATS["html"](replace(drift, distance=Change(0.276, 0.284))), "lxml")
    name = page.find("dt", string="Distance from the positioning")
    assert " ".join(name.find_next("dd").get_text(" ").split()) == "0.28 of 1; lower is better, was 0.28"


def test_pages_that_only_one_run_saw_are_named_after_those_that_changed(drift: Drift) -> None:
    pages = tuple(replace(page, state="added") for page in drift.pages)
    moved = BeautifulSoup(FORMATS["html"](replace(drift, pages=pages)), "lxml").find(id="moved")
    assert moved.article is None
    assert "New pages: section-0/page-0.html, section-1/page-1.html, section-2/page-2.html" in moved.get_text()


def test_without_calls_and_positioning_the_report_says_what_to_do_next(drift: Drift) -> None:
    pages = tuple(replace(page, coverage=(), distance=Change(None, None)) for page in drift.pages)
    bare = replace(drift, timeline=replace(drift.timeline, weeks=()), pages=pages, agreed=None, beliefs=())
    page = BeautifulSoup(FORMATS["html"](bare), "lxml")
    assert [figure.find("svg") is None for figure in page.find_all("figure")] == [False, True, True, False, True]
    assert "--calls FOLDER" in page.find(id="calls").get_text()


def test_hostile_names_and_copy_stay_text(drift: Drift) -> None:
    first, *others = drift.pages
    hostile = replace(
        first, key=HOSTILE, category_after=HOSTILE, gone=(HOSTILE,), changes=(CopyChange((), (HOSTILE,)),)
    )
    course = replace(drift.timeline.pages[0], key=HOSTILE)
    timeline = replace(drift.timeline, pages=(course, *drift.timeline.pages))
    written = FORMATS["html"](replace(drift, pages=(hostile, *others), timeline=timeline))
    assert "<script" not in written
    assert not {"\x1b", "\u202e", "\ud83d"} & set(written)


def test_runs_of_one_day_are_told_apart_by_their_number(tmp_path: Path) -> None:
    drift = drift_of(tmp_path, Site(days=0))
    drawn = BeautifulSoup(FORMATS["html"](drift), "lxml").find(id="confusion").find("svg").get_text("|")
    assert "run 1" in drawn
    assert "run 4" in drawn


@pytest.mark.parametrize(
    ("name", "most", "short"),
    [("index.html", 12, "index.html"), ("customers/pellworth-foods.html", 20, "custom…th-foods.html")],
)
def test_long_names_lose_their_middle(name: str, most: int, short: str) -> None:
    assert shortened(name, most) == short
    assert len(short) <= most


def test_pages_are_called_by_what_sets_them_apart() -> None:
    keys = ["https://a.example/en/pricing", "https://a.example/en/docs/start"]
    assert [Names.of(keys, None).page(key) for key in keys] == ["pricing", "docs/start"]
    assert Names.of(["site/index.html"], None).page("site/index.html") == "site/index.html"


def test_a_missing_drawing_library_gets_one_line(drift: Drift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match="pictures of the report need vl_convert"):
        FORMATS["html"](drift)
