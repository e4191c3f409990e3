"""The HTML report as a file: self-contained, valid, private, and true to the words that findings are about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from reports import HOSTILE, empty, golden, sample

from msgcheck.model import Report
from msgcheck.report import wording
from msgcheck.report.formats import FORMATS
from msgcheck.report.plain import plain
from msgcheck.report.view import View

REPORTS = [("sample", sample()), ("empty", empty())]
BOTH = pytest.mark.parametrize("report", [report for _, report in REPORTS], ids=[name for name, _ in REPORTS])
_VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
_NO_PARAGRAPHS_INSIDE = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "ul", "ol", "dl", "table", "section", "article", "blockquote", "div", *_NO_PARAGRAPHS_INSIDE}


class _Nesting(HTMLParser):
    """Notes every tag that is closed in the wrong place, never closed, or may not stand where it does."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and _NO_PARAGRAPHS_INSIDE & set(self.open):
            self.wrong.append(f"<{tag}> inside {self.open}")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a link inside a link")
        if tag == "li" and self.open[-1] not in ("ul", "ol"):
            self.wrong.append(f"<li> inside {self.open[-1]}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:
            self.wrong.append(f"<{tag}/> outside a drawing")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")


def soup(report: Report) -> BeautifulSoup:
    return BeautifulSoup(FORMATS["html"].render(report, View()), "lxml")


def highlighted(page: BeautifulSoup, words: str) -> str:
    """The text from the mark `words` to the end of its last stretch, without the note numbers."""
    mark = page.find(id=words)
    assert isinstance(mark, Tag)
    number, text, block = words.rpartition("-w")[2], "", mark.find_parent(id=re.compile(r"-b\d+$"))
    assert block is not None
    hits = block.find_all("a", class_="hit")
    for hit in hits[next(n for n, hit in enumerate(hits) if mark in hit.descendants) :]:
        text += "".join(part for part in hit.strings if not _numbers(part))
        last = hit.find("sup")
        if last and number in re.findall(r"\d+", last.get_text()):
            return text
    raise AssertionError(f"{words} has no end")


def _numbers(part: NavigableString) -> bool:
    return part.find_parent("sup") is not None


@pytest.mark.parametrize(("name", "report"), REPORTS)
def test_the_report_is_as_agreed(name: str, report: Report, accept: bool) -> None:
    actual = FORMATS["html"].render(report, View())
    assert actual == golden(f"report-{name}.html", actual, accept=accept)


@BOTH
def test_every_tag_is_closed_where_it_should_be(report: Report) -> None:
    checked = _Nesting()
    checked.feed(FORMATS["html"].render(report, View()))
    assert (checked.wrong, checked.open) == ([], [])


@BOTH
def test_ids_are_unique_and_every_reference_leads_somewhere(report: Report) -> None:
    page = soup(report)
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    wanted = {link["href"][1:] for link in page.find_all("a", href=re.compile("^#"))}
    wanted |= {
        name for tag in page.find_all(attrs={"aria-labelledby": True}) for name in tag["aria-labelledby"].split()
    }
    assert [name for name, count in ids.items() if count > 1] == []
    assert wanted - set(ids) == set()


@BOTH
def test_headings_skip_no_level_and_there_is_one_title(report: Report) -> None:
    levels = [int(tag.name[1]) for tag in soup(report).find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@BOTH
def test_nothing_is_loaded_and_nothing_is_run(report: Report) -> None:
    page = soup(report)
    assert page.find_all(["script", "iframe", "object", "embed", "img", "form", "base"]) == []
    assert [tag["href"] for tag in page.find_all("link")] == ["data:,"]
    assert [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"] == []
    assert [word for word in ("url(", "@import", "expression(") if word in page.style.string] == []


def test_a_policy_forbids_scripts_and_requests() -> None:
    policy = soup(sample()).find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_only_way_out_is_the_page_that_was_read() -> None:
    links = [link for link in soup(sample()).find_all("a") if not link["href"].startswith("#")]
    assert {link["href"] for link in links} == {"https://kilnhouse.example/pricing"}
    assert all({"noopener", "noreferrer"} <= set(link["rel"]) for link in links)


def test_every_highlight_is_the_words_of_its_finding() -> None:
    report, page = sample(), soup(sample())
    marks = [tag["id"] for tag in page.find_all("span", id=re.compile(r"^p\d+-w\d+$"))]
    actual = Counter(highlighted(page, mark) for mark in marks)
    shown = {page.document.key: page.document for page in report.pages}
    expected = Counter(
        plain(found.primary.quote)
        for found in wording.active(report)
        if found.primary.block >= 0 and shown[found.primary.document].blocks[found.primary.block].is_copy
    )
    assert actual == expected


def test_every_finding_has_a_note_that_says_what_and_what_instead() -> None:
    text = " ".join(soup(sample()).get_text(" ").split())
    for found in wording.active(sample()):
        assert " ".join(plain(found.message).split()) in text
        assert " ".join(plain(found.advice).split()) in text


def test_silenced_findings_are_counted_and_not_shown() -> None:
    text = soup(sample()).get_text(" ")
    assert "A silenced finding." not in text
    assert "1 finding that comments in the pages suppress." in text


def test_each_family_has_its_own_mark_beside_its_colour() -> None:
    page = soup(sample())
    labels = {chip.get_text(strip=True) for chip in page.find_all(class_="chip")}
    assert {"jargon", "vague", "mismatch"} <= labels
    styles = re.findall(r"^\.u\.(\w+) \{ text-decoration-style: (\w+);", page.style.string, flags=re.MULTILINE)
    assert len({style for _, style in styles}) == len(styles) == 4


def test_hostile_text_stays_text() -> None:
    page = soup(sample())
    assert plain(HOSTILE).strip() in page.find(id=re.compile(r"^p2-b0$")).get_text()
    written = FORMATS["html"].render(sample(), View())
    assert [character for character in "\x1b\u202e\ud83d" if character in written] == []
    assert "<script" not in written


def test_outside_people_are_taken_out_unless_asked_for() -> None:
    private = ("Whitfield", "Rosalind", "Dana", "dana@", "7946")
    written = FORMATS["html"].render(sample(), View())
    assert [word for word in private if word in written] == []
    assert "Prospect A" in written
    assert "Dana Whitfield" in FORMATS["html"].render(sample(), View(redacted=False))


def test_the_order_of_reading_is_answer_pages_messages_beliefs_copy() -> None:
    names = [tag["id"] for tag in soup(sample()).main.find_all("section", id=True, recursive=False)]
    assert names[0] == "overview"
    assert names.index("coverage") < names.index("beliefs") < names.index("pages")


def test_pages_come_as_the_report_sorts_them() -> None:
    names = [link.get_text() for link in soup(sample()).select(".bars .name")]
    assert names == [page.document.key for page in sample().pages]


def test_an_empty_report_says_what_to_do_next() -> None:
    text = soup(empty()).get_text(" ")
    assert "--calls FOLDER" in text
    assert "msgcheck init" in text


def test_the_first_line_leaves_out_articles_which_need_not_open_with_what_is_sold() -> None:
    report = sample()
    told = soup(report).h1.get_text()
    document = replace(report.pages[2].document, key="blog/why-we-bake.html")
    article = replace(report.pages[2], document=document, confusion=0.95)
    assert soup(replace(report, pages=(article, *report.pages))).h1.get_text() == told
    alone = soup(replace(report, pages=(article,), findings=())).h1.get_text()
    assert alone.startswith("Most on “blog/why-we-bake.html”")
