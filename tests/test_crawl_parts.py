"""The parts of a crawl by themselves: one spelling for an address, links, sitemaps, robots, patience, traps."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from msgcheck.sources.client import Fetched
from msgcheck.sources.crawl.links import read_links
from msgcheck.sources.crawl.record import Record, read_record
from msgcheck.sources.crawl.robots import Robots
from msgcheck.sources.crawl.scope import Scope
from msgcheck.sources.crawl.traps import MOST_OF_A_SHAPE, Traps
from msgcheck.sources.pace import retry_after
from msgcheck.sources.sitemap import is_sitemap, read_sitemap
from msgcheck.sources.urls import resolve

HOME = "https://example.com/a/b"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("c", "https://example.com/a/c"),
        ("/c#part", "https://example.com/c"),
        ("?x=1", "https://example.com/a/b?x=1"),
        ("//cdn.example.com", "https://cdn.example.com/"),
        ("HTTPS://Example.COM:443/A/../B", "https://example.com/B"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:8080", "http://example.com:8080/"),
        ("/p?b=2&a=1&utm_source=x&gclid=y", "https://example.com/p?a=1&b=2"),
        ("/p?PHPSESSID=1&sid=2", "https://example.com/p"),
        ("/p;jsessionid=AB12?x=1", "https://example.com/p?x=1"),
        ("/(S(lit3py55t21z5v55))/p.aspx", "https://example.com/p.aspx"),
        ("/café", "https://example.com/caf%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("  /c\n", "https://example.com/c"),
        ("#top", ""),
        ("mailto:a@example.com", ""),
        ("javascript:void(0)", ""),
        ("data:text/html,x", ""),
        ("http://user:pw@example.com/", ""),
        ("http://[::1", ""),
        ("http://", ""),
        ("/" + "x" * 3000, ""),
    ],
)
def test_a_link_has_one_spelling_or_none(link: str, expected: str) -> None:
    assert resolve(HOME, link) == expected


def test_links_of_a_start_without_a_path_are_resolved() -> None:
    assert resolve("https://example.com", "c") == "https://example.com/c"


def test_links_are_read_with_what_the_page_says_of_itself() -> None:
    html = b"""<html><head><base href="/docs/"><link rel=canonical href=x><link rel="next" href=2>
    <link rel=alternate hreflang=fr href=/fr><link rel=alternate hreflang=en href=/en>
    <meta name=robots content="noindex"><meta http-equiv=refresh content="3; URL='/moved'"></head>
    <body><a href=one>1</a><a rel="nofollow" href=two>2</a><a href=one>1</a><a download href=f>f</a>
    <map><area href="three"></map><a>none</a><a href="http://[broken">x</a></body></html>"""
    found = read_links(html, HOME)
    assert [link.removeprefix("https://example.com") for link in found.links] == [
        "/docs/2",
        "/moved",
        "/en",
        "/docs/one",
        "/docs/three",
    ]
    assert found.unfollowed == ("https://example.com/docs/two",)
    assert (found.canonical, found.foreign) == ("https://example.com/docs/x", ("https://example.com/fr",))
    assert (found.noindex, found.nofollow) == (True, False)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<", b"<a href=", b"<!--", b"<p>" * 5000])
def test_whatever_cannot_be_parsed_has_no_links(content: bytes) -> None:
    found = read_links(content, HOME, charset="no-such-charset", header="noindex")
    assert (found.links, found.noindex) == ((), True)


def test_robots_headers_for_other_agents_are_not_ours() -> None:
    assert not read_links(b"<p>", HOME, header="otherbot: noindex").noindex
    assert read_links(b"<p>", HOME, header="msgcheck: none").nofollow


def test_a_sitemap_is_told_by_its_content() -> None:
    listing = b'<?xml version="1.0"?>\n<s:urlset xmlns:s="x"><s:url><s:loc>/p</s:loc></s:url></s:urlset>'
    assert is_sitemap(listing)
    assert is_sitemap(gzip.compress(listing))
    assert not is_sitemap(b"<html><body>How to write a &lt;urlset&gt;: <urlset ></body></html>")
    assert not is_sitemap(b"")
    assert not is_sitemap(b"\x1f\x8bnonsense")
    assert read_sitemap(listing, HOME).pages == ("https://example.com/p",)


def test_a_broken_sitemap_gives_what_stands_before_the_break() -> None:
    text = b"<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url><url><lo"
    assert read_sitemap(text, HOME).pages == ("https://example.com/a", "https://example.com/b")


def test_a_sitemap_can_neither_read_files_nor_swell() -> None:
    entity = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>&f;</loc></url></urlset>'
    assert read_sitemap(entity, HOME).pages == ()
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000 + b"<url><loc>/late</loc></url></urlset>")
    assert read_sitemap(bomb, HOME).pages == ()


def robots(text: str, status: int = 200) -> Robots:
    return Robots(lambda url: Fetched(url, status, "", {}, text.encode()), obeyed=True)


def test_robots_rules_for_msgcheck_come_before_those_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: msgcheck\nDisallow: /x\nCrawl-delay: 900\nSitemap: /s.xml"
    rules = robots(text)
    assert rules.allows("https://example.com/a")
    assert not rules.allows("https://example.com/x/1")
    assert rules.delay("https://example.com/") == 30.0
    assert rules.sitemaps("https://example.com/") == ("/s.xml",)


def test_without_robots_everything_is_allowed() -> None:
    rules = robots("<html>not found</html>", 404)
    assert rules.allows("https://example.com/a")
    assert rules.sitemaps("https://example.com/a") == ("https://example.com/sitemap.xml",)


def test_how_long_to_wait_is_a_number_or_a_date() -> None:
    def answer(value: str) -> Fetched:
        return Fetched(HOME, 429, "", {"retry-after": value}, b"")

    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after(answer("7")) == 7.0
    assert 85 < (retry_after(answer(later)) or 0) <= 90
    assert retry_after(answer("Fri, 01 Jan 2010 00:00:00 GMT")) == 0.0
    assert retry_after(answer("soon")) is None
    assert retry_after(answer("")) is None


@pytest.mark.parametrize(
    "url",
    ["/product/12", "/product/2019", "/blog/2026/05/a-launch", "/2026-report", "/a/a/b", "/pages/7", "/team/1/1/1"],
)
def test_ordinary_addresses_are_no_traps(url: str) -> None:
    traps = Traps()
    assert all(traps.admits(f"https://example.com{url}") for _ in range(MOST_OF_A_SHAPE + 1))


def test_what_can_be_no_page_is_out_of_scope() -> None:
    scope = Scope("https://www.example.com/")
    names = ("/a", "/a.html", "/v1.2", "/a.PDF", "/a/b.jpeg", "/feed.xml")
    assert [scope.holds(f"https://example.com{name}") for name in names] == [True, True, True, False, False, False]
    assert not scope.holds("https://docs.example.com/")


def test_a_record_survives_its_line() -> None:
    import json

    record = Record("https://example.com/", 200, file="pages/x.html", found=("https://example.com/a",), listing=True)
    assert read_record(json.loads(record.line())) == record
    with pytest.raises(TypeError):
        read_record({"url": 7})
    with pytest.raises(KeyError):
        read_record({})
