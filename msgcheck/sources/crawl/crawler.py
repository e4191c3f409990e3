"""Crawl a site into a snapshot: threads read, one loop decides, in an order that depends on the site alone."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from msgcheck.config import Crawl
from msgcheck.sources.crawl.frontier import Entry
from msgcheck.sources.crawl.journal import Journal
from msgcheck.sources.crawl.ledger import Ledger
from msgcheck.sources.crawl.visit import Failed, Outcome, Visitor
from msgcheck.sources.options import Tally, Watch

#: Addresses under way for each thread: enough that a slow page does not hold up the others.
_AHEAD = 8
#: After so many failures in a row the start is asked again: if that fails too, the site is down or has had enough.
GIVE_UP_AFTER = 10
_TICK = 0.5


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl ended. `start_failed` says why there is not a single page; `finished` is False when it may go on.

    `failed` and `left_out` pair addresses with reasons.
    """

    tally: Tally
    finished: bool
    failed: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    start_failed: str = ""


class Crawler:
    """Runs one crawl."""

    def __init__(self, visitor: Visitor, journal: Journal, settings: Crawl, *, follow: bool = True) -> None:
        self._visitor = visitor
        self._journal = journal
        self._settings = settings
        self._ledger = Ledger(journal, settings, follow=follow)
        self._deadline = time.monotonic() + settings.max_seconds
        self._stopped = ""
        self._sent = self._under_way = 0
        self._tasks: queue.SimpleQueue[tuple[int, Entry] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[int, Entry, Outcome | BaseException]] = queue.SimpleQueue()

    def run(self, watch: Watch) -> Crawled:
        """Read until nothing is left or a limit is reached. What is done is in the snapshot, whatever happens."""
        for _ in range(self._settings.concurrency):
            threading.Thread(target=self._work, daemon=True).start()
        try:
            self._loop(watch)
        finally:
            for _ in range(self._settings.concurrency):
                self._tasks.put(None)
        return self._end()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            number, entry = task
            try:
                outcome: Outcome | BaseException = self._visitor.visit(entry)
            except BaseException as error:  # noqa: BLE001 - handed to the loop, which raises it
                outcome = error
            self._results.put((number, entry, outcome))

    def _loop(self, watch: Watch) -> None:
        """Results are taken in the order in which their addresses were queued, whichever came first."""
        waiting: dict[int, tuple[Entry, Outcome]] = {}
        taken = 0
        while not self._stopped:
            self._send()
            if not self._under_way:
                return
            for number, entry, outcome in self._arrived():
                if isinstance(outcome, BaseException):
                    raise outcome
                waiting[number] = (entry, outcome)
            while taken in waiting and not self._stopped:
                self._ledger.take(*waiting.pop(taken))
                taken += 1
                self._under_way -= 1
                self._stopped = self._reached()
            watch(self._tally())

    def _send(self) -> None:
        """Keep the threads busy, but never read more pages than are wanted."""
        while self._under_way < _AHEAD * self._settings.concurrency:
            enough = self._ledger.pages + self._under_way >= self._settings.max_pages
            entry = None if enough else self._ledger.frontier.next()
            if entry is None:
                return
            self._tasks.put((self._sent, entry))
            self._sent += 1
            self._under_way += 1

    def _arrived(self) -> list[tuple[int, Entry, Outcome | BaseException]]:
        """What has come, waiting for a little while at most."""
        try:
            found = [self._results.get(timeout=_TICK)]
        except queue.Empty:
            self._stopped = self._reached()
            return []
        while not self._results.empty():
            found.append(self._results.get())
        return found

    def _reached(self) -> str:
        """The limit that is reached, if any."""
        if self._ledger.failing >= GIVE_UP_AFTER:
            if isinstance(self._visitor.visit(Entry(self._journal.start)), Failed):
                return "failures"
            self._ledger.failing = 0
        if self._ledger.size >= self._settings.max_bytes:
            return "max_bytes"
        return "max_seconds" if time.monotonic() > self._deadline else ""

    def _tally(self) -> Tally:
        ledger = self._ledger
        return Tally(ledger.pages, len(ledger.records), len(ledger.frontier) + self._under_way, ledger.failed)

    def _end(self) -> Crawled:
        ledger = self._ledger
        tally = self._tally()
        if not ledger.pages:
            reasons = [record.failed or record.skipped for record in ledger.records]
            return Crawled(tally, False, start_failed=next(filter(None, reasons), "lists no page"))
        failed = tuple((record.url, record.failed) for record in ledger.records if record.failed)
        if self._stopped == "failures":
            return Crawled(tally, False, failed)
        left_out = tuple(self._left_out())
        self._journal.finish(ledger.records, datetime.now(UTC).isoformat(timespec="seconds"), left_out)
        return Crawled(tally, True, failed, left_out)

    def _left_out(self) -> list[tuple[str, str]]:
        frontier, start = self._ledger.frontier, self._journal.start
        waiting = self._under_way
        while entry := frontier.next():
            waiting += not entry.sitemap
        left = [
            (shape, f"looks endless: {count} more addresses like this are not read")
            for shape, count in frontier.traps.refused()
        ]
        if waiting:
            limit = self._stopped or "max_pages"
            value = getattr(self._settings, limit)
            more = f"{waiting:,} more address{'es are' if waiting > 1 else ' is'} not read"
            left.append((start, f"{more}: `crawl.{limit}` = {value:,} is reached"))
        if frontier.too_deep:
            depth = self._settings.max_depth
            deep = f"{frontier.too_deep:,} address{'es lie' if frontier.too_deep > 1 else ' lies'} deeper"
            left.append((start, f"{deep} than `crawl.max_depth` = {depth}"))
        return left
