"""Read one address: what robots.txt allows, in its host's turn, with patience; and judge what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from msgcheck.errors import FetchError
from msgcheck.sources.client import Client, Fetched
from msgcheck.sources.crawl.frontier import Entry
from msgcheck.sources.crawl.links import PageLinks, read_links
from msgcheck.sources.crawl.robots import Robots
from msgcheck.sources.pace import Pace
from msgcheck.sources.sitemap import Sitemap, is_sitemap, read_sitemap
from msgcheck.sources.urls import normalise
from msgcheck.sources.web import is_readable, refusal

#: A server may send the same page once more to set a cookie or to strip a mark; then it must answer.
_MOST_TURNS = 3
#: Statuses below 500 that hide a page: a firewall that has had enough of us answers 403.
_MISSING = frozenset({403, 408, 429})

#: Draws a page as a browser shows it.
Draw = Callable[[Fetched], Fetched]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of copy. `sitemaps` are those of the site, where the page is its start."""

    answer: Fetched
    links: PageLinks
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect to another address."""

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A sitemap."""

    status: int
    sitemap: Sitemap


@dataclass(frozen=True, slots=True)
class Left:
    """Not read, and no failure: there is nothing to read, or the site does not want it."""

    reason: str
    status: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """Could not be read now."""

    reason: str
    status: int = 0


Outcome = Page | Moved | Listing | Left | Failed


class Visitor:
    """Visits addresses; safe to share between threads."""

    def __init__(self, client: Client, robots: Robots, pace: Pace, draw: Draw | None = None) -> None:
        self._client = client
        self._robots = robots
        self._pace = pace
        self._draw = draw

    def visit(self, entry: Entry) -> Outcome:
        """What became of an address."""
        try:
            return self._visit(entry)
        except FetchError as error:
            return Failed(_reason(error, entry.url))

    def _visit(self, entry: Entry) -> Outcome:
        url = entry.url
        if not entry.sitemap:
            if not self._robots.allows(url):
                return Left("robots.txt forbids it (`crawl.robots = false` reads it all the same)")
            self._pace.gate(url).slow_down(self._robots.delay(url))
        answer = self._answer(url)
        if answer.redirect:
            return self._moved(answer)
        if answer.status >= 400:
            return self._refused(entry, answer)
        if is_sitemap(answer.content):
            return Listing(answer.status, read_sitemap(answer.content, url))
        if entry.sitemap:
            return Left("is no sitemap", answer.status)
        if not is_readable(answer):
            return Left(f"is {answer.media_type}, not a page", answer.status)
        return self._page(entry, answer)

    def _refused(self, entry: Entry, answer: Fetched) -> Outcome:
        """A dead link or a login is nothing to read; a refusal or a fault of the server is a page that is missing."""
        failed = answer.status in _MISSING or answer.status >= 500
        reason = _reason(refusal(entry.url, answer), entry.url, hint=failed or entry.depth == 0)
        return (Failed if failed else Left)(reason, answer.status)

    def _answer(self, url: str) -> Fetched:
        answer = self._pace.patiently(self._client.get, url)
        for _ in range(_MOST_TURNS):
            target = urljoin(answer.url, answer.redirect)
            if not answer.redirect or normalise(target) != url:
                break
            answer = self._pace.patiently(self._client.get, target)
        return answer

    def _moved(self, answer: Fetched) -> Outcome:
        try:
            target = normalise(urljoin(answer.url, answer.redirect))
        except ValueError:
            target = ""
        return Moved(answer.status, target) if target else Left("redirects to no web page", answer.status)

    def _page(self, entry: Entry, answer: Fetched) -> Page:
        if self._draw is not None and "html" in answer.media_type:
            answer = self._draw(answer)
        header = answer.headers.get("x-robots-tag", "")
        links = read_links(answer.content, entry.url, charset=answer.charset, header=header)
        return Page(answer, links, self._sitemaps(entry.url) if entry.depth == 0 else ())

    def _sitemaps(self, url: str) -> tuple[str, ...]:
        try:
            return tuple(found for sitemap in self._robots.sitemaps(url) if (found := normalise(sitemap)))
        except (FetchError, ValueError):
            return ()


def _reason(error: FetchError, url: str, *, hint: bool = True) -> str:
    message = error.message.removeprefix(f"{url}: ")
    return f"{message} {error.hint}".strip() if hint else message.rstrip(".")
