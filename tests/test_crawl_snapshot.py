"""What a crawl keeps: only changes are fetched again, and a snapshot says what became of each address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sites_http import Answer, Site, page

from msgcheck.config import Config, Crawl
from msgcheck.errors import FetchError, UsageError
from msgcheck.sources import Tally, WebOptions, collect
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import read_snapshot
from tests.crawls import crawled, paths, reasons


def test_a_second_crawl_asks_only_for_what_changed(tmp_path: Path) -> None:
    def confirmed(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == '"1"':
            return Answer(status=304, headers={"ETag": '"1"'})
        return Answer(page(text="same").body, headers={"ETag": '"1"', "Content-Type": "text/html"})

    with Site({"/": page("/same", "/old", text="home"), "/same": confirmed, "/old": page(text="old")}) as site:
        config, web = Config(crawl=Crawl(delay=0)), WebOptions(cache=tmp_path / "cache")
        crawl(site.url, tmp_path / "s", config, web)
        site.pages["/"] = page("/same", text="home, now with news")
        crawl(site.url, tmp_path / "s", config, web)
        found = read_snapshot(tmp_path / "s")
        assert [headers.get("if-none-match") for path, headers in site.requests if path == "/same"] == [None, '"1"']
        assert paths(found, site) == ["/", "/same"]
        assert b"now with news" in found.documents[0].content
        assert len(list((tmp_path / "s/pages").iterdir())) == 2


@pytest.mark.parametrize("damage", ["before", "while it is in use"])
def test_a_damaged_cache_costs_no_page(tmp_path: Path, damage: str) -> None:
    tagged = Answer(page("/a", text="home").body, headers={"ETag": '"1"', "Content-Type": "text/html"})
    file = tmp_path / "cache/http.sqlite"

    def breaks(headers: Mapping[str, str]) -> Answer:
        if damage != "before":
            file.write_bytes(b"no database" * 1000)
        return page(text="a")

    if damage == "before":
        file.parent.mkdir()
        file.write_bytes(b"no database" * 1000)
    with Site({"/": tagged, "/a": breaks}) as site:
        for _ in range(2):
            crawl(site.url, tmp_path / "s", Config(crawl=Crawl(delay=0)), WebOptions(cache=tmp_path / "cache"))
            assert paths(read_snapshot(tmp_path / "s"), site) == ["/", "/a"]


def test_a_firewall_that_has_had_enough_is_a_failure_and_a_login_is_not(tmp_path: Path) -> None:
    pages = {"/": page("/wall", "/login", text="home"), "/wall": Answer(status=403), "/login": Answer(status=401)}
    with Site(pages) as site:
        found = crawled(site, tmp_path)
        assert [fault.document.removeprefix(site.url) for fault in found.faults] == ["/wall"]
        assert reasons(found, site) == {"/login": "the server answered 401 Unauthorized"}


def test_a_start_that_is_not_there_says_so_with_a_hint(tmp_path: Path) -> None:
    with Site({}) as site, pytest.raises(FetchError, match=r"answered 404 Not Found\. Check the address"):
        crawled(site, tmp_path)


def test_the_watcher_hears_of_pages_done_queued_and_failed(tmp_path: Path) -> None:
    heard: list[Tally] = []
    with Site({"/": page("/a", "/b", text="home"), "/a": page(text="a"), "/b": Answer(status=500)}) as site:
        crawl(site.url, tmp_path / "s", Config(crawl=Crawl(delay=0)), WebOptions(watch=heard.append))
    assert heard[0].queued > 0
    assert (heard[-1].pages, heard[-1].queued, heard[-1].failed) == (2, 0, 1)


def test_a_folder_with_other_files_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        crawl("http://127.0.0.1:1/", tmp_path, Config(), WebOptions())
    (tmp_path / "mine/pages").mkdir(parents=True)
    (tmp_path / "mine/pages/a.html").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        crawl("http://127.0.0.1:1/", tmp_path / "mine", Config(), WebOptions())


def test_a_snapshot_is_a_target_and_its_keys_are_addresses(tmp_path: Path) -> None:
    with Site({"/": page("/a", "/gone", text="home"), "/a": page(text="a")}) as site:
        crawled(site, tmp_path)
    found = collect([str(tmp_path / "snapshot")], Config())
    assert [(document.key, document.source) for document in found.documents] == [
        (f"{site.url}/", f"{site.url}/"),
        (f"{site.url}/a", f"{site.url}/a"),
    ]
    assert [skip.what for skip in found.skipped] == [f"{site.url}/gone"]


def test_a_page_that_was_changed_in_the_snapshot_or_lies_elsewhere_is_a_fault(tmp_path: Path) -> None:
    with Site({"/": page(text="home")}) as site:
        crawled(site, tmp_path)
    manifest = tmp_path / "snapshot/manifest.jsonl"
    (name,) = (tmp_path / "snapshot/pages").iterdir()
    name.write_text("other words")
    assert [fault.error.split(" is ")[1] for fault in read_snapshot(tmp_path / "snapshot").faults] == [
        "missing or was changed. Crawl the site again."
    ]
    manifest.write_text(manifest.read_text().replace(f"pages/{name.name}", "../../secret.html"))
    assert read_snapshot(tmp_path / "snapshot").documents == ()


def test_two_crawls_at_once_into_one_folder_are_refused(tmp_path: Path) -> None:
    from msgcheck.sources.crawl.journal import Journal

    first = Journal(tmp_path / "s", "http://example.com/")
    with pytest.raises(UsageError, match="another crawl is writing there"):
        Journal(tmp_path / "s", "http://example.com/")
    first.close()
    with pytest.raises(UsageError, match="holds a crawl of"):
        Journal(tmp_path / "s", "http://example.org/")


def test_what_is_no_web_address_is_one_line(tmp_path: Path) -> None:
    for url in ("ftp://example.com/", "http://", "nonsense", "http://user:pw@example.com/", "http://[::1/"):
        with pytest.raises(UsageError, match="is not a web address"):
            crawl(url, tmp_path / "s", Config(), WebOptions())
