"""Words replaced in the source of a page: only where they stand as they read, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from msgcheck.extract.pages import extract_page
from msgcheck.model import Finding, RawDocument
from msgcheck.rules.base import locate
from msgcheck.web.changes import Source


def page(content: str, name: str) -> RawDocument:
    return RawDocument(name, name, name, content.encode("utf-8"))


def about(raw: RawDocument, words: str, *, plain: str = "") -> tuple[Source, Finding]:
    """The source, and a finding on every place of these words in the copy."""
    document = extract_page(raw)
    places = tuple(
        replace(locate(document, index, start, start + len(words)), replacement=plain)
        for index, block in document.copy()
        for start in range(len(block.text))
        if block.text.startswith(words, start)
    )
    return Source(raw, document), Finding("jargon.buzzword", "warning", 0.9, "", "", places)


def changed(raw: RawDocument, words: str, new: str, *, plain: str = "") -> str:
    source, finding = about(raw, words, plain=plain)
    return source.with_words(finding, new).content.decode("utf-8")


@pytest.mark.parametrize(
    ("name", "before", "words", "after"),
    [
        ("a.md", "# Bread\n\nWe leverage ovens.\n", "leverage", "# Bread\n\nWe use ovens.\n"),
        ("a.md", "# Bread\r\n\r\nWe leverage\r\novens.\r\n", "leverage ovens", "# Bread\r\n\r\nWe use.\r\n"),
        ("a.html", "<h1>Bread</h1><p>We leverage ovens.</p>", "leverage", "<h1>Bread</h1><p>We use ovens.</p>"),
        ("a.html", "<h1>Bread</h1><p>Salt &amp; oats for all.</p>", "Salt & oats", "<h1>Bread</h1><p>use for all.</p>"),
        ("a.txt", "Bread\n\nWe leverage ovens. We leverage salt.", "leverage", "Bread\n\nWe use ovens. We use salt."),
    ],
)
def test_the_words_change_and_nothing_else(name: str, before: str, words: str, after: str) -> None:
    assert changed(page(before, name), words, "use") == after


def test_words_with_markup_among_them_stay() -> None:
    raw = page("<h1>Bread</h1><p>We <b>leverage</b> ovens.</p>", "a.html")
    source, finding = about(raw, "We leverage ovens")
    assert source.places(finding) == ()


def test_new_words_cannot_bring_markup_into_html() -> None:
    raw = page("<h1>Bread</h1><p>We leverage ovens.</p>", "a.html")
    assert changed(raw, "leverage", "<script>") == "<h1>Bread</h1><p>We &lt;script&gt; ovens.</p>"


def test_without_other_words_the_plain_ones_stand() -> None:
    raw = page("# Bread\n\nWe utilize ovens.\n", "a.md")
    assert changed(raw, "utilize", "", plain="use") == "# Bread\n\nWe use ovens.\n"


def test_different_words_in_one_sentence_are_replaced_with_what_stands_between_them() -> None:
    raw = page("# Bread\n\nWe leverage our best-in-class ovens daily.\n", "a.md")
    source, first = about(raw, "leverage")
    _, second = about(raw, "best-in-class")
    both = replace(first, locations=(*second.locations, *first.locations))
    assert [place.quote for place in source.places(both)] == ["leverage our best-in-class"]
    assert source.with_words(both, "use brick").content == b"# Bread\n\nWe use brick ovens daily.\n"
