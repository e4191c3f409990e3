"""Places, comments and keys as the editor's server needs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.workspace import PositionCodec

from msgcheck.config import Config, Pages
from msgcheck.editor.places import Places
from msgcheck.model import Location
from msgcheck.projects import Projects
from msgcheck.sources.single import page_key


@pytest.mark.parametrize(
    ("encoding", "start", "end"),
    [
        (types.PositionEncodingKind.Utf16, 3, 8),
        (types.PositionEncodingKind.Utf8, 5, 10),
        (types.PositionEncodingKind.Utf32, 2, 7),
    ],
)
def test_columns_are_in_the_units_that_the_editor_asked_for(encoding: str, start: int, end: int) -> None:
    places = Places("one\r\n🎉 bread\u2028here\rthree", PositionCodec(encoding))
    words = Location("page.md", line=2, column=3, end_line=2, end_column=8)
    assert places.range_of(words) == types.Range(types.Position(1, start), types.Position(1, end))
    assert places.between(words) == "bread"


def test_a_page_as_a_whole_is_its_first_line() -> None:
    places = Places("# Bread\n\nAt four.\n", PositionCodec())
    assert places.range_of(Location("page.md")) == types.Range(types.Position(0, 0), types.Position(0, 7))


def test_words_over_two_lines_cannot_be_replaced() -> None:
    places = Places("stem\nlist\n", PositionCodec())
    assert places.between(Location("page.md", line=1, column=1, end_line=2, end_column=5)) == ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "site" / "blog").mkdir(parents=True)
    (tmp_path / "site" / ".gitignore").write_text("built/\n")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("site/index.md", "index.md"),
        ("site/blog/a.html", "blog/a.html"),
        ("copy/home.mdx", "copy/home.mdx"),
        ("README.md", None),
        ("site/built/a.html", None),
        ("site/.drafts/a.md", None),
        ("site/node_modules/a.md", None),
        ("site/legal/terms.md", None),
        ("site/package-lock.json", None),
        ("positioning.yaml", None),
    ],
)
def test_a_page_has_the_key_that_a_check_of_its_project_gives_it(home: Path, name: str, key: str | None) -> None:
    pages = Pages(include=["site", "copy/*.mdx", "https://example.com"], exclude=["site/legal/**"])
    config = Config(positioning="positioning.yaml", pages=pages).model_copy(update={"folder": home})
    assert page_key(home / name, config) == key


def test_without_named_pages_every_page_counts(home: Path) -> None:
    config = Config().model_copy(update={"folder": home})
    assert page_key(home / "site" / "index.md", config) == "site/index.md"
    assert page_key(home.parent / "elsewhere.md", config) == "elsewhere.md"


def test_a_project_is_read_again_only_when_one_of_its_files_changes(home: Path) -> None:
    config, agreed, calls = home / "msgcheck.toml", home / "positioning.yaml", home / "calls"
    calls.mkdir()
    config.write_text('positioning = "positioning.yaml"\n[calls]\npaths = ["calls"]\n')
    agreed.write_text("product: Fernlight\ncategory: order management software\n")
    projects = Projects()
    first = projects.of(home / "site" / "index.md")
    assert projects.of(home / "site" / "blog" / "a.md") is first
    agreed.write_text("product: Fernlight\ncategory: software for florists\n")
    second = projects.of(home / "site" / "index.md")
    assert second.agreed is not None
    assert second.agreed.category == "software for florists"
    (calls / "call.txt").write_text("Ada: What is a stem list?\nBea: The flowers of a bouquet.\n")
    assert len(projects.of(home / "site" / "index.md").calls) == 1
