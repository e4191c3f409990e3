"""A crawl from beginning to end: everything it needs, put together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from msgcheck.config import Config
from msgcheck.errors import FetchError, UsageError
from msgcheck.sources.address import AddressGuard
from msgcheck.sources.client import Client
from msgcheck.sources.crawl.crawler import Crawled, Crawler
from msgcheck.sources.crawl.journal import Journal
from msgcheck.sources.crawl.robots import Robots
from msgcheck.sources.crawl.visit import Visitor
from msgcheck.sources.options import WebOptions
from msgcheck.sources.pace import Pace
from msgcheck.sources.urls import normalise


def crawl(url: str, folder: Path, config: Config, options: WebOptions, *, follow: bool = True) -> Crawled:
    """Crawl the site at `url` into `folder`; goes on where an earlier crawl of it was interrupted.

    `url` may be a sitemap; with `follow` off only what it lists is read. Raises FetchError when not one page could be
    read, and UsageError where `url` or `folder` cannot be used.
    """
    start = _start(url)
    settings = config.crawl.model_copy(update={"exclude": [*config.crawl.exclude, *config.pages.exclude]})
    journal = Journal(folder, start)
    try:
        with _visitor(start, config, options) as visitor:
            crawled = Crawler(visitor, journal, settings, follow=follow).run(options.watch)
    finally:
        journal.close()
    if crawled.start_failed:
        raise FetchError(f"{url}: {crawled.start_failed}")
    return crawled


def _start(url: str) -> str:
    try:
        start = normalise(url)
    except ValueError:
        start = ""
    if not start:
        raise UsageError(f"{url}: is not a web address.", "Name one that begins with https://.")
    return start


@contextmanager
def _visitor(start: str, config: Config, options: WebOptions) -> Iterator[Visitor]:
    guard = AddressGuard([urlsplit(start).hostname or ""])
    with Client(config.web, guard, cache=options.cache, connections=config.crawl.concurrency) as client:
        pace = Pace(config.crawl.concurrency, config.crawl.delay)
        robots = Robots(client.get, obeyed=config.crawl.robots)
        if not options.render:
            yield Visitor(client, robots, pace)
            return
        from msgcheck.sources.render import Renderer

        with Renderer(client, config.web) as renderer:
            yield Visitor(client, robots, pace, renderer.draw)
