"""Markdown and plain text as blocks."""

from __future__ import annotations

import pytest

from msgcheck.errors import InputError
from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, RawDocument

MARKDOWN = """---
title: "Rotas for bakeries"
description: Plan a week in minutes.
---
import { Card } from '../components/card.tsx'

# Rotas that bake *themselves*

Crumbline plans the [early shift](https://example.org/early "x") for bakeries
and {{< badge >}}cafés &amp; kiosks.

<Card title={"Swaps"} size="2">Swap shifts **here**</Card>

- Ask the team
- Approve `one` tap

> We sleep longer.

| Plan | Price |
|------|-------|
| Shop | $19   |

```js
const hidden = true
```

[See a bakery's week](/demo)

![A rota](rota.png)
"""


def read(text: str | bytes, name: str) -> Document:
    return extract_page(RawDocument(name, name, name, text if isinstance(text, bytes) else text.encode()))


def shape(document: Document) -> list[tuple[str, str, int, int]]:
    return [(block.role, block.text, block.line, block.column) for block in document.blocks]


def test_markdown_is_read_without_its_code_targets_and_components() -> None:
    assert shape(read(MARKDOWN, "page.mdx")) == [
        ("title", "Rotas for bakeries", 2, 9),
        ("description", "Plan a week in minutes.", 3, 14),
        ("heading-1", "Rotas that bake themselves", 7, 3),
        ("hero", "Crumbline plans the early shift for bakeries and cafés & kiosks.", 9, 1),
        ("heading-2", "Swaps", 12, 15),
        ("body", "Swap shifts here", 12, 32),
        ("list-item", "Ask the team", 14, 3),
        ("list-item", "Approve one tap", 15, 3),
        ("quote", "We sleep longer.", 17, 3),
        ("table", "Plan", 19, 3),
        ("table", "Price", 19, 10),
        ("table", "Shop", 21, 3),
        ("table", "$19", 21, 10),
        ("cta", "See a bakery's week", 27, 2),
        ("alt", "A rota", 29, 3),
    ]


def test_a_link_target_does_not_move_the_words_after_it() -> None:
    block = next(block for block in read(MARKDOWN, "page.mdx").blocks if block.role == "hero")
    place = block.position(block.text.index("for bakeries"))
    assert MARKDOWN.split("\n")[place.line - 1][place.column - 1 :].startswith("for bakeries")


def test_a_wrapped_paragraph_is_one_block() -> None:
    text = "Rotas for bakeries\n\nCrumbline plans the\nearly shift.\n\n- Ask the team\n- Approve\n"
    assert shape(read(text, "page.txt")) == [
        ("heading-1", "Rotas for bakeries", 1, 1),
        ("hero", "Crumbline plans the early shift.", 3, 1),
        ("list-item", "Ask the team", 6, 3),
        ("list-item", "Approve", 7, 3),
    ]


def test_a_sentence_broken_by_blank_lines_is_one_block() -> None:
    text = "We were told that this tool would do the rota for every\n\nbakery in the county.\n\nIt did not.\n"
    assert [block.text for block in read(text, "page.txt").blocks] == [
        "We were told that this tool would do the rota for every bakery in the county.",
        "It did not.",
    ]


def test_lines_that_end_before_they_are_full_are_blocks_of_their_own() -> None:
    text = "Plan the early shift\nFor bakeries\nfrom one oven to forty\nFree for 14 days\nNo card needed\n"
    assert [block.text for block in read(text, "page.txt").blocks] == [
        "Plan the early shift",
        "For bakeries from one oven to forty",
        "Free for 14 days",
        "No card needed",
    ]


def test_a_file_of_long_lines_has_a_paragraph_a_line() -> None:
    long = "Crumbline plans the early shift for bakeries, and it does so before the ovens are warm, " * 2
    text = f"Planned from the start\ncrumbline reads your orders\n{long}\n"
    assert [block.text for block in read(text, "page.txt").blocks] == [
        "Planned from the start",
        "crumbline reads your orders",
        long.strip(),
    ]


def test_tags_left_behind_in_text_are_no_copy() -> None:
    assert [block.text for block in read('<img src="a.gif"> Bread is baked here.\n', "page.txt").blocks] == [
        "Bread is baked here."
    ]


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_a_comment_suppresses_and_is_no_copy(name: str) -> None:
    document = read("Bread.\n\n<!-- msgcheck-disable-next-line jargon -->\nMore bread.\n", name)
    assert ([block.text for block in document.blocks], document.suppressions[0].first_line) == (
        ["Bread.", "More bread."],
        4,
    )


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_invalid_utf8_is_refused_with_its_place(name: str) -> None:
    with pytest.raises(InputError, match=r"not valid UTF-8 \(byte 7, line 2\)"):
        read(b"Bread.\n\xff\xfe", name)


def test_html_is_recognised_without_a_suffix() -> None:
    assert read("<!-- x --><!DOCTYPE html><p>Bread</p>", "stdin").kind == "html"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bread is baked before the sun is up, and the rota has to be ready by then. " * 2, "en"),
        ("Das Brot wird vor Sonnenaufgang gebacken, und bis dahin muss der Plan fertig sein. " * 2, "de"),
        ("Bread and butter", ""),
        ("Okta logo Oracle logo Asana logo", ""),
        ("Der Einsatzplan für Bäckereien, die vor Sonnenaufgang backen", "de"),
        ("Le planning des équipes pour les boulangeries de quartier", "fr"),
        ("面包店排班软件，让每个人都知道何时上班。天亮之前面包就烤好了，排班表也要提前准备好。", "zh"),
        ("Bread is baked before the sun is up. " * 4 + "Der Plan ist fertig, sagt unser Bäcker.", "en"),
        ("Das Brot wird vor Sonnenaufgang gebacken. " * 4 + "Book a demo. Try it for free.", "de"),
    ],
)
def test_the_language_is_told_where_there_is_enough_text(text: str, language: str) -> None:
    assert read(text, "page.txt").language == language
