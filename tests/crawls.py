"""Crawls a site on loopback in tests, and says what was read and what was not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sites_http import Answer, Responder, Site

from msgcheck.config import Config, Crawl
from msgcheck.sources import WebOptions
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
