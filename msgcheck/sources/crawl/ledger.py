"""What each outcome means for the crawl: which page is kept, which is a copy, and what is read next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgcheck.config import Crawl
from msgcheck.sources.crawl.frontier import Entry, Frontier
from msgcheck.sources.crawl.journal import Journal
from msgcheck.sources.crawl.links import PageLinks
from msgcheck.sources.crawl.record import Record
from msgcheck.sources.crawl.scope import Scope
from msgcheck.sources.crawl.snapshot import copy_of
from msgcheck.sources.crawl.visit import Failed, Left, Listing, Moved, Outcome, Page

_MOST_HOPS = 8


class Ledger:
    """Takes outcomes in the order of the queue, and writes each into the journal before anything follows from it.

    `follow` says whether links are followed, or only what sitemaps list is read.
    """

    def __init__(self, journal: Journal, settings: Crawl, *, follow: bool) -> None:
        self.records: list[Record] = []
        self.pages = self.size = self.failed = self.failing = 0
        self._journal = journal
        self._settings = settings
        self._follow = follow
        self._scope = Scope(journal.start, settings.include, settings.exclude)
        self.frontier = Frontier(self._scope, settings.max_depth)
        self._kept: set[str] = set()
        self._hashes: dict[str, str] = {}
        self._copies: Counter[str] = Counter()
        self._replay()

    def _replay(self) -> None:
        self.frontier.add([Entry(self._journal.start)])
        for record in self._journal.records:
            self.frontier.fresh(record.found, listed=record.listing)
            self._absorb(record)
            self.frontier.bar([record.url])

    def take(self, entry: Entry, outcome: Outcome) -> None:
        """Note what became of an address, and what that adds to the crawl."""
        record = self._record(entry, outcome)
        self._journal.append(record)
        self._absorb(record)

    def _record(self, entry: Entry, outcome: Outcome) -> Record:
        match outcome:
            case Page():
                return self._page(entry, outcome)
            case Moved():
                return self._moved(entry, outcome)
            case Listing(status, sitemap):
                found = self.frontier.fresh(sitemap.pages, listed=True)
                more = self._own(sitemap.sitemaps)
                return _about(entry, status=status, listing=True, found=found, sitemaps=more)
            case Left(reason, status):
                guessed = entry.sitemap and status == 404 and entry.url.endswith("/sitemap.xml")
                return _about(entry, status=status, skipped="" if guessed else reason)
            case Failed(reason, status):
                return _about(entry, status=status, failed=reason)

    def _moved(self, entry: Entry, outcome: Moved) -> Record:
        target = outcome.target
        if entry.depth == 0:
            self._scope.extend(target)
        if entry.hops >= _MOST_HOPS:
            return _about(entry, status=outcome.status, failed=f"redirects more than {_MOST_HOPS} times.")
        if not (self._scope.is_site(target) if entry.sitemap else self._scope.holds(target)):
            return _about(entry, status=outcome.status, skipped=f"redirects to {target}, outside the crawl")
        return _about(entry, status=outcome.status, moved_to=target)

    def _page(self, entry: Entry, page: Page) -> Record:
        links, answer = page.links, page.answer
        canonical = links.canonical if links.canonical != entry.url and self._scope.holds(links.canonical) else ""
        foreign = self.frontier.bar(links.foreign)
        ahead = (canonical,) if canonical else ()
        values: dict[str, Any] = {
            "status": answer.status,
            "size": len(answer.content),
            "found": self.frontier.fresh((*ahead, *self._followed(links))),
            "sitemaps": self._own(page.sitemaps) if self._follow else (),
            "foreign": foreign,
        }
        digest = hashlib.sha256(answer.content).hexdigest()
        if reason := self._not_kept(entry, links, canonical, digest):
            return _about(entry, skipped=reason, **values)
        file = self._journal.store(entry.url, answer.content, digest, answer.media_type)
        return _about(
            entry,
            file=file,
            hash=digest,
            media_type=answer.media_type,
            charset=answer.charset,
            canonical=canonical,
            **values,
        )

    def _followed(self, links: PageLinks) -> tuple[str, ...]:
        if not self._follow or (links.nofollow and not self._settings.follow_nofollow):
            return ()
        return links.links + links.unfollowed if self._settings.follow_nofollow else links.links

    def _not_kept(self, entry: Entry, links: PageLinks, canonical: str, digest: str) -> str:
        if links.noindex and entry.depth > 0 and not self._settings.read_noindex:
            return "is marked noindex (`crawl.read_noindex = true` reads it)"
        if canonical in self._kept:
            return copy_of(canonical)
        return copy_of(self._hashes[digest]) if digest in self._hashes else ""

    def _own(self, sitemaps: Iterable[str]) -> tuple[str, ...]:
        """Sitemaps of this very site; others are not this site's to name."""
        return tuple(url for url in sitemaps if self._scope.is_site(url))

    def _absorb(self, record: Record) -> None:
        """What a record means for the rest of the crawl; the same for new records and for replayed ones."""
        self.records.append(record)
        self.size += record.size
        self.failed += bool(record.failed)
        self.failing = self.failing + 1 if record.failed else 0
        if record.moved_to:
            if record.depth == 0:
                self._scope.extend(record.moved_to)
            self.frontier.add([Entry(record.moved_to, record.depth, record.hops + 1)])
        self.frontier.bar(record.foreign)
        self.frontier.add(Entry(url, record.depth + 1) for url in record.found)
        self.frontier.add(Entry(url, record.depth + 1, sitemap=True) for url in record.sitemaps)
        if record.file:
            self._keep(record)

    def _keep(self, record: Record) -> None:
        """Count a page; those that named it as their canonical address turn out to be copies."""
        self._kept.add(record.url)
        self._hashes[record.hash] = record.url
        self.pages += 1 - self._copies.pop(record.url, 0)
        if record.canonical:
            self._copies[record.canonical] += 1


def _about(entry: Entry, **values: Any) -> Record:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Record(entry.url, time=now, depth=entry.depth, hops=entry.hops, **values)
