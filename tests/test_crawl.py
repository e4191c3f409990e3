"""A crawl of a real site on loopback: what is read, what is left out, and what the snapshot says."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sites_http import Answer, Responder, Site, moved, page, xml

from msgcheck.config import Config, Crawl, Web
from msgcheck.errors import FetchError, UsageError
from msgcheck.sources import Tally, WebOptions, collect
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import Snapshot, read_snapshot

Pages = Mapping[str, Answer | Responder]


def crawled(site: Site, folder: Path, start: str = "/", follow: bool = True, **settings: Any) -> Snapshot:
    options = {"delay": 0.0, "concurrency": 2, **settings}
    crawl(site.url + start, folder / "snapshot", Config(crawl=Crawl(**options)), WebOptions(), follow=follow)
    return read_snapshot(folder / "snapshot")


def paths(found: Snapshot, site: Site) -> list[str]:
    return [document.key.removeprefix(site.url) for document in found.documents]


def reasons(found: Snapshot, site: Site) -> dict[str, str]:
    return {skip.what.removeprefix(site.url): skip.reason.replace(site.url, "") for skip in found.skipped}


def test_links_are_followed_breadth_first_and_each_page_is_read_once(tmp_path: Path) -> None:
    pages = {
        "/": page("/a", "b", "#top", "mailto:x@example.com", "javascript:x()", "/logo.png", "/a#more", text="home"),
        "/a": page("/", "/c", text="a"),
        "/b": page("/a?utm_source=mail", text="b"),
        "/c": page(text="c"),
    }
    with Site(pages) as site:
        found = crawled(site, tmp_path, concurrency=1)
        assert site.asked == ["/", "/a", "/b", "/c"]
        assert paths(found, site) == ["/", "/a", "/b", "/c"]
        assert (found.skipped, found.faults) == ((), ())
        assert site.requests[0][0] == "/robots.txt"
        assert site.requests[0][1]["user-agent"].startswith("msgcheck/")


def test_the_manifest_says_what_became_of_each_address(tmp_path: Path) -> None:
    with Site({"/": page("/gone", text="home")}) as site:
        crawled(site, tmp_path)
        lines = [json.loads(line) for line in (tmp_path / "snapshot/manifest.jsonl").read_text().splitlines()]
        records = {line["url"].removeprefix(site.url): line for line in lines if "url" in line}
        home = records["/"]
        assert lines[0] == {"msgcheck_snapshot": 1, "start": f"{site.url}/"}
        assert (home["status"], home["media_type"], home["charset"]) == (200, "text/html", "utf-8")
        assert (tmp_path / "snapshot" / home["file"]).read_bytes() == site.pages["/"].body  # type: ignore[union-attr]
        assert records["/gone"]["skipped"].startswith("the server answered 404")
        assert list(lines[-1]) == ["end"]


def test_other_sites_are_left_alone_unless_a_pattern_names_them(tmp_path: Path) -> None:
    pages = {"/in": page(text="in"), "/out/1": page(text="out")}
    with Site({"/": page("/x", text="elsewhere")}, "127.0.0.2") as other, Site(pages) as site:
        site.pages["/"] = page(f"{other.url}/", "/in", "/out/1", text="home")
        assert paths(crawled(site, tmp_path / "one"), site) == ["/", "/in", "/out/1"]
        assert paths(crawled(site, tmp_path / "two", include=["/in"]), site) == ["/", "/in"]
        assert paths(crawled(site, tmp_path / "three", exclude=["/out/**"]), site) == ["/", "/in"]
        assert other.requests == []
        found = crawled(site, tmp_path / "four", include=[f"{other.url}/**"])
        assert [fault.error.split(": ")[1] for fault in found.faults] == [
            "is an address in a private network. Name that address itself if you trust it."
        ]


def test_robots_and_its_crawl_delay_are_obeyed(tmp_path: Path) -> None:
    robots = Answer(b"User-agent: *\nDisallow: /private\nCrawl-delay: 0.2\n")
    pages = {"/robots.txt": robots, "/": page("/private/x", "/a", text="home"), "/a": page(text="a")}
    with Site(pages) as site:
        started = time.monotonic()
        found = crawled(site, tmp_path, concurrency=4)
        assert paths(found, site) == ["/", "/a"]
        assert reasons(found, site) == {
            "/private/x": "robots.txt forbids it (`crawl.robots = false` reads it all the same)"
        }
        assert time.monotonic() - started >= 0.4
        assert "/private/x" not in site.asked
        found = crawled(site, tmp_path / "own", robots=False)
        assert "/private/x" in site.asked


def test_a_site_whose_robots_cannot_be_read_is_not_crawled(tmp_path: Path) -> None:
    with Site({"/robots.txt": Answer(status=500), "/": page()}) as site:
        with pytest.raises(FetchError, match="the server answered 500"):
            crawled(site, tmp_path)
        assert site.asked == []


def test_redirects_and_canonical_addresses_give_one_page_once(tmp_path: Path) -> None:
    pages = {
        "/": page("/old", "/a", "/print", "/copy", "/lost", text="home"),
        "/old": moved("/a"),
        "/a": page(text="a"),
        "/print": page(head='<link rel=canonical href="/b">', text="b, to print"),
        "/b": page(text="b"),
        "/copy": page(text="a"),
        "/lost": page(head='<link rel=canonical href="/gone">', text="kept: its canonical address is not there"),
    }
    with Site(pages) as site:
        found = crawled(site, tmp_path)
        assert paths(found, site) == ["/", "/a", "/b", "/lost"]
        assert site.asked.count("/a") == 1
        assert reasons(found, site) == {
            "/copy": "is the same page as /a",
            "/gone": "the server answered 404 Not Found",
            "/print": "is the same page as /b",
        }


def test_redirects_are_bounded_and_do_not_lead_away(tmp_path: Path) -> None:
    chain = {f"/r{number}": moved(f"/r{number + 1}") for number in range(20)}
    pages = {
        "/": page("/r0", "/loop", "/away", text="home"),
        "/loop": moved("/loop"),
        "/away": moved("http://127.0.0.9/"),
    }
    with Site({**pages, **chain}) as site:
        found = crawled(site, tmp_path)
        assert [fault.error for fault in found.faults] == ["redirects more than 8 times."]
        assert reasons(found, site) == {"/away": "redirects to http://127.0.0.9/, outside the crawl"}


def test_where_the_start_redirects_to_is_the_site(tmp_path: Path) -> None:
    with Site({"/": page("/a", text="home"), "/a": page(text="a")}) as site:
        site.pages["/start"] = moved(f"http://localhost:{site.port}/", 302)
        config = Config(crawl=Crawl(delay=0))
        # The new host is private and was not named, so it is refused; a public one would be the site.
        with pytest.raises(FetchError, match="private network"):
            crawl(f"{site.url}/start", tmp_path / "s", config, WebOptions())


def test_noindex_and_nofollow_hold_unless_told_otherwise(tmp_path: Path) -> None:
    pages = {
        "/": page("/hidden", "/end", "/header", text="home"),
        "/hidden": page("/behind", head='<meta name="robots" content="noindex">', text="hidden"),
        "/behind": page(text="behind"),
        "/end": Answer(b'<h1>end</h1><meta name=robots content=nofollow><a href="/secret">x</a>'),
        "/header": Answer(b"<h1>header</h1>", headers={"X-Robots-Tag": "none", "Content-Type": "text/html"}),
        "/secret": page(text="secret"),
    }
    with Site(pages) as site:
        found = crawled(site, tmp_path / "a")
        assert paths(found, site) == ["/", "/behind", "/end"]
        assert set(reasons(found, site)) == {"/hidden", "/header"}
        found = crawled(site, tmp_path / "b", read_noindex=True, follow_nofollow=True)
        assert paths(found, site) == ["/", "/behind", "/end", "/header", "/hidden", "/secret"]


def test_a_start_that_is_noindex_is_read_because_it_was_named(tmp_path: Path) -> None:
    with Site({"/": page(head='<meta name="robots" content="noindex">')}) as site:
        assert paths(crawled(site, tmp_path), site) == ["/"]


def test_of_the_languages_of_a_page_only_english_is_read(tmp_path: Path) -> None:
    head = "".join(
        f'<link rel="alternate" hreflang="{code}" href="{path}">'
        for code, path in (("en-US", "/"), ("en-GB", "/uk"), ("de", "/de"), ("x-default", "/"))
    )
    pages = {"/": page("/de", "/uk", "/a", head=head, text="home"), "/a": page("/de", text="a")}
    with Site({**pages, "/de": page(text="Brot"), "/uk": page(text="uk")}) as site:
        assert paths(crawled(site, tmp_path), site) == ["/", "/a"]
        assert "/de" not in site.asked


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
