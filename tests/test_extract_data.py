"""YAML and JSON content files: strings for readers, told by key and value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.errors import InputError
from tests.contents import misplaced, read

YAML = """# what the home page says
hero:
  title: "Rotas that bake\\u0020themselves"
  subtitle: 'The baker''s planner.'
  image: /img/oven.png
  button: {label: See a week, link: /week, variant: primary}
features:
  - &swap
    title: Swap shifts
    text: |
      Two taps, and the [rota](/rota) holds.

      - Ask the team
      - Approve
    icon: arrow-left
    class: px-4 md:flex
  - *swap
stats: ["40 bakeries", 12, true, null, 2026-03-01]
quote: !text >
  We sleep
  longer.
"""


def test_yaml_gives_strings_for_readers_with_key_path_and_place() -> None:
    document = read(YAML, "home.yml")
    assert [(block.role, block.text, block.selector) for block in document.blocks] == [
        ("heading-1", "Rotas that bake themselves", "hero.title"),
        ("hero", "The baker's planner.", "hero.subtitle"),
        ("cta", "See a week", "hero.button.label"),
        ("heading-2", "Swap shifts", "features[0].title"),
        ("body", "Two taps, and the rota holds.", "features[0].text"),
        ("list-item", "Ask the team", "features[0].text"),
        ("list-item", "Approve", "features[0].text"),
        ("quote", "We sleep longer.", "quote"),
    ]
    assert (document.kind, misplaced(document, YAML)) == ("yaml", [])


JSON = """{
  "hero": {"title": "Rotas \\"that\\" bake\\n\\nCaf\\u00e9s \\ud83d\\ude00 too", "href": "/week", "cta": "See a week"},
  "nav.pricing.title": "Pricing",
  "items": ["Swap shifts in two taps", "px-4 md:flex", "https://x.example/a b"],
  "price": "$19 a month"
}
"""


def test_json_gives_strings_for_readers_with_key_path_and_place() -> None:
    document = read(JSON, "home.json")
    assert [(block.role, block.text, block.selector, block.line, block.column) for block in document.blocks] == [
        ("heading-1", 'Rotas "that" bake', "hero.title", 2, 22),
        ("heading-1", "Cafés 😀 too", "hero.title", 2, 45),
        ("cta", "See a week", "hero.cta", 2, 100),
        ("heading-2", "Pricing", "nav.pricing.title", 3, 25),
        ("body", "Swap shifts in two taps", "items[0]", 4, 14),
        ("body", "$19 a month", "price", 5, 13),
    ]
    assert misplaced(document, JSON) == []


def test_keys_choose_what_is_copy() -> None:
    keys = ("hero.*", "items", "!*.cta")
    assert [block.selector for block in read(JSON, "home.json", keys).blocks] == [
        "hero.title",
        "hero.title",
        "hero.href",
        "items[0]",
        "items[1]",
        "items[2]",
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "package.json",
            '{"name": "x", "scripts": {}, "description": "Plans the early shift."}',
            "is a package manifest",
        ),
        ("api.yaml", "openapi: 3.0.0\ninfo: {description: Plans the early shift.}\n", "is an API description"),
        ("positioning.yaml", "product: Crumbline\ncategory: rota software\n", "is a positioning statement"),
        ("colours.json", '{"primary": "#ff0000", "spacing": "4px 8px"}', "holds no copy"),
        ("call.json", '{"callTranscripts": []}', "is a call (name it with --calls)"),
    ],
)
def test_data_that_is_no_copy_is_skipped_with_its_reason(name: str, text: str, reason: str) -> None:
    document = read(text, name)
    assert (document.blocks, [skip.reason for skip in document.skipped]) == ((), [reason])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"a": 1,\n}', "a.json: is not valid JSON (line 2, column 1)."),
        ("a.json", "[" * 100_000, "a.json: is not JSON that can be read (RecursionError)."),
        ("a.yaml", "a: [1\nb: 2\n", "a.yaml: is not valid YAML (line 2: did not find expected ',' or ']')."),
        ("a.docx", "PK\x03\x04 nothing", "a.docx: is not a readable Word document."),
    ],
)
def test_a_file_that_is_not_what_its_type_says_is_refused_when_named(name: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, name)
    assert caught.value.message == message


def test_broken_data_that_a_folder_holds_is_skipped_with_its_reason() -> None:
    document = read('{"a": 1,\n}', "a.json", found=True)
    assert [skip.reason for skip in document.skipped] == ["is not valid JSON (line 2, column 1)"]


SYMBOLS = (
    """--- +++ ``` ~~~ { } {{ }} {% %} < > </ /> <a <b> <!-- --> " ' ` : - # | > & [ ] ( ) \\ = , title: "title": """
    "import export $ ${ \n \n\n \t é 😀 \u200b \ufeff \r\n a word <script> <pre> [a](b) ![a](b) &amp; "
)
MARKS = st.lists(st.sampled_from(SYMBOLS.split(" ")), max_size=40).map("".join)


@pytest.mark.parametrize("suffix", ["md", "mdx", "tsx", "yaml", "json", "html", "txt", "eml", "docx"])
@settings(max_examples=25, deadline=None)
@given(text=MARKS)
def test_any_text_is_read_or_refused_in_one_line(suffix: str, text: str) -> None:
    try:
        document = read(text, f"a.{suffix}")
    except InputError as error:
        assert "\n" not in error.message
    else:
        assert all(block.text and block.line >= 1 and block.column >= 1 for block in document.blocks)


#: No markup: what stands between marks is one word to a reader, and two to a search in the source.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="`*_[]<>{}()%$\\"),
    min_size=1,
    max_size=40,
)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_json_string_is_placed_where_its_words_stand(texts: list[str]) -> None:
    source = json.dumps({"text": [f"Plans {text} today" for text in texts]}, ensure_ascii=False, indent=1)
    document = read(source, "a.json", ("*",))
    assert misplaced(document, source) == []
    assert [block.text.split()[0] for block in document.blocks] == ["Plans"] * len(texts)
