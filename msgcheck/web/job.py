"""One check as a job: where it stands, and how to watch it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from msgcheck.model import RawDocument
from msgcheck.web.results import Result
from msgcheck.web.task import Task
from msgcheck.web.worker import Failure

State = Literal["queued", "running", "done", "failed", "cancelled"]
#: In bytes; a larger source is no page that anybody edits by hand.
_LARGEST_SOURCE = 2_000_000
_ENDED = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Progress:
    """A job at one moment. `ahead` is how many are in front of it in the queue."""

    state: State
    stage: str = ""
    done: int = 0
    total: int = 0
    ahead: int = 0

    @property
    def ended(self) -> bool:
        return self.state in _ENDED


class Job:
    """One check, from the queue to its result. `who` asked for it; `key` stands for all that the result depends on.

    `source` is the page, where only one was given or fetched.
    """

    def __init__(self, task: Task, who: str, key: bytes) -> None:
        self.id = secrets.token_urlsafe(16)
        self.who = who
        self.key = key
        self.task: Task | None = task
        self.repeats = task.repeats
        self.source: RawDocument | None = None
        if len(task.pages) == 1 and not task.site:
            self.keep(task.pages[0])
        self.progress = Progress("queued")
        self.result: Result | None = None
        self.failure: Failure | None = None
        self.ended_at = 0.0
        self._changed = asyncio.Event()

    @property
    def ended(self) -> bool:
        return self.progress.ended

    def move(self, progress: Progress) -> None:
        """Go on to `progress`, and wake those who watch. What has ended stays so."""
        if self.ended:
            return
        self.progress = progress
        if progress.ended:
            self.ended_at = time.monotonic()
            self.task = None
        self._changed.set()
        self._changed = asyncio.Event()

    def keep(self, source: RawDocument) -> None:
        """Remember the page that is checked, so that its words can be changed; not one of an unusual size."""
        self.source = source if len(source.content) <= _LARGEST_SOURCE else None

    def finish(self, result: Result) -> None:
        self.result = result
        self.move(Progress("done"))

    def fail(self, failure: Failure) -> None:
        self.failure = failure
        self.move(Progress("failed"))

    async def changes(self) -> AsyncIterator[Progress]:
        """The job as it is, and again whenever it changed, up to its end; who is slow misses steps between."""
        while True:
            changed, progress = self._changed, self.progress
            yield progress
            if progress.ended:
                return
            await changed.wait()

    async def wait(self) -> None:
        """Until it has ended."""
        async for _ in self.changes():
            pass
