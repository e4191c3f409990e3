"""Files on other file systems: read by URL like files here, under their own names, and reports written there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from reports import sample

from msgcheck.cli.check import command
from msgcheck.cli.output import Output
from msgcheck.config import Config
from msgcheck.errors import InputError, UsageError
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View
from msgcheck.sources import collect, collect_calls, positioning_file, remote

FILES = {
    "/site/index.html": b"<h1>Bread</h1><p>We bake it at four.</p>",
    "/site/blog/oven.md": b"# The oven\n\nIt is made of brick.\n",
    "/site/logo.png": b"\x89PNG\0",
    "/site/empty.md": b"",
    "/agreed.txt": b"For cooks who bake, Loaf is an oven that is hot.",
}


@pytest.fixture(autouse=True)
def bucket() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe(FILES)
    yield memory
    memory.rm("/", recursive=True)


def names(*targets: str) -> list[tuple[str, str]]:
    return [(document.key, document.source) for document in collect(targets, Config()).documents]


def test_a_folder_is_read_under_its_own_names() -> None:
    found = collect(["memory://site"], Config())
    assert [(document.key, document.source, document.content) for document in found.documents] == [
        ("blog/oven.md", "memory://site/blog/oven.md", FILES["/site/blog/oven.md"]),
        ("index.html", "memory://site/index.html", FILES["/site/index.html"]),
    ]
    assert [(skip.what, skip.reason) for skip in found.skipped] == [
        ("logo.png", "files of type .png are not read"),
        ("empty.md", "is empty"),
    ]


def test_a_file_and_a_glob_are_read() -> None:
    assert names("memory://site/index.html") == [("memory://site/index.html", "memory://site/index.html")]
    assert names("memory://site/*/*.md") == [("memory://site/blog/oven.md", "memory://site/blog/oven.md")]


def test_calls_and_the_positioning_are_read(bucket: Any) -> None:
    bucket.pipe("/calls/one.txt", b"Ann: What is it?\nBob: An oven.\n")
    assert [document.source for document in collect_calls(["memory://calls"]).documents] == ["memory://calls/one.txt"]
    agreed = positioning_file("memory://agreed.txt")
    assert (agreed.source, agreed.name, agreed.content) == ("memory://agreed.txt", "agreed.txt", FILES["/agreed.txt"])


@pytest.mark.parametrize(
    ("target", "kind", "said"),
    [
        ("memory://none", InputError, "memory://none: no such file or folder"),
        ("memory://site/*.docx", InputError, "memory://site/*.docx: matches no file"),
        ("memory://site/empty.md", InputError, "memory://site/empty.md: is empty"),
        ("s3://bucket/site", UsageError, "Install s3fs"),
        ("nonsense://bucket", UsageError, "Protocol not known: nonsense"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(target: str, kind: type[InputError], said: str) -> None:
    with pytest.raises(kind) as raised:
        collect([target], Config())
    assert said in raised.value.message
    assert raised.value.exit_code == 2


def test_a_driver_that_fails_is_told_in_one_line(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class StrangeError(Exception):
        pass

    def refuse(*_: object, **__: object) -> None:
        raise StrangeError("no credentials")

    monkeypatch.setattr(type(bucket), "find", refuse)
    with pytest.raises(InputError, match="memory://site: unexpected StrangeError: no credentials"):
        collect(["memory://site"], Config())


def test_a_name_that_leads_out_of_its_folder_is_refused(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"/site/../../evil.md": {"type": "file", "size": 3}}
    monkeypatch.setattr(type(bucket), "find", lambda *_, **__: found)
    with pytest.raises(InputError, match="leads out of its folder"):
        collect(["memory://site"], Config())


def test_a_file_that_is_too_large_is_left_out_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_FILE_BYTES", 35)
    found = collect(["memory://site"], Config())
    assert [document.key for document in found.documents] == ["blog/oven.md"]
    assert [skip.what for skip in found.skipped if "larger" in skip.reason] == ["/site/index.html"]


def test_the_copy_goes_with_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    documents = collect(["memory://site"], Config()).documents
    assert len(list(tmp_path.iterdir())) == 1
    del documents
    assert list(tmp_path.iterdir()) == []


def test_reports_are_written_there(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.report.formats._MOST_PAGES", 1)
    output = Output(files=("memory://out/report.json", "memory://out/report.html"), quiet=True)
    output.check()
    output.show(sample())
    assert bucket.cat("/out/report.json").decode() == FORMATS["json"].render(sample(), View())
    assert sorted(bucket.find("/out")) == [
        *(f"/out/report-pages/p{number}.html" for number in (1, 2, 3)),
        "/out/report.html",
        "/out/report.json",
    ]


def test_a_report_for_which_there_is_no_driver_is_told_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="Install s3fs"):
        Output(files=("s3://bucket/report.json",)).check()


@pytest.mark.models
def test_a_check_there_finds_what_a_check_here_finds(tmp_path: Path, bucket: Any) -> None:
    (tmp_path / "site").mkdir()
    text = b"# Bread\n\nWe leverage best-in-class synergy to unlock the power of breakfast.\n"
    (tmp_path / "site" / "page.md").write_bytes(text)
    bucket.pipe("/shop/page.md", text)
    shown = []
    for target, out in ((str(tmp_path / "site"), str(tmp_path / "a.json")), ("memory://shop", "memory://out/b.json")):
        assert CliRunner().invoke(command, [target, "-q", "--no-record", "-o", out]).exit_code in (0, 1)
        content = json.loads(bucket.cat("/out/b.json") if "://" in out else Path(out).read_bytes())
        shown.append(content["findings"])
    assert shown[0] == shown[1] != []
