"""A URL as a target: one page, the pages that a sitemap lists, or a whole site."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

from msgcheck.config import Config
from msgcheck.sources.crawl.journal import BusyError
from msgcheck.sources.crawl.run import crawl
from msgcheck.sources.crawl.snapshot import Snapshot, read_snapshot
from msgcheck.sources.lazy import Documents
from msgcheck.sources.options import WebOptions
from msgcheck.sources.sitemap import is_sitemap
from msgcheck.sources.web import fetch

#: A crawl that nobody went on with for so many seconds is begun anew: its pages may have changed since.
_STALE = 24 * 60 * 60


def read_url(url: str, config: Config, options: WebOptions) -> Snapshot:
    """Read what a URL names. A crawl that was interrupted goes on. Raises FetchError when that gives not one page."""
    if not options.crawl:
        page = fetch(url, config.web, render=options.render)
        if not is_sitemap(page.content):
            return Snapshot(Documents((page,)), (), ())
    folder = _kept(options.cache, url, config, options) if options.cache else _temporary()
    try:
        crawl(url, folder, config, options, follow=options.crawl)
    except BusyError:
        folder = _temporary()
        crawl(url, folder, config, options, follow=options.crawl)
    return read_snapshot(folder, unfinished="The site stopped answering before all was read. Try again later.")


def _kept(cache: Path, url: str, config: Config, options: WebOptions) -> Path:
    """The folder in the cache for this very crawl; those of crawls that are over are removed."""
    crawls = cache / "crawls"
    for folder in crawls.glob("*"):
        if time.time() - max((path.stat().st_mtime for path in folder.glob("*")), default=0.0) > _STALE:
            shutil.rmtree(folder, ignore_errors=True)
    asked = f"{url} {options.crawl} {options.render} {config.crawl.model_dump_json()} {config.pages.exclude}"
    return crawls / hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _temporary() -> Path:
    """A folder that lasts as long as the process: pages are read from it when they are asked for."""
    folder = Path(mkdtemp(prefix="msgcheck-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
