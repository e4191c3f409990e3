"""The drift report as a file: self-contained, true to the history, and readable by somebody who never saw the tool."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from histories import Site, configured, recorded

from msgcheck.extract.positioning import read_positioning
from msgcheck.history import compare
from msgcheck.model import RawDocument
from msgcheck.model.drift import Drift
from msgcheck.report.drift import FORMATS


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
        "Clarity fell on 1 of 3 pages and rose on 1 since 5 January 2026; section-0/page-0.html now reads as “CRM”."
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
