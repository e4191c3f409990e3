"""The positioning file: read by its contract, or refused with one line that names file and place."""

from __future__ import annotations

import pytest

from msgcheck.errors import ConfigError
from msgcheck.extract.positioning import read_positioning
from msgcheck.extract.statement import parse_statement
from msgcheck.model import Audience, Message, Positioning, RawDocument

STATEMENT = (
    "For florists with one to five shops who need to see all orders, Fernlight is order management software that puts "
    "every marketplace in one list. Unlike a spreadsheet or paper slips, it updates by itself."
)


def read(text: str | bytes, name: str = "positioning.yaml") -> Positioning:
    return read_positioning(RawDocument(name, name, name, text.encode() if isinstance(text, str) else text))


def refusal(text: str | bytes, name: str = "positioning.yaml") -> tuple[str, str]:
    with pytest.raises(ConfigError) as caught:
        read(text, name)
    return caught.value.message, caught.value.hint


def test_every_key_of_the_contract_is_read() -> None:
    agreed = read(
        "version: 1\nproduct: Fernlight\naliases: [Fernlight Orders]\ncategory: order software\n"
        "category_aliases: [flower order software]\nnot: [CRM]\n"
        "audiences: [{id: f, name: florists, needs: see all orders}]\nalternatives: [paper]\n"
        'messages: [{id: m, kind: proof, text: Used by 40 shops., required_on: ["/"]}]\n'
        "facts: [{id: p, text: It costs $39 a month.}]\n"
        "vocabulary: {prefer: {recipe: [stem list]}, avoid: [synergy], known: [POS]}\n"
    )
    assert agreed.not_categories == ("CRM",)
    assert agreed.audiences == (Audience("f", "florists", "see all orders"),)
    assert agreed.messages == (Message("m", "Used by 40 shops.", "proof", ("/",)),)
    assert agreed.vocabulary.prefer == (("recipe", ("stem list",)),)
    assert agreed.missing == ()


@pytest.mark.parametrize("name", ["statement.md", "statement.txt"])
def test_a_paragraph_alone_fills_the_slots(name: str) -> None:
    agreed = read(STATEMENT, name)
    assert (agreed.product, agreed.category) == ("Fernlight", "order management software")
    assert agreed.audiences == (Audience("audience", "florists with one to five shops", "see all orders"),)
    assert agreed.alternatives == ("a spreadsheet", "paper slips")
    assert [message.text for message in agreed.messages] == [
        "Puts every marketplace in one list.",
        "Updates by itself.",
    ]


def test_product_and_statement_are_enough_in_yaml() -> None:
    agreed = read(f"product: Fernlight\nstatement: >\n  {STATEMENT}\n")
    assert (agreed.category, agreed.missing) == ("order management software", ())


def test_given_keys_win_over_the_statement() -> None:
    assert (
        read(f"product: Fernlight\ncategory: flower software\nstatement: {STATEMENT!r}\n").category == "flower software"
    )


def test_what_a_statement_does_not_say_is_named_and_not_guessed() -> None:
    agreed = read("Fernlight is order management software.", "statement.txt")
    assert agreed.missing == ("audiences", "messages", "alternatives")


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Boltrack is a tool tracker for foremen who lose drills.", ("Boltrack", "foremen", "tool tracker")),
        (
            "**For** foremen **who** lose drills, **Boltrack** is a tool tracker.",
            ("Boltrack", "foremen", "tool tracker"),
        ),
        ("For teams who ship, Bolt.io is a build service that is quick.", ("Bolt.io", "teams", "build service")),
        ("Boltrack helps foremen find drills.", ("Boltrack", "", "")),
        ("We like drills.", ("", "", "")),
    ],
)
def test_common_variants_of_the_pattern(text: str, slots: tuple[str, str, str]) -> None:
    found = parse_statement(text)
    assert (found.product, found.audience, found.category) == slots


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "is empty", "msgcheck init"),
        ("  \n", "is empty", "msgcheck init"),
        (b"\xff\xfe", "not valid UTF-8", "UTF-8"),
        (b"a\x00b", "binary", "YAML"),
        ("product: A\nmesages: []", "mesages: unknown key", "'messages'"),
        ("product: A\nmessages: [{id: a, text: b, kid: c}]", "messages[0].kid: unknown key", "'kind'"),
        ("product: A\naliases: B", "aliases: must be a list", "["),
        ("product: A\nmessages: [{id: 1, text: b}]", "messages[0].id: must be text", "quotes"),
        ("product: A\nmessages: [{id: a}]", "messages[0].text: is missing", "Add"),
        ("product: A\nfacts: [{id: a, text: b}, {id: a, text: c}]", "“a” is used twice", "id of its own"),
        ("product: A\nproduct: B", ":2: key “product” is given twice", "line"),
        ("product: A\n  category: [\n", ":2:", "line"),
        ("product: A", "only the product's name", "category"),
        ("category: A", "'product' is missing", "product"),
        ("just words", "no keys", ".md"),
        ("product: A\ncategory: b\nversion: 2", "version: must be 1", "Pick"),
        ("[" * 2000, "too deeply nested", "Write"),
    ],
)
def test_bad_files_get_one_line_and_a_hint(text: str | bytes, message: str, hint: str) -> None:
    said, advice = refusal(text)
    assert message in said
    assert said.startswith("positioning.yaml")
    assert "\n" not in said
    assert hint in advice


def test_references_to_references_are_refused() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(f"b{n}: [*a, *a, *a]" for n in range(9))
    assert "too many references" in refusal(bomb)[0]


def test_a_text_without_a_product_is_refused() -> None:
    assert "names no product" in refusal("hello there", "statement.md")[0]


def test_yaml_tags_run_no_code() -> None:
    assert "a type is named (!name)" in refusal("product: !!python/object/apply:os.getcwd []")[0]
