"""robots.txt, read once a host."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego

from msgcheck.errors import FetchError
from msgcheck.sources.client import Fetched

AGENT = "msgcheck"
_MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB
_MOST_REDIRECTS = 5
_LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    delay: float
    sitemaps: tuple[str, ...]


class Robots:
    """What hosts allow. `get` is one request, without following redirects."""

    def __init__(self, get: Callable[[str], Fetched], *, obeyed: bool) -> None:
        self._get = get
        self._obeyed = obeyed
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """Raises FetchError where the file cannot be had: then nobody knows (RFC 9309, 2.3.1.4)."""
        return not self._obeyed or bool(self._of(url).parsed.can_fetch(url, AGENT))

    def delay(self, url: str) -> float:
        """Seconds that the host wants between two requests; at most half a minute."""
        return self._of(url).delay if self._obeyed else 0.0

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host names, else the usual place."""
        return self._of(url).sitemaps or (urljoin(url, "/sitemap.xml"),)

    def _of(self, url: str) -> _Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if (known := self._rules.get(origin)) is not None:
            return known
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._read(f"{origin}/robots.txt")
            return self._rules[origin]

    def _read(self, url: str) -> _Rules:
        where = url
        for _ in range(_MOST_REDIRECTS):
            answer = self._get(where)
            if not answer.redirect:
                break
            where = urljoin(where, answer.redirect)
        if answer.status == 429 or answer.status >= 500:
            message = f"{url}: the server answered {answer.status}, so what it allows is not known."
            raise FetchError(message, "Try again later, or set `crawl.robots = false` if the site is yours.")
        text = answer.content[:_MAX_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
        parsed = Protego.parse(text)
        delay = min(float(parsed.crawl_delay(AGENT) or 0.0), _LONGEST_DELAY)
        return _Rules(parsed, max(delay, 0.0), tuple(dict.fromkeys(parsed.sitemaps)))
