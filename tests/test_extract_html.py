"""HTML pages as blocks: what is copy, which role it has, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.errors import InputError
from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, RawDocument, Suppression

PAGE = """<!doctype html>
<html><head>
<title>Shift planning for bakeries | Crumbline</title>
<meta name="description" content="Plan &amp; swap shifts in one list.">
<meta property="og:site_name" content="Crumbline">
</head><body>
<a href="#main">Skip to main content</a>
<header><nav><ul><li><a href="/">Home</a><li><a href="/pricing">Pricing</a></ul></nav></header>
<main id="main">
  <h1>Rotas that<br>bake themselves</h1>
  <p>Crumbline plans the <b>early</b> shift
     for bakeries &mdash; caf&eacute;s too.</p>
  <a class="btn" href="/demo">See a bakery's week</a>
  <h2><span class="block">Swap shifts</span><span class="block">Without calls</span></h2>
  <ul><li>Ask the whole team at once</li><li>Approve with one tap</li></ul>
  <p>First paragraph of text<p>Second paragraph of text
  <blockquote>We stopped phoning round at 4 a.m.</blockquote>
  <table><tr><th>Plan</th><td>$19 a shop</td></tr></table>
  <div role="tabpanel" hidden><p>Works offline in the cellar as well.</p></div>
  <div style="display:none"><p>Old copy that nobody sees any more.</p></div>
  <img src="x.png" alt="A rota on a phone">
