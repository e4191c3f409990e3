"""An editor gets its findings, explanations and edits from `msgcheck lsp`, whatever it sends and however fast."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editors import Editor, apply, editor, said

pytestmark = pytest.mark.models

_POSITIONING = """product: Fernlight
category: order management software
messages:
  - {id: one-list, text: Orders from every marketplace arrive in one list.}
vocabulary:
  prefer: {recipe: [stem list]}
  avoid: [frictionless]
"""
_PLAIN = "# Order management software for florists\n\nOrders from eleven marketplaces arrive in one list.\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    (folder / "msgcheck.toml").write_text('positioning = "positioning.yaml"\n[pages]\ninclude = ["site"]\n')
    (folder / "positioning.yaml").write_text(_POSITIONING)
    (folder / "site").mkdir()
    return folder


@pytest.fixture(scope="module")
def writer(root: Path) -> Iterator[Editor]:
    with editor(root) as client:
        yield client


def rules(found: list[types.Diagnostic]) -> list[str]:
    return [str(item.code) for item in found]


def one(found: list[types.Diagnostic], rule: str) -> types.Diagnostic:
    (item,) = (item for item in found if item.code == rule)
    return item


def edited(text: str, path: Path, action: types.CodeAction) -> str:
    assert action.edit is not None and action.edit.changes is not None
    return apply(text, list(action.edit.changes[path.as_uri()]))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "# 🎉 Florists\r\n\r\n👩‍🌾 Take orders in a 🌷 frictionless way.\r\n"),
        ("page.html", "<!doctype html><h1>🎉 Florists</h1>\r\n<p>👩‍🌾 &amp; take 🌷 frictionless orders.</p>"),
        ("page.mdx", "import A from './a'\n\n<A>\n\n🎉 Take frictionless orders.\n\n</A>\n"),
        ("page.txt", "Florists\n\n🎉 Take frictionless orders.\n"),
    ],
)
def test_places_count_as_editors_count_them(writer: Editor, root: Path, name: str, text: str) -> None:
    found = one(writer.open(root / "site" / name, text), "jargon.avoided")
    assert said(text, found.range) == "frictionless"
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.source == "msgcheck"
    assert found.message.splitlines() == [
        "“frictionless” is on your list of words to avoid.",
        "Say in plain words what happens instead.",
    ]


def test_other_places_of_a_finding_are_named_with_it(writer: Editor, root: Path) -> None:
    text = "# Florists\n\nEach bouquet has a stem list.\n\nPrint the stem list.\n"
    found = one(writer.open(root / "site" / "related.md", text), "mismatch.term-variant")
    assert [said(text, item.location.range) for item in found.related_information or ()] == ["stem list"]


def test_only_the_newest_of_a_burst_of_edits_is_answered(writer: Editor, root: Path) -> None:
    path = root / "site" / "burst.md"
    writer.open(path, _PLAIN)
    before = len(writer.published)
    for length in range(1, 11):
        writer.type(path, f"{_PLAIN}\nTake {'frictionless'[:length]}")
    final = f"{_PLAIN}\nTake frictionless orders.\n"
    assert "jargon.avoided" in rules(writer.change(path, final))
    versions = [params.version for params in writer.published[before:] if params.uri == path.as_uri()]
    assert versions == sorted(versions, key=lambda version: version or 0)
    assert versions[-1] == 12
    assert len(versions) < 11


def test_the_buffer_counts_and_not_the_file(writer: Editor, root: Path) -> None:
    path = root / "site" / "unsaved.md"
    path.write_text(f"{_PLAIN}\nTake frictionless orders.\n")
    assert "jargon.avoided" not in rules(writer.open(path, _PLAIN))


def test_findings_of_a_closed_page_are_taken_away(writer: Editor, root: Path) -> None:
    path = root / "site" / "closed.md"
    assert writer.open(path, "# Florists\n\nTake frictionless orders.\n")
    writer.close(path)
    writer.open(root / "site" / "next.md", _PLAIN)
    assert [len(params.diagnostics) for params in writer.published if params.uri == path.as_uri()][-1] == 0


def test_what_only_the_whole_site_can_tell_is_not_said_of_one_page(writer: Editor, root: Path) -> None:
    text = "# We print labels\n\n<!-- msgcheck-disable mismatch -->\n\nThe labels fit every printer that you have.\n"
    found = rules(writer.open(root / "site" / "labels.md", text))
    assert {"mismatch.missing-message", "suppression.unused"}.isdisjoint(found)


@pytest.mark.parametrize("name", ["README.md", "site/.drafts/a.md", "site/picture.svg"])
def test_files_that_a_check_would_not_read_are_left_alone(writer: Editor, root: Path, name: str) -> None:
    path = root / name
    writer.open_unanswered(path, "# Florists\n\nTake frictionless orders.\n")
    writer.open(root / "site" / f"{path.stem}-after.md", _PLAIN)
    assert all(not params.diagnostics for params in writer.published if params.uri == path.as_uri())


def test_hover_explains_the_rule_and_leaves_the_text_of_the_page_text(writer: Editor, root: Path) -> None:
    path = root / "site" / "hover.html"
    text = "<h1>Florists</h1>\n<p>Leverage [our](javascript:alert(1)) &lt;img src=x onerror=alert(2)&gt; synergy.</p>"
    found = one(writer.open(path, text), "jargon.buzzword")
    shown = writer.hover(path, found.range.start.line, found.range.start.character)
    assert "**warning** `jargon.buzzword`" in shown
    assert "**Why a buyer cares**" in shown
    assert "<img" not in shown
    assert "](javascript" not in shown
    assert writer.hover(path, 0, 0) == ""


def test_the_plain_words_can_be_put_in(writer: Editor, root: Path) -> None:
    path = root / "site" / "plain.md"
    text = "# Florists\n\n🌷 You leverage the stem list. Print the stem list.\n"
    found = writer.open(path, text)
    buzzword = writer.actions(path, one(found, "jargon.buzzword"))
    assert "🌷 You use the stem list." in edited(text, path, buzzword["Write “use” for “leverage”"])
    variant = writer.actions(path, one(found, "mismatch.term-variant"))
    assert "leverage the recipe. Print the stem list." in edited(text, path, variant["Write “recipe” for “stem list”"])
    everywhere = edited(text, path, variant["Write “recipe” in 2 places"])
    assert "leverage the recipe. Print the recipe." in everywhere


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("silent.md", "# Florists\n\nOrders arrive in one list, and you\ntake frictionless orders\nfrom there.\n"),
        ("silent-list.md", "---\ntitle: Florists\n---\n- Orders in one list.\n- Take frictionless orders.\n"),
        (
            "silent-fields.md",
            "---\ndescription: Take frictionless orders.\n---\n\nOrders in one list.\n",
        ),
        ("silent.mdx", "# Florists\n\n<Card title='Orders'>\n  Take frictionless orders.\n</Card>\n"),
        ("silent.html", "<!doctype html>\r\n<h1>Florists</h1>\r\n  <p>Take frictionless orders.</p>\r\n"),
        ("silent.txt", "Florists\n\nTake frictionless orders.\n"),
    ],
)
def test_a_comment_silences_a_rule_on_a_line(writer: Editor, root: Path, name: str, text: str) -> None:
    path = root / "site" / name
    found = one(writer.open(path, text), "jargon.avoided")
    action = writer.actions(path, found)["Silence jargon.avoided on this line"]
    assert "jargon.avoided" not in rules(writer.change(path, edited(text, path, action)))


@pytest.mark.parametrize("name", ["whole.md", "whole.mdx", "whole.html"])
def test_a_comment_silences_a_rule_in_a_page(writer: Editor, root: Path, name: str) -> None:
    path = root / "site" / name
    text = "---\ntitle: Florists\n---\n\nTake frictionless orders.\n\nSend frictionless bills.\n"
    found = next(item for item in writer.open(path, text) if item.code == "jargon.avoided")
    action = writer.actions(path, found)["Silence jargon.avoided in this page"]
    assert "jargon.avoided" not in rules(writer.change(path, edited(text, path, action)))


def test_no_comment_is_offered_where_it_would_be_read_as_text(writer: Editor, root: Path) -> None:
    path = root / "site" / "title.html"
    text = "<head><title>\nTake frictionless orders\n</title></head><body><p>Orders in one list.</p>"
    found = one(writer.open(path, text), "jargon.avoided")
    offered = writer.actions(path, found)
    assert "Silence jargon.avoided on this line" not in offered
    assert "Silence jargon.avoided in this page" in offered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0frictionless",
        "\ud800 frictionless \udfff",
        "\u2028\u2029\x0b\x0c\x85 Take frictionless orders. \u202e\u2066",
        "<p " + "a" * 20_000 + "<" * 5_000 + "frictionless",
        "# " + "🎉" * 5_000 + "\r\r\r\n> " * 500,
    ],
)
def test_hostile_text_does_not_stop_the_server(writer: Editor, root: Path, text: str) -> None:
    for suffix in (".md", ".html", ".mdx"):
        path = root / "site" / f"hostile{suffix}"
        writer.open(path, text)
        writer.close(path)
    assert "jargon.avoided" in rules(
        writer.open(root / "site" / "after.md", "# Florists\n\nTake frictionless orders.\n")
    )


def test_a_broken_configuration_is_said_once_and_what_mends_it_is_seen(tmp_path: Path) -> None:
    config, agreed = tmp_path / "msgcheck.toml", tmp_path / "positioning.yaml"
    agreed.write_text(_POSITIONING)
    config.write_text('positionning = "positioning.yaml"\n')
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    text = "# Florists\n\nTake frictionless and effortless orders.\n"
    with editor(tmp_path) as client:
        client.open_unanswered(page, text)
        client.open_unanswered(other, text)
        client.type(page, f"{text}\nPrint them.\n")
        said_of_it = f"msgcheck: {config}: unknown key `positionning`. Did you mean `positioning`?"
        client.wait(lambda: bool(client.messages))
        config.write_text('positioning = "positioning.yaml"\n')
        client.files_changed(config)
        assert "frictionless" in one(client.diagnostics(page), "jargon.avoided").message
        assert [message.split(" Pages")[0] for message in client.messages] == [said_of_it]
        agreed.write_text(_POSITIONING.replace("frictionless", "effortless"))
        assert "effortless" in one(client.change(page, text), "jargon.avoided").message
        config.write_text("= broken")
        client.type(page, f"{text}\nSend them.\n")
        client.wait(lambda: len(client.messages) == 2)
        assert "is not valid TOML" in client.messages[1]


def test_the_server_ends_as_the_protocol_wants_it(tmp_path: Path) -> None:
    with editor(tmp_path) as client:
        client.open_unanswered(tmp_path / "page.md", _PLAIN * 50)
        assert client.run(client.leave()) == 0


@pytest.mark.parametrize(("sent", "code"), [(b"", 1), (b"Content-Length: 3\r\n\r\n{]}", 1)])
def test_the_server_ends_with_its_client(sent: bytes, code: int) -> None:
    ended = subprocess.run([sys.executable, "-m", "msgcheck", "lsp"], input=sent, capture_output=True, timeout=120)
    assert ended.returncode == code
