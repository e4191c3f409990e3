"""Pages read in several processes of this machine; one that dies takes no other page with it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import TYPE_CHECKING

from msgcheck.reading import Batch, Made, Maker
from msgcheck.scale.retry import in_halves

if TYPE_CHECKING:
    from msgcheck.reading import PageMaker
    from msgcheck.scale.order import Order

#: Up to so many new pages are read here: starting processes, each with its models, would take longer.
_FEW = 96
#: Batches that each process has in hand or waiting.
_AHEAD = 2
#: What keeps the libraries of linear algebra from starting a thread a processor in each process.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Processes:
    """A maker that hands batches to processes, which read as `here` would, to the last bit."""

    def __init__(self, jobs: int, order: Order, here: Maker) -> None:
        self._jobs = jobs
        self._order = order
        self._here = here
        self._pool: ProcessPoolExecutor | None = None
        #: The processes live as long as this end of a pipe is open: it is closed to stop them, and when this one dies.
        self._lifeline: Connection | None = None

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        first, new = [], 0
        for batch in batches:
            first.append(batch)
            new += len(batch)
            if new > _FEW:
                break
        if new <= _FEW:
            yield from self._here(iter(first))
            return
        try:
            with _one_thread_each():
                yield from self._shared_out(chain(first, batches))
        finally:
            self._stop()

    def _shared_out(self, batches: Iterator[Batch]) -> Iterator[Made]:
        waiting: deque[tuple[Batch, Future[Made]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(batch)))
            if len(waiting) >= _AHEAD * self._jobs:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _submit(self, batch: Batch) -> Future[Made]:
        if self._pool is None:
            context = get_context("spawn")
            theirs, self._lifeline = context.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(self._jobs, context, _start, (self._order, theirs))
        try:
            return self._pool.submit(_make, dict(batch))
        except BrokenProcessPool as lost:
            failed: Future[Made] = Future()
            failed.set_exception(lost)
            return failed

    def _result(self, batch: Batch, future: Future[Made]) -> Made:
        try:
            return future.result()
        except BrokenProcessPool:
            self._stop()
            return self._again(batch)

    def _again(self, batch: Batch) -> Made:
        """A batch whose process was lost, perhaps by another's fault; the page that does it again is left out."""
        try:
            return self._submit(batch).result()
        except BrokenProcessPool:
            self._stop()
        return in_halves(batch, self._again)

    def _stop(self) -> None:
        """End the processes at once, whatever they are at."""
        if self._pool is not None and self._lifeline is not None:
            self._lifeline.close()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that start meanwhile use one thread; the libraries read this when they are loaded."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


_maker: PageMaker


def _start(order: Order, lifeline: Connection) -> None:
    """Runs first in each process. Ctrl-C is the parent's to handle; when the lifeline breaks, the process ends."""
    global _maker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    _maker = order.maker()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)
    os._exit(1)


def _make(batch: Batch) -> Made:
    return _maker.make(batch)
