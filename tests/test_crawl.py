"""A crawl of a real site on loopback: which pages are read, and which are left out."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from sites_http import Answer, Site, moved, page

from msgcheck.config import Config, Crawl
from msgcheck.errors import FetchError
from msgcheck.sources import WebOptions
from msgcheck.sources.crawl.run import crawl
from tests.crawls import crawled, paths, reasons


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
