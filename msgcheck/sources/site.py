"""A URL as a target: one page, the pages that a sitemap lists, or a whole site."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from msgcheck.config import Config
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import Snapshot, read_snapshot
from msgcheck.sources.options import WebOptions
from msgcheck.sources.sitemap import is_sitemap
from msgcheck.sources.web import fetch


def read_url(url: str, config: Config, options: WebOptions) -> Snapshot:
    """Read what a URL names. Raises FetchError when that gives not one page."""
    if not options.crawl:
        page = fetch(url, config.web, render=options.render)
        if not is_sitemap(page.content):
            return Snapshot((page,), (), ())
    with TemporaryDirectory(prefix="msgcheck-") as name:
        crawl(url, Path(name), config, options, follow=options.crawl)
        return read_snapshot(Path(name), unfinished="The site stopped answering before all was read. Try again later.")
