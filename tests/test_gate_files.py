"""Findings of a crawl that reach the files of the repository: which file, which line, and when none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gate_reports import document, report
from git_repos import write

from msgcheck.config import Config, PageMap, Pages, load_config
from msgcheck.errors import ConfigError
from msgcheck.gate.files import file_of, in_files
from msgcheck.gate.placing import placed
from msgcheck.model import Location
from msgcheck.rules.base import locate

BLOG = PageMap(url="https://x.example/blog/*", path="content/blog/*.md")


def config(folder: Path, *entries: PageMap) -> Config:
    return Config(pages=Pages(map=list(entries))).model_copy(update={"folder": folder})


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://x.example/blog/first", "content/blog/first.md"),
        ("https://x.example/blog/first/", "content/blog/first.md"),
        ("https://x.example/blog/first?utm=1#top", "content/blog/first.md"),
        ("https://x.example/blog/a%20b", "content/blog/a b.md"),
        ("https://x.example/docs/deep/er", "docs/deep/er/index.md"),
        ("https://x.example/", "home.md"),
        ("https://x.example", "home.md"),
        ("https://x.example/blog/none", None),
        ("https://x.example/blog/first/second", None),
        ("https://other.example/blog/first", None),
        ("https://x.example/blog/..%2F..%2F..%2Fsecret", None),
        ("content/blog/first.md", None),
    ],
)
def test_an_address_leads_to_the_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, found: str | None
) -> None:
    for name in ("content/blog/first.md", "content/blog/a b.md", "docs/deep/er/index.md", "home.md", "../secret.md"):
        write(tmp_path / name, "Text.")
    monkeypatch.chdir(tmp_path)
    entries = (
        BLOG,
        PageMap(url="https://x.example/docs/**", path="docs/**/index.md"),
        PageMap(url="https://x.example/", path="home.md"),
    )
    assert file_of(url, config(tmp_path, *entries)) == (Path(found) if found else None)


def test_findings_get_the_line_in_the_file_and_keep_key_and_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / "content/blog/first.md",
        "---\ntitle: A page\n---\n\nOur **seamless** [checkout](/c) takes minutes.\n",
    )
    key = "https://x.example/blog/first"
    fetched = report({key: ("Our seamless checkout takes minutes.", "You leverage one list."), "b.md": ("A synergy.",)})
    found = in_files(fetched, config(tmp_path, BLOG))
    spots = [
        (place.document, place.line, place.column, place.end_line, place.end_column)
        for place in (finding.primary for finding in found.findings)
    ]
    assert spots == [(key, 5, 7, 5, 15), (key, 0, 0, 0, 0), ("b.md", 1, 3, 1, 10)]
    assert [item.fingerprint for item in found.findings] == [item.fingerprint for item in fetched.findings]
    assert [page.document.source for page in found.pages] == ["content/blog/first.md", "site/b.md"]


def test_without_a_map_nothing_changes(tmp_path: Path) -> None:
    fetched = report({"https://x.example/blog/first": ("A seamless page.",)})
    assert in_files(fetched, config(tmp_path)) == fetched


def line_of(words: str, source: str, text: str) -> int:
    """The line in a source of words that stand in a block of this text."""
    page = document("a", (text,))
    start = text.index(words)
    return placed(locate(page, 0, start, start + len(words)), page, source).line


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>We ship a\n<b>seamless</b> list &amp; more of it.</p>", 2),
        ("We ship a [seamless](https://x.example/very-long) list & more of it.", 1),
        ("One.\n\nWe ship a seamless\nlist & more of it.\n\nA seamless day.", 3),
        ("We ship a seamless list & more of it.\n\nWe ship a seamless list & more of it.", 0),
        ("A seamless day with us.", 0),
        ("", 0),
    ],
)
def test_words_are_found_with_their_neighbours_through_markup(source: str, line: int) -> None:
    assert line_of("seamless", source, "We ship a seamless list & more of it.") == line


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Text.\n\n# Seamless payroll\n", 3),
        ("title: Seamless payroll\n", 1),
        ("<h1 class='big'>Seamless payroll</h1>", 1),
        ("Our claim of Seamless payroll is old.", 0),
        ("# Seamless payroll\n\n# Seamless payroll\n", 0),
    ],
)
def test_a_few_words_must_be_a_line_of_their_own(source: str, line: int) -> None:
    assert line_of("Seamless", source, "Seamless payroll") == line


def test_a_long_quote_stands_for_itself_when_its_neighbours_were_reworded() -> None:
    source = "Here: one list for all florists in town. End."
    assert line_of("one list for all florists", source, "You leverage one list for all florists of the world.") == 1


def test_what_is_about_a_whole_page_has_no_line() -> None:
    page = document("a", ("Text.",))
    whole = Location("a", line=3, column=1, end_line=3, end_column=4)
    assert replace(whole, line=0, column=0, end_line=0, end_column=0) == placed(whole, page, "Text.")


def test_wildcards_that_do_not_match_are_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "msgcheck.toml"
    path.write_text('[pages]\nmap = [{url = "https://x.example/*/*", path = "content/*.md"}]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert "`pages.map.0`: `url` and `path` need the same wildcards" in caught.value.message
