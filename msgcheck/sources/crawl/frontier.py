"""What is still to be read, breadth first, each address once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from msgcheck.sources.crawl.scope import Scope
from msgcheck.sources.crawl.traps import Traps


@dataclass(frozen=True, slots=True)
class Entry:
    """An address to read: how many links from the start, and after how many redirects in a row."""

    url: str
    depth: int = 0
    hops: int = 0
    sitemap: bool = False


class Frontier:
    """The queue of a crawl. Its order depends on nothing but what the pages say."""

    def __init__(self, scope: Scope, max_depth: int) -> None:
        self.traps = Traps()
        self.too_deep = 0
        self._scope = scope
        self._max_depth = max_depth
        self._queue: deque[Entry] = deque()
        self._seen: set[str] = set()
        self._barred: set[str] = set()

    def __len__(self) -> int:
        return len(self._queue)

    def fresh(self, urls: Iterable[str], *, listed: bool = False) -> tuple[str, ...]:
        """The addresses that are new and belong to the crawl; those listed in a sitemap are no trap."""
        new = (url for url in dict.fromkeys(urls) if url not in self._seen and self._scope.holds(url))
        return tuple(url for url in new if listed or self.traps.admits(url))

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if entry.url not in self._seen:
                self._seen.add(entry.url)
                self._queue.append(entry)

    def bar(self, urls: Iterable[str]) -> tuple[str, ...]:
        """Never read these (again); gives back those that were not known."""
        new = tuple(url for url in urls if url not in self._barred)
        self._barred.update(new)
        self._seen.update(new)
        return new

    def next(self) -> Entry | None:
        """The next address within the depth; those beyond are counted."""
        while self._queue:
            entry = self._queue.popleft()
            if entry.depth > self._max_depth:
                self.too_deep += 1
            elif entry.url not in self._barred:
                return entry
        return None
