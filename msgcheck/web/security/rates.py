"""How often one client may ask: a bucket that refills with time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

#: So many clients are remembered; who is forgotten starts with a full bucket.
_CLIENTS = 10_000


class Rate:
    """So many a minute for each client, and as many at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one; gives 0, or the seconds to wait where there is none to take."""
        now = self._clock()
        left, then = self._buckets.pop(client, (self._most, now))
        left = min(self._most, left + (now - then) * self._most / 60)
        taken = left >= 1
        self._buckets[client] = (left - 1 if taken else left, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - left) * 60 / self._most


class Attempts:
    """Failed logins: the more there were lately, the longer the next one has to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, *who: str) -> float:
        """Seconds until the next attempt by one of these (an address, a name) is looked at."""
        return max((self._wait(one) for one in who), default=0.0)

    def _wait(self, one: str) -> float:
        count, then = self._failed.get(one, (0, 0.0))
        pause = min(2.0 ** (count - _FREE), _LONGEST) if count >= _FREE else 0.0
        return max(0.0, then + pause - self._clock())

    def failed(self, *who: str) -> None:
        for one in who:
            count, then = self._failed.pop(one, (0, 0.0))
            forgotten = self._clock() - then > _MEMORY
            self._failed[one] = (1 if forgotten else count + 1, self._clock())
        while len(self._failed) > _CLIENTS:
            self._failed.popitem(last=False)

    def passed(self, *who: str) -> None:
        for one in who:
            self._failed.pop(one, None)


#: Slips of the finger are free; then 1, 2, 4 … seconds, up to five minutes; forgotten after an hour without one.
_FREE = 3
_LONGEST = 300.0
_MEMORY = 3600.0
