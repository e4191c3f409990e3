"""What a block or finding quotes stands in the source at the place that is given for it."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.extract.decode import decode_html
from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, Location, RawDocument
from msgcheck.rules.base import locate

ROOT = Path(__file__).parent.parent
#: Real pages, where they lie beside the project; the bundled site is read in any case.
REAL = sorted((ROOT.parent / "shared" / "gold" / "pages").glob("*.html.gz"))
BUNDLED = sorted((ROOT / "corpora").rglob("*.html"))

_UNREAD = re.compile(
    r"<!--.*?-->|<(script|style|svg|noscript|template|iframe|select|textarea|video)\b.*?</\1\s*>|</?[a-z!][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_LINE = re.compile(r"\r\n|\n|\r")


def raw(content: bytes, name: str) -> RawDocument:
    return RawDocument(name, name, name, content)


@lru_cache(maxsize=2)
def line_starts(source: str) -> list[int]:
    return [0, *(found.end() for found in _LINE.finditer(source))]


def between(source: str, place: Location) -> str:
    """The source from the first to the last quoted character."""
    starts = line_starts(source)
    return source[starts[place.line - 1] + place.column - 1 : starts[place.end_line - 1] + place.end_column - 1]


def letters(text: str) -> str:
    """Text without white space and characters that have no width."""
    return _UNSEEN.sub("", text)


def holds(source: str, place: Location) -> bool:
    return letters(html.unescape(_UNREAD.sub("", between(source, place)))) == letters(place.quote)


def quotes(document: Document) -> Iterator[Location]:
    """Each block as a whole, and words at its start, in its middle and at its end."""
    for index, block in enumerate(document.blocks):
        words = [found.span() for found in re.finditer(r"\S+", block.text)]
        middle = len(words) // 2
        spans = {(0, len(block.text)), words[0], words[-1], (words[middle // 2][0], words[middle][1])}
        yield from (locate(document, index, *span) for span in sorted(spans))


def misplaced(source: str, document: Document) -> list[tuple[str, str]]:
    return [(place.quote, between(source, place)) for place in quotes(document) if not holds(source, place)]


@pytest.mark.parametrize("name", ["real", "bundled"])
def test_quotes_stand_where_they_are_said_to_stand_on_whole_pages(name: str) -> None:
    paths = (REAL or BUNDLED) if name == "real" else BUNDLED
    wrong, count = [], 0
    for path in paths:
        page = raw(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes(), "p.html")
        document = extract_page(page)
        wrong += misplaced(decode_html(page), document)
        count += sum(1 for _ in quotes(document))
    assert count > 300
    assert len(wrong) <= 0.005 * count, wrong[:5]


#: What a page is put together from: words, entities, inline and block markup, wrapped lines, what no reader sees.
_PARTS = [
    *(
        "oven ",
        "rye",
        "£9 ",
        "&amp;",
        "&eacute;t&eacute; ",
        "&nbsp;",
        "&#8212;",
        "&lt;b&gt;",
        "a&b ",
        "AT&T",
        "&hellip;",
    ),
    *(
        "\n",
        "\r\n  ",
        "\t",
        "\u200b",
        "\u00ad",
        "<b>",
        "</b>",
        "<em class='x'>",
        "</em>",
        "<a href='/x?a=1&amp;b=2'>",
        "</a>",
    ),
    *("<p>", "</p>", "<h2>", "</h2>", "<li>", "<br>", "<br/>", "<td>", "</table>", "<table><tr>", "<!-- a > b -->"),
    *("<script>if (a<b) {}</script>", "<img alt='Rye &amp; oats'>", "<button>", "</button>", "<span hidden>no</span>"),
]
_MARKDOWN = [
    "oven ",
    "rye",
    "&amp; ",
    "**loaf**",
    "*crumb* ",
    "`code`",
    "[a link](/x) ",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "> ",
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PARTS), max_size=25))
def test_quotes_stand_where_they_are_said_to_stand_on_any_page(parts: list[str]) -> None:
    source = "<body><p>" + "".join(parts)
    document = extract_page(raw(source.encode(), "p.html"))
    assert misplaced(source, document) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_MARKDOWN), min_size=1, max_size=25).filter(lambda parts: "".join(parts).strip()))
def test_words_stand_where_they_are_said_to_stand_in_any_markdown(parts: list[str]) -> None:
    source = "Bread\n\n" + "".join(parts)
    document = extract_page(raw(source.encode(), "p.md"))
    words = [
        locate(document, index, *found.span())
        for index, block in enumerate(document.blocks)
        for found in re.finditer(r"[a-zA-Z]+|&", block.text)
    ]
    held = [(place.quote, html.unescape(re.sub(r"[*`\[\]]|\(/x\)", "", between(source, place)))) for place in words]
    assert [pair for pair in held if pair[0] != letters(pair[1])] == []


def test_the_end_of_a_quote_is_past_the_whole_entity() -> None:
    document = extract_page(raw(b"<p>Salt &amp;</p>", "p.html"))
    place = locate(document, 0, 0, 6)
    assert (place.quote, place.column, place.end_column) == ("Salt &", 4, 14)
