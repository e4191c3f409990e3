"""The table of formats: names, suffixes, and files that are written all or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from reports import sample

from msgcheck.cli.output import Output
from msgcheck.errors import UsageError
from msgcheck.report.formats import FORMATS, format_of
from msgcheck.report.view import View


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_twice(name: str) -> None:
    first, second = (FORMATS[name].render(sample(), View()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_but_json_shows_people_from_outside(name: str) -> None:
    assert ("Dana Whitfield" in FORMATS[name].render(sample(), View(verbose=True))) == (name == "json")


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
