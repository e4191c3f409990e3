"""Comments that silence rules: how they are read in every format, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from msgcheck.config import Config, Suppressions
from msgcheck.extract.pages import extract_page
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.findings import settle
from msgcheck.model import Anchor, Block, Document, Finding, RawDocument, Suppression
from msgcheck.rules.base import locate
from msgcheck.silenced import Ran

RULE = "jargon.buzzword"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.html", "<h1>A page</h1>\n<!-- HERE -->\n<p>A seamless page.</p>"),
        ("front.html", "---\n# HERE\ndescription: A seamless page.\n---\n<p>One</p>"),
        ("a.md", "# A page\n<!-- HERE -->\nA seamless page."),
        ("front.md", "---\n# HERE\ndescription: A seamless page.\n---\nA page."),
        ("a.mdx", "# A page\n{/* HERE */}\nA seamless page."),
        ("a.txt", "A page\n<!-- HERE -->\nA seamless page."),
        ("a.jsx", "export default () => (<main>\n{/* HERE */}\n<p>A seamless page.</p></main>);"),
        ("b.tsx", "const copy = {\n  // HERE\n  title: 'A seamless page',\n};"),
        ("a.yaml", "title: A page\n# HERE\nhero: A seamless page."),
        ("b.yaml", "\ntitle: A page. # HERE\nhero: A seamless page."),
    ],
)
def test_a_comment_is_read_in_every_format_that_has_them(name: str, source: str) -> None:
    said = source.replace("HERE", f"msgcheck-disable-next-line {RULE} -- agreed with -- us")
    document = extract_page(RawDocument(name, name, name, said.encode()))
    assert document.suppressions == (Suppression((RULE,), 3, 3, 2, "agreed with -- us"),)
    assert not any("msgcheck" in block.text for block in document.blocks)


def test_a_block_reaches_from_comment_to_comment_and_keeps_its_reason() -> None:
    source = "<!-- msgcheck-disable jargon vague -- quoted law -->\nText.\n<!-- msgcheck-enable -->\n"
    assert find_suppressions(source, "html") == (Suppression(("jargon", "vague"), 1, 3, 1, "quoted law"),)


def test_words_of_a_reason_are_no_rules_and_dashes_in_names_no_reasons() -> None:
    (one, two) = find_suppressions(
        "<!-- msgcheck-disable-next-line vague.empty-claim -->\n<!-- msgcheck-disable-next-line -- why not -->", "html"
    )
    assert (one.rules, one.reason, two.rules, two.reason) == (("vague.empty-claim",), "", (), "why not")


def page(*suppressions: Suppression) -> Document:
    block = Block("body", "Our seamless checkout.", (Anchor(0, 2, 1),))
    return Document("a.md", "a.md", "markdown", "", "en", (block,), 3, suppressions=suppressions)


def told(
    suppression: Suppression, *, config: Config | None = None, ran: Ran | None = None
) -> list[tuple[str, str, str]]:
    """What is said of a comment above a finding: rule, message and advice."""
    document = page(suppression)
    found = Finding(RULE, "warning", 0.9, "A buzzword.", "Say what it does.", (locate(document, 0, 4, 12),))
    settled = settle([found], [document], config or Config(), ran)
    return [(item.rule, item.message, item.advice) for item in settled if item.rule != RULE]


def test_a_comment_that_silences_something_is_not_reported() -> None:
    assert told(Suppression((RULE,), 2, 2, 1)) == []


def test_a_comment_that_silences_nothing_is_reported() -> None:
    ((rule, message, _),) = told(Suppression(("vague.weasel",), 2, 2, 1))
    assert (rule, message) == (
        "suppression.unused",
        "This comment silences vague.weasel, but nothing it covers is reported any more.",
    )


@pytest.mark.parametrize("rules", [("vague.weasel",), ("vague",), ()])
def test_a_comment_whose_rules_did_not_all_run_is_not_called_unused(rules: tuple[str, ...]) -> None:
    ids = {"jargon.noun-stack", "suppression.unused"}
    assert told(Suppression(rules, 9, 9, 8), ran=Ran(ids, ids)) == []


def test_a_comment_for_a_rule_that_lacks_what_it_needs_is_not_called_unused() -> None:
    everything = Ran.all()
    assert told(Suppression(("jargon.asked-about",), 9, 9, 8), ran=Ran(everything.chosen, {"vague.weasel"})) == []


def test_a_name_that_is_no_rule_is_named_with_the_nearest_one() -> None:
    ((rule, message, advice),) = told(Suppression((RULE, "jargon.buzword"), 2, 2, 1))
    assert rule == "suppression.unused"
    assert message == "This comment names “jargon.buzword”, and there is no such rule."
    assert advice == "Did you mean `jargon.buzzword`?"


def test_a_reason_is_asked_for_only_where_it_is_configured() -> None:
    asking = Config(suppressions=Suppressions(require_reason=True))
    assert told(Suppression((RULE,), 2, 2, 1, "agreed"), config=asking) == []
    ((rule, message, _),) = told(Suppression((RULE,), 2, 2, 1), config=asking)
    assert (rule, message) == ("suppression.no-reason", f"This comment silences {RULE} and does not say why.")
