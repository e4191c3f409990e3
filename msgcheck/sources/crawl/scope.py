"""Which addresses belong to a crawl: the site itself, patterns of the user, and only what can be a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import splitext
from urllib.parse import urlsplit

from msgcheck.paths import matches_any
from msgcheck.sources.urls import site_of

_NO_PAGE = re.compile(
    r"\.(?:7z|apk|avif|bmp|css|csv|dmg|docx?|eot|epub|exe|gif|gz|ico|ics|iso|jpe?g|js|json|m4[av]|mjs|mov|mp[34]|mpeg|msi"
    r"|og[gv]|otf|pdf|pkg|png|pp[st]x?|psd|rar|rss|svg|tar|tgz|tiff?|ttf|wav|web[mp]|woff2?|xlsx?|xml|zip)",
    re.IGNORECASE,
)


class Scope:
    """The start's host (with or without `www.`) and what `include` adds; never what `exclude` names.

    A pattern that begins with http names whole addresses and may lie on another host, others name paths on the site.
    """

    def __init__(self, start: str, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> None:
        self._sites = {site_of(start)}
        self._start = start
        self._include = tuple(include)
        self._exclude = tuple(exclude)
        self._elsewhere = tuple(pattern for pattern in self._include if pattern.startswith(("http://", "https://")))

    def extend(self, url: str) -> None:
        """The start leads to another host: that is the site as well."""
        self._sites.add(site_of(url))

    def is_site(self, url: str) -> bool:
        """Whether an address lies on the site itself."""
        return site_of(url) in self._sites

    def holds(self, url: str) -> bool:
        """Whether an address may be requested. The start itself always may."""
        if url == self._start:
            return True
        parts = urlsplit(url)
        if _NO_PAGE.fullmatch(splitext(parts.path)[1]):
            return False
        names = (url, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if not self.is_site(url):
            return matches_any(url, self._elsewhere) and not self._excluded(names)
        wanted = not self._include or any(matches_any(name, self._include) for name in names)
        return wanted and not self._excluded(names)

    def _excluded(self, names: Iterable[str]) -> bool:
        return bool(self._exclude) and any(matches_any(name, self._exclude) for name in names)
