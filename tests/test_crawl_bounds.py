"""A crawl keeps within its bounds, and is patient with a server that is not well."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sites_http import Answer, Site, page, xml

from msgcheck.config import Config, Crawl, Web
from msgcheck.sources import WebOptions, collect
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import read_snapshot
from tests.crawls import crawled, paths, reasons


@pytest.mark.parametrize(
    ("first", "following", "shape"),
    [
        ("/list?page=1", lambda number: f"/list?page={number + 1}", "/list?…"),
        ("/news/page/1", lambda number: f"/news/page/{number + 1}/", "/news/page/…"),
        ("/cal/2026/1", lambda number: f"/cal/{2000 + number % 90}/{number % 12}/{number % 28}", "/cal/(date)"),
    ],
)
def test_addresses_without_end_are_bounded_and_named(tmp_path: Path, first: str, following: Any, shape: str) -> None:
    counter = iter(range(1, 10_000))

    def endless(headers: Mapping[str, str]) -> Answer:
        number = next(counter)
        return page(following(number), text=f"page {number}")

    class Endless(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            return super().get(path, default if path.startswith(("/robots", "/sitemap")) else endless)

    with Site({}) as site:
        site.pages = Endless({"/": page(first, text="home")})
        found = crawled(site, tmp_path, max_depth=1000)
        assert 40 < len(found.documents) <= 60
        (reason,) = (reason for what, reason in reasons(found, site).items() if what.rstrip("/") == shape)
        assert reason.startswith("looks endless")


def test_session_ids_and_campaign_marks_make_no_new_page(tmp_path: Path) -> None:
    home = page(
        "/a?sid=1", "/a?sid=2&gclid=x", "/a;jsessionid=9F", "/a?PHPSESSID=4", "/a?x=1&y=2", "/a?y=2&x=1", text="h"
    )
    with Site({"/": home, "/a": page(text="a"), "/a?x=1&y=2": page(text="other")}) as site:
        crawled(site, tmp_path)
        assert sorted(site.asked) == ["/", "/a", "/a?x=1&y=2"]


def test_links_that_nest_in_themselves_come_to_an_end(tmp_path: Path) -> None:
    class Nested(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            return default if path.startswith(("/robots", "/sitemap")) else page("shop/new/", text=path)

    with Site({}) as site:
        site.pages = Nested()
        assert len(crawled(site, tmp_path, max_depth=1000).documents) == 3


def test_pages_depth_and_bytes_are_limited_and_the_report_says_so(tmp_path: Path) -> None:
    pages = {f"/{number}": page(f"/{number + 1}", f"/x{number}", text=f"n{number}") for number in range(1, 30)}
    with Site({"/": page("/1", text="home"), **pages}) as site:
        found = crawled(site, tmp_path / "pages", max_pages=5)
        assert paths(found, site) == ["/", "/1", "/2", "/3", "/4"]
        assert reasons(found, site)["/"].endswith("more addresses are not read: `crawl.max_pages` = 5 is reached")
        found = crawled(site, tmp_path / "depth", max_depth=2)
        assert (paths(found, site), reasons(found, site)["/"]) == (
            ["/", "/1", "/2"],
            "2 addresses lie deeper than `crawl.max_depth` = 2",
        )
        found = crawled(site, tmp_path / "bytes", max_bytes=500)
        assert 1 < len(found.documents) < 8
        assert "`crawl.max_bytes`" in reasons(found, site)["/"]


def test_time_is_limited(tmp_path: Path) -> None:
    def slow(headers: Mapping[str, str]) -> Answer:
        time.sleep(3)
        return page(text="slow")

    with Site({"/": page("/slow", text="home"), "/slow": slow}) as site:
        started = time.monotonic()
        found = crawled(site, tmp_path, max_seconds=0.3)
        assert (paths(found, site), "`crawl.max_seconds`" in reasons(found, site)["/"]) == (["/"], True)
        assert time.monotonic() - started < 3


def test_what_is_no_page_is_not_downloaded_or_kept(tmp_path: Path) -> None:
    pages = {
        "/": page("/film", "/data", "/big", text="home"),
        "/film": Answer(b"x" * 100, headers={"Content-Type": "video/mp4"}),
        "/data": Answer(b"{}", headers={"Content-Type": "application/json"}),
        "/big": Answer(b"x" * 9000, headers={"Content-Type": "text/html"}),
    }
    with Site(pages) as site:
        config = Config(web=Web(max_bytes=5000), crawl=Crawl(delay=0))
        crawl(site.url, tmp_path / "s", config, WebOptions())
        found = read_snapshot(tmp_path / "s")
        assert reasons(found, site) == {"/film": "is video/mp4, not a page", "/data": "is application/json, not a page"}
        assert [fault.error[:30] for fault in found.faults] == ["is larger than 5,000 bytes. Ra"]


def test_a_sitemap_index_is_a_source_of_the_crawl(tmp_path: Path) -> None:
    with Site(
        {"/": page("/linked", text="home"), "/linked": page(text="linked"), "/listed": page(text="listed")}
    ) as site:
        urls = f"<url><loc>{site.url}/listed</loc></url><url><loc>http://127.0.0.9/away</loc></url>"
        listing = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        index = f"<sitemapindex><sitemap><loc>{site.url}/pages.xml.gz</loc></sitemap></sitemapindex>"
        site.pages["/robots.txt"] = Answer(f"Sitemap: {site.url}/index.xml".encode())
        site.pages["/index.xml"] = xml(index)
        packed = gzip.compress(listing.encode())
        site.pages["/pages.xml.gz"] = Answer(packed, headers={"Content-Type": "application/x-gzip"})
        assert paths(crawled(site, tmp_path), site) == ["/", "/linked", "/listed"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_is_a_target_of_its_own(packed: bool) -> None:
    with Site({"/a": page("/more", text="a"), "/b": page(text="b")}) as site:
        urls = f"<url><loc> {site.url}/a </loc></url><url><loc>{site.url}/b</loc></url>"
        text = f"<?xml version='1.0'?><urlset>{urls}</urlset>"
        body = gzip.compress(text.encode()) if packed else text.encode()
        site.pages["/map.xml"] = Answer(body, headers={"Content-Type": "application/gzip" if packed else "text/xml"})
        config = Config(crawl=Crawl(delay=0))
        found = collect([f"{site.url}/map.xml"], config)
        assert [document.key for document in found.documents] == [f"{site.url}/a", f"{site.url}/b"]
        assert "/more" not in site.asked
        site.pages["/more"] = page(text="more")
        found = collect([f"{site.url}/map.xml"], config, web=WebOptions(crawl=True))
        assert [document.key for document in found.documents] == [f"{site.url}/{name}" for name in ("a", "b", "more")]


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    times: list[float] = []

    def busy(headers: Mapping[str, str]) -> Answer:
        times.append(time.monotonic())
        return page(text="a") if len(times) > 2 else Answer(status=429, headers={"Retry-After": "1"})

    with Site({"/": page("/a", text="home"), "/a": busy}) as site:
        assert paths(crawled(site, tmp_path), site) == ["/", "/a"]
        assert len(times) == 3
        assert times[2] - times[0] >= 2.0


def test_a_server_that_wants_hours_of_patience_is_a_failure(tmp_path: Path) -> None:
    never = Answer(status=503, headers={"Retry-After": "86400"})
    with Site({"/": page("/a", text="home"), "/a": never}) as site:
        found = crawled(site, tmp_path)
        assert [fault.error.split(". ")[0] for fault in found.faults] == ["the server answered 503 Service Unavailable"]
        assert site.asked.count("/a") == 1


def test_a_connection_that_breaks_is_tried_again(tmp_path: Path) -> None:
    with Site({"/": page("/a", text="home")}) as site:
        calls: list[int] = []

        def breaks(headers: Mapping[str, str]) -> Answer:
            calls.append(1)
            if len(calls) == 1:
                raise ConnectionResetError
            return page(text="a")

        site.pages["/a"] = breaks
        assert paths(crawled(site, tmp_path), site) == ["/", "/a"]
        assert len(calls) == 2


def test_a_site_that_stops_answering_is_given_up_and_the_crawl_may_go_on(tmp_path: Path) -> None:
    pages = {f"/{number}": page(text=f"n{number}") for number in range(30)}
    with Site({"/": page(*pages, text="home")}) as site:
        never = Answer(status=500)
        answers = iter([page(*pages, text="home")])
        site.pages |= {**dict.fromkeys(pages, never), "/": lambda headers: next(answers, never)}
        found = crawled(site, tmp_path)
        assert len(site.asked) < 30
        assert "not finished" in found.faults[-1].error
        site.pages |= pages
        assert len(crawled(site, tmp_path).documents) == 31


def test_many_broken_pages_in_a_row_do_not_end_a_crawl_of_a_site_that_is_up(tmp_path: Path) -> None:
    broken = {f"/{number}": Answer(status=500) for number in range(12)}
    with Site({"/": page(*broken, "/last", text="home"), **broken, "/last": page(text="last")}) as site:
        found = crawled(site, tmp_path)
        assert (paths(found, site), len(found.faults)) == (["/", "/last"], 12)


def test_at_most_so_many_requests_are_under_way_at_once(tmp_path: Path) -> None:
    active, most, lock = 0, 0, threading.Lock()

    def counted(headers: Mapping[str, str]) -> Answer:
        nonlocal active, most
        with lock:
            active += 1
            most = max(most, active)
        time.sleep(0.05)
        with lock:
            active -= 1
            return page(text=f"n{time.monotonic()}")

    names = [f"/{number}" for number in range(12)]
    with Site({"/": page(*names, text="home"), **dict.fromkeys(names, counted)}) as site:
        crawled(site, tmp_path, concurrency=3)
        assert most == 3
