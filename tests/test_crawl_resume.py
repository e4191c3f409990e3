"""A crawl that is killed, interrupted or torn goes on where it stopped, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from sites_http import Answer, Site, page

from msgcheck.config import Config, Crawl, load_config
from msgcheck.sources import WebOptions, collect
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import read_snapshot

PAGES = 60
SETTINGS = "[crawl]\ndelay = 0\nconcurrency = 2\n"


def slow_site() -> Site:
    def answer(number: int) -> object:
        found = page(f"/{number + 1}", f"/{2 * number}", f"/{2 * number + 1}", text=f"page {number}")

        def respond(headers: Mapping[str, str]) -> Answer:
            time.sleep(0.02)
            return found if number < PAGES else Answer(status=404)

        return respond

    return Site({"/": page("/1", text="home"), **{f"/{number}": answer(number) for number in range(1, PAGES)}})  # type: ignore[dict-item]


def started(site: Site, folder: Path) -> subprocess.Popen[bytes]:
    settings = folder / "msgcheck.toml"
    settings.write_text(SETTINGS)
    command = [sys.executable, "-m", "msgcheck", "crawl", site.url, "-o", str(folder / "s"), "--config", str(settings)]
    return subprocess.Popen([*command, "--no-cache"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(folder: Path, lines: int) -> None:
    """Until the crawl that is kept somewhere in the folder has got so far."""
    deadline = time.monotonic() + 60
    while sum(journal.read_bytes().count(b"\n") for journal in folder.rglob("manifest.part.jsonl")) < lines:
        assert time.monotonic() < deadline, "the crawl does not get going"
        time.sleep(0.01)


def test_a_check_that_is_killed_while_it_crawls_goes_on_with_the_crawl(tmp_path: Path) -> None:
    settings, cache = tmp_path / "msgcheck.toml", tmp_path / "cache"
    settings.write_text(SETTINGS)
    with slow_site() as site:
        command = [sys.executable, "-m", "msgcheck", "check", site.url, "--crawl", "--config", str(settings)]
        process = subprocess.Popen(command, env={**os.environ, "MSGCHECK_CACHE_DIR": str(cache)})
        wait_for(cache, 15)
        process.kill()
        process.wait(timeout=30)
        asked = len(site.asked)
        assert 10 < asked < PAGES
        found = collect([site.url], load_config(settings), web=WebOptions(crawl=True, cache=cache))
        assert (len(found.documents), found.faults) == (PAGES, ())
        assert len({document.key for document in found.documents}) == PAGES
        # At most what was under way when it stopped was asked for again.
        assert len(site.asked) - len(set(site.asked)) <= 16


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_crawl_that_is_stopped_loses_nothing_and_reads_no_page_twice(tmp_path: Path, how: signal.Signals) -> None:
    journal = tmp_path / "s/manifest.part.jsonl"
    with slow_site() as site:
        process = started(site, tmp_path)
        wait_for(tmp_path, 15)
        process.send_signal(how)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == (130 if how == signal.SIGINT else -9)
        assert b"Traceback" not in errors
        partial = read_snapshot(tmp_path / "s")
        assert 10 < len(partial.documents) < PAGES
        assert "not finished" in partial.faults[-1].error
        assert started(site, tmp_path).communicate(timeout=60)[1] == b""
        found = read_snapshot(tmp_path / "s")
        whole = tmp_path / "whole"
        asked = list(site.asked)
        crawl(site.url, whole, Config(crawl=Crawl(delay=0)), WebOptions())
        assert found == read_snapshot(whole)
        assert (len(found.documents), found.faults, journal.exists()) == (PAGES, (), False)
        # At most what was under way when it stopped (eight addresses a thread) was asked for again.
        assert len(asked) - len(set(asked)) <= 16


def test_a_torn_line_and_a_page_that_was_not_written_out_are_fetched_again(tmp_path: Path) -> None:
    with Site({"/": page("/a", "/b", text="home"), "/a": page("/c", text="a"), "/b": page(text="b")}) as site:
        site.pages["/c"] = Answer(status=500)
        config = Config(crawl=Crawl(delay=0, concurrency=1))
        crawl(site.url, tmp_path / "s", config, WebOptions())
        # As it would stand in the middle: the journal, not yet the manifest; one page empty, one line torn.
        manifest = (tmp_path / "s/manifest.jsonl").read_text().splitlines()
        (lost,) = (tmp_path / "s/pages").glob("a-*.html")
        lost.write_bytes(b"")
        records = [json.loads(line) for line in manifest[1:-1]]
        home = next(record for record in records if record["url"] == f"{site.url}/")
        home["found"] = [f"{site.url}/a", f"{site.url}/b"]
        lines = [manifest[0], *(json.dumps(record) for record in (home, *records[2:3])), '{"url": "http://127.0.']
        (tmp_path / "s/manifest.part.jsonl").write_text("\n".join(lines))
        (tmp_path / "s/manifest.jsonl").unlink()
        site.requests.clear()
        site.pages["/c"] = page(text="c")
        crawl(site.url, tmp_path / "s", config, WebOptions())
        assert [document.key.removeprefix(site.url) for document in read_snapshot(tmp_path / "s").documents] == [
            "/",
            "/a",
            "/b",
            "/c",
        ]
        assert sorted(site.asked) == ["/a", "/c"]


def test_a_crawl_killed_while_it_reads_anew_leaves_the_last_snapshot_whole(tmp_path: Path) -> None:
    with Site({"/": page("/a", text="home"), "/a": page(text="a")}) as site:
        config = Config(crawl=Crawl(delay=0))
        crawl(site.url, tmp_path / "s", config, WebOptions())
        before = read_snapshot(tmp_path / "s")

        def killed(headers: Mapping[str, str]) -> Answer:
            raise ConnectionResetError

        site.pages["/"] = page("/a", text="a new home")
        site.pages["/a"] = killed

        class StopError(Exception):
            pass

        def stop(tally: object) -> None:
            raise StopError

        with pytest.raises(StopError):
            crawl(site.url, tmp_path / "s", config, WebOptions(watch=stop))
        assert (tmp_path / "s/manifest.part.jsonl").exists()
        assert read_snapshot(tmp_path / "s") == before
