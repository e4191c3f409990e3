"""How fast one host is asked: a few requests at once, a pause between them, and patience when it is busy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from msgcheck.sources.client import Fetched

#: Statuses that say 'not now': too many requests, and servers or gateways that are overloaded.
BUSY = frozenset({429, 502, 503, 504})
_ATTEMPTS = 4
#: A server that wants to be left alone for longer is not waited for.
LONGEST_WAIT = 120.0


class Gate:
    """Lets requests to one host through."""

    def __init__(self, concurrency: int, delay: float) -> None:
        self._limit = concurrency
        self._delay = delay
        self._active = 0
        self._next = 0.0
        self._turn = threading.Condition()

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a turn, and hold it."""
        with self._turn:
            while self._active >= self._limit or (wait := self._next - time.monotonic()) > 0:
                self._turn.wait(None if self._active >= self._limit else wait)
            self._active += 1
            self._next = time.monotonic() + self._delay
        try:
            yield
        finally:
            with self._turn:
                self._active -= 1
                self._turn.notify()

    def back_off(self, seconds: float) -> None:
        """The host is busy: ask nothing for a while, and less at once from then on."""
        with self._turn:
            self._limit = max(1, self._limit // 2)
            self._next = max(self._next, time.monotonic() + seconds)

    def slow_down(self, delay: float) -> None:
        """The host asks for a pause between requests, which means one at a time."""
        with self._turn:
            if delay > self._delay:
                self._delay, self._limit = delay, 1


class Pace:
    """The gates of all hosts."""

    def __init__(self, concurrency: int, delay: float) -> None:
        self._settings = (concurrency, delay)
        self._gates: dict[str, Gate] = {}
        self._lock = threading.Lock()

    def gate(self, url: str) -> Gate:
        with self._lock:
            return self._gates.setdefault(urlsplit(url).netloc, Gate(*self._settings))

    def patiently(self, get: Callable[[str], Fetched], url: str, *, longest: float = LONGEST_WAIT) -> Fetched:
        """The answer of `get` in this host's turn; a busy host is asked again, when it says or ever later."""
        gate = self.gate(url)
        for attempt in range(_ATTEMPTS):
            with gate.slot():
                answer = get(url)
            if answer.status not in BUSY:
                break
            wait = retry_after(answer)
            wait = float(2**attempt) if wait is None else wait
            if wait > longest or attempt == _ATTEMPTS - 1:
                break
            gate.back_off(wait)
        return answer


def retry_after(answer: Fetched) -> float | None:
    """Seconds that a server asks to wait (RFC 9110, 10.2.3): a number or a date; None where it says nothing."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
