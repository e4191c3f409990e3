"""The web on the command line: `crawl`, `check --crawl`, snapshots as targets, exit codes and the progress bar."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sites_http import Answer, Site, page

from msgcheck.cli.main import cli

COPY = "Our seamless platform helps visitors of your factory to sign in at the gate in ten seconds."


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def settings(folder: Path) -> list[str]:
    path = folder / "msgcheck.toml"
    path.write_text("[crawl]\ndelay = 0\n")
    return ["--config", str(path)]


def test_crawl_writes_a_snapshot_and_says_what_next(tmp_path: Path) -> None:
    target = str(tmp_path / "s")
    with Site({"/": page("/a", text="home"), "/a": page(text="a")}) as site:
        result = invoke("crawl", site.url, "-o", target, *settings(tmp_path))
        assert (result.exit_code, result.stdout) == (0, f"2 pages: {target}. Next: msgcheck check {target}\n")
        site.pages["/a"] = Answer(status=500)
        result = invoke("crawl", site.url, "-o", target, "--max-depth", "1", *settings(tmp_path))
        assert (result.exit_code, result.stdout[:17]) == (3, "1 page, 1 failed:")
        assert result.stderr.startswith(f"{site.url}/a: the server answered 500")
        result = invoke("crawl", site.url, "-o", target, "--max-pages", "1", *settings(tmp_path))
        assert result.stderr == f"{site.url}/: 1 more address is not read: `crawl.max_pages` = 1 is reached\n"
        result = invoke("crawl", site.url, "-o", target, "--exclude", "/a", "-q", *settings(tmp_path))
        assert (result.exit_code, result.output) == (0, "")


def test_the_whole_site_of_a_url_is_read_within_what_the_command_line_allows(tmp_path: Path) -> None:
    pages = {"/": page("/a", "/b", text="home"), "/a": page("/c", text="a"), "/b": page(text="b"), "/c": page(text="c")}
    with Site(pages) as site:

        def keys(*options: str) -> list[str]:
            result = invoke("extract", site.url, "--crawl", *options, *settings(tmp_path))
            return [json.loads(line)["key"].removeprefix(site.url) for line in result.stdout.splitlines()]

        assert keys() == ["/", "/a", "/b", "/c"]
        assert keys("--max-pages", "2") == ["/", "/a"]
        assert keys("--max-depth", "1") == ["/", "/a", "/b"]


@pytest.mark.models
def test_a_check_of_a_snapshot_reports_addresses_and_what_is_missing(tmp_path: Path) -> None:
    with Site({"/": page("/a", text=COPY), "/a": Answer(status=500)}) as site:
        invoke("crawl", site.url, "-o", str(tmp_path / "s"), *settings(tmp_path))
    result = invoke("check", str(tmp_path / "s"), "--format", "json", *settings(tmp_path))
    report = json.loads(result.stdout)
    assert result.exit_code == 3
    assert [(found["key"], found["source"]) for found in report["pages"]] == [(f"{site.url}/", f"{site.url}/")]
    assert {place["document"] for found in report["findings"] for place in found["locations"]} == {f"{site.url}/"}
    assert [fault["document"] for fault in report["faults"]] == [f"{site.url}/a"]


def test_the_progress_bar_counts_pages_done_queued_and_failed(tmp_path: Path) -> None:
    with Site({"/": page("/a", "/b", text="home"), "/a": page(text="a"), "/b": Answer(status=500)}) as site:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "msgcheck", "crawl", site.url, "-o", str(tmp_path / "s"), *settings(tmp_path)]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env=environment):
            pass
        os.close(theirs)
        shown = os.read(ours, 100_000).decode()
        os.close(ours)
    assert "2 pages, 0 queued, 1 failed" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ftp://example.com", "-o", "s"], "is not a web address"),
        (["http://127.0.0.1:1/", "-o", "file"], "file"),
        (["http://127.0.0.1:1/"], "Missing option '-o'"),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    result = invoke("crawl", *arguments)
    assert result.exit_code != 0
    assert said in result.output + str(getattr(result.exception, "message", ""))
