"""The table of formats: names, suffixes, and files that are written all or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from reports import sample

from msgcheck.cli.output import Output
from msgcheck.errors import UsageError
from msgcheck.report.formats import FORMATS, format_of
from msgcheck.report.view import View

_NOTE = re.compile(r'<li id="([^"]+)" class="note')


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_twice(name: str) -> None:
    first, second = (FORMATS[name].render(sample(), View()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_but_json_shows_people_from_outside(name: str) -> None:
    shown = "Dana Whitfield" in FORMATS[name].render(sample(), View(verbose=True))
    assert shown == (name in ("json", "jsonl"))


@pytest.mark.parametrize("name", [format.name for format in FORMATS.values() if format.streamed])
def test_the_pieces_of_a_streamed_format_make_the_whole(name: str) -> None:
    pieces = list(FORMATS[name].pieces(sample(), View()))
    assert len(pieces) > 10
    assert "".join(pieces) == FORMATS[name].render(sample(), View())


def test_a_report_of_many_pages_has_a_file_a_page_and_leads_to_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("msgcheck.report.formats._MOST_PAGES", 1)
    Output(files=(str(tmp_path / "a {0} #1.html"),), quiet=True).show(sample())
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    assert files == [*(f"a {{0}} #1-pages/p{number}.html" for number in (1, 2, 3)), "a {0} #1.html"]
    broken = []
    for file in files:
        for link in BeautifulSoup((tmp_path / file).read_text(encoding="utf-8"), "lxml").select("a[href]"):
            path, _, anchor = str(link["href"]).partition("#")
            target = (tmp_path / file).parent / unquote(path) if path else tmp_path / file
            if "//" not in path and not BeautifulSoup(target.read_text(encoding="utf-8"), "lxml").find(id=anchor):
                broken.append((file, link["href"]))
    assert broken == []


def test_the_files_of_a_split_report_hold_each_note_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.report.formats._MOST_PAGES", 1)
    files = ("".join(pieces) for _, pieces in FORMATS["html"].files(sample(), View(), "report.html"))
    split = Counter(note for text in files for note in _NOTE.findall(text))
    assert split == Counter(_NOTE.findall(FORMATS["html"].render(sample(), View())))
    assert set(split.values()) == {1}


def test_a_file_that_breaks_off_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[str]:
        yield "{"
        raise ValueError("broken")

    monkeypatch.setattr("msgcheck.report.json_v1.pieces", broken)
    with pytest.raises(ValueError, match="broken"):
        Output(files=(str(tmp_path / "a.json"),), quiet=True).show(sample())
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_tells_the_format_whatever_its_case() -> None:
    named = [format_of(name).name for name in ("a.JSON", "b/c.html", "d.e.txt", "f.sarif.json")]
    assert named == ["json", "html", "text", "sarif"]


def test_an_unknown_suffix_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UsageError) as raised:
        format_of("report.pdf")
    assert "report.pdf" in str(raised.value)
    assert ".json" in str(raised.value)


@pytest.mark.parametrize("bad", ["none/b.html", "folder.html"])
def test_a_file_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path, bad: str) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UsageError) as raised:
        Output(files=(str(tmp_path / "a.json"), str(tmp_path / bad))).check()
    assert bad in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]


def test_several_files_are_written_each_in_its_format(tmp_path: Path) -> None:
    names = [f"report.{suffix}" for suffix in ("json", "html", "txt")]
    Output(files=tuple(str(tmp_path / name) for name in names), quiet=True).show(sample())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    expected = [format_of(name).render(sample(), View()) for name in names]
    assert [(tmp_path / name).read_text(encoding="utf-8", errors="replace") for name in names] == expected