</main>
<div class="cookie-banner"><p>We use cookies to count visits.</p></div>
<footer><p>Crumbline Ltd, Leeds</p></footer>
<script>document.write("not copy")</script>
</body></html>
"""


def read(markup: str | bytes, name: str = "index.html", **declared: str) -> Document:
    content = markup if isinstance(markup, bytes) else markup.encode()
    return extract_page(RawDocument(name, name, name, content, **declared))


def texts(document: Document, role: str) -> list[str]:
    return [block.text for block in document.blocks if block.role == role]


def assert_places(document: Document, source: str) -> None:
    """Every character that stands in the source as itself is where the block says it is."""
    lines = source.split("\n")
    for block in document.blocks:
        for offset, character in enumerate(block.text):
            place = block.position(offset)
            found = lines[place.line - 1][place.column - 1 : place.column]
            if character != " " and found != "&":
                assert found == character, (block.text, offset)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("title", ["Shift planning for bakeries | Crumbline"]),
        ("description", ["Plan & swap shifts in one list."]),
        ("heading-1", ["Rotas that bake themselves"]),
        ("hero", ["Crumbline plans the early shift for bakeries — cafés too."]),
        ("cta", ["See a bakery's week"]),
        ("heading-2", ["Swap shifts Without calls"]),
        ("list-item", ["Ask the whole team at once", "Approve with one tap"]),
        ("quote", ["We stopped phoning round at 4 a.m."]),
        ("table", ["Plan", "$19 a shop"]),
        ("alt", ["A rota on a phone"]),
        ("nav", ["Home", "Pricing"]),
        ("cookie", ["We use cookies to count visits."]),
        ("footer", ["Crumbline Ltd, Leeds"]),
    ],
)
def test_each_part_of_a_page_gets_its_role(role: str, expected: list[str]) -> None:
    assert texts(read(PAGE), role) == expected


def test_hidden_panels_are_copy_and_what_is_hidden_for_good_is_not() -> None:
    body = texts(read(PAGE), "body")
    assert body == [
        "First paragraph of text",
        "Second paragraph of text",
        "Works offline in the cellar as well.",
    ]


def test_metadata_names_the_company() -> None:
    document = read(PAGE)
    assert (document.title, document.names, document.kind) == (
        "Shift planning for bakeries | Crumbline",
        ("Crumbline",),
        "html",
    )


def test_every_character_is_at_its_line_and_column() -> None:
    assert_places(read(PAGE), PAGE)


def test_an_entity_does_not_move_what_follows_it() -> None:
    block = read("<body><p>\n  Salt &amp; flour</p>").blocks[0]
    assert [(block.position(i).line, block.position(i).column) for i in (0, 5, 7)] == [(2, 3), (2, 8), (2, 14)]


def test_a_suppression_covers_the_lines_between_its_comments() -> None:
    source = (
        "<p>a</p>\n<!-- msgcheck-disable vague.weasel -->\n<p>b</p>\n"
        "<!-- msgcheck-enable -->\n<!-- msgcheck-disable-next-line -->\n<p>c</p>"
    )
    assert read(source).suppressions == (Suppression(("vague.weasel",), 2, 4, 2), Suppression((), 6, 6, 5))


def test_a_paragraph_that_is_repeated_for_phones_is_kept_once() -> None:
    page = (
        "<body><h1>Rotas</h1><div><p>Plan a week in five minutes</p></div><div><p>Plan a week in five minutes</p></div>"
    )
    assert texts(read(page), "hero") == ["Plan a week in five minutes"]


def test_inline_links_stay_in_their_sentence() -> None:
    page = '<body><p>Read <a href="/a">the guide</a>, then <a href="/b">ask us</a>.</p>'
    assert texts(read(page), "body") == ["Read the guide, then ask us."]


def test_links_side_by_side_are_apart() -> None:
    page = '<body><h1>Rotas</h1><p>Text</p><div><a href="/a">Plan a week</a> <a href="/b">Meet a baker</a></div>'
    assert [(b.text, b.href) for b in read(page).blocks if b.role == "cta"] == [
        ("Plan a week", "/a"),
        ("Meet a baker", "/b"),
    ]


def test_a_page_that_scripts_draw_is_reported_with_a_hint() -> None:
    skipped = read("<body><div id=root></div><script src=app.js></script></body>").skipped
    assert [(item.what, "--render" in item.reason) for item in skipped] == [("index.html", True)]


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        ("<p>Café</p>".encode(), ""),
        ("<p>Café</p>".encode("cp1252"), ""),
        ("<p>Café</p>".encode("utf-16"), ""),
        ("<meta charset=iso-8859-2><p>Café</p>".encode("iso-8859-2"), ""),
        ("<p>Café</p>".encode("cp1252"), "iso-8859-1"),
    ],
)
def test_encodings_are_recognised(content: bytes, declared: str) -> None:
    assert texts(read(content, charset=declared), "body") == ["Café"]


def test_a_broken_byte_costs_a_page_in_utf_8_that_character_alone() -> None:
    content = "<meta charset=utf-8><p>Café ".encode() + b"\xe9</p>"
    assert texts(read(content), "body") == ["Café \N{REPLACEMENT CHARACTER}"]


@pytest.mark.parametrize("content", [b"", b"  \n", b"<p>\0\0\0</p>"])
def test_empty_and_binary_pages_are_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"index\.html: is "):
        read(content)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + "deep words" + "</div>" * 20_000,
        "<p>deep words</p><svg><path>",
        "<p>deep words</p><!-- never closed",
        "<p>deep words</p><a href='x",
        "<svg><p>deep words</p>",
        "<p>deep words",
    ],
)
def test_broken_markup_keeps_its_words(markup: str) -> None:
    assert texts(read(markup), "body") == ["deep words"]


def test_invisible_characters_are_removed_and_hard_spaces_folded() -> None:
    assert texts(read("<p>fast\u200b er\u00a0\u00a0now so\u00adon</p>"), "body") == ["fast er now soon"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "word ",
                "&amp;",
                "&eacute;t",
                "\n",
                "<br>",
                "<li>",
                "<!-- x",
                "-->",
                "<svg>",
                "<",
                "a<b ",
                "\u00a0",
                "\u200b",
            ]
        ),
        max_size=30,
    )
)
def test_any_markup_gives_blocks_with_true_places(parts: list[str]) -> None:
    source = "<body>" + "".join(parts)
    assert_places(read(source), source)
