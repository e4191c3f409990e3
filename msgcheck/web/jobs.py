"""Checks as jobs: a bounded queue before the workers, results that are kept for a while, nothing that blocks."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from msgcheck.model import RawDocument, Report
from msgcheck.web.job import Job, Progress
from msgcheck.web.metrics import Metrics
from msgcheck.web.results import Result
from msgcheck.web.settings import Limits
from msgcheck.web.task import Task
from msgcheck.web.worker import Failure, News
from msgcheck.web.workers import WorkerStoppedError

#: What a client should wait before it asks a busy server again, in seconds.
RETRY_AFTER = 5

_BROKE = Failure("The check stopped unexpectedly.", "Nothing is lost on your side. Try again, perhaps with less text.")
_CLOSING = Failure("The server is shutting down.", "Try again in a moment.")


class BusyError(Exception):
    """The queue is full, or the server is shutting down."""


class Runs(Protocol):
    """What runs tasks one at a time; `msgcheck.web.workers.Worker` is one."""

    def start(self) -> None: ...
    def run(self, task: Task, notify: Callable[[News], None]) -> Report | Failure: ...
    def stop(self, task: Task) -> None: ...
    def close(self) -> None: ...


class Jobs:
    """All jobs of the server, and the workers that do them. Lives in one event loop."""

    def __init__(self, limits: Limits, workers: Iterable[Runs], metrics: Metrics) -> None:
        self._limits = limits
        self._workers = tuple(workers)
        self._metrics = metrics
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._known: dict[bytes, Job] = {}
        self._waiting: deque[Job] = deque()
        self._arrived = asyncio.Event()
        self._running: dict[Job, Runs] = {}
        self._threads = ThreadPoolExecutor(max(1, len(self._workers)), thread_name_prefix="check")
        self._loops: list[asyncio.Task[None]] = []
        self._closing = False

    def start(self) -> None:
        """Start the workers, which load their models at once."""
        self._loops = [asyncio.create_task(self._serve(worker)) for worker in self._workers]

    def submit(self, task: Task, who: str, state: bytes) -> Job:
        """A new job; the same content in the same `state` of the project gives the finished one that is kept.

        Raises BusyError when so many wait already that it would take too long.
        """
        self._forget()
        key = state + task.digest()
        if task.repeats and (known := self._known.get(key)) is not None:
            self._metrics.checks.labels("cached").inc()
            return known
        if self._closing or len(self._waiting) >= self._limits.queue:
            self._metrics.checks.labels("busy").inc()
            raise BusyError
        job = Job(task, who, key)
        self._jobs[job.id] = job
        self._waiting.append(job)
        self._arrived.set()
        self._place()
        return job

    def get(self, id: str) -> Job | None:
        self._forget()
        return self._jobs.get(id)

    def cancel(self, job: Job) -> None:
        """Stop a job, its work included; one that has ended stays as it is."""
        worker, task = self._running.get(job), job.task
        if job in self._waiting:
            self._waiting.remove(job)
        job.move(Progress("cancelled"))
        if worker is not None and task is not None:
            asyncio.get_running_loop().run_in_executor(None, worker.stop, task)
        self._place()

    def refuse(self) -> None:
        """Take nothing on any more, and call off what waits."""
        self._closing = True
        for job in self._waiting:
            job.fail(_CLOSING)
        self._waiting.clear()

    async def close(self) -> None:
        """End everything; what runs gets a moment to finish."""
        self.refuse()
        running = [job.wait() for job in self._running]
        if running:
            await asyncio.wait([asyncio.ensure_future(item) for item in running], timeout=self._limits.grace_seconds)
        for job in [*self._running]:
            job.fail(_CLOSING)
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*(asyncio.to_thread(worker.close) for worker in self._workers))
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._threads.shutdown(wait=True)

    @property
    def closing(self) -> bool:
        return self._closing

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def running(self) -> int:
        return len(self._running)

    async def _serve(self, worker: Runs) -> None:
        while True:
            await asyncio.to_thread(worker.start)
            await self._do(await self._next(), worker)

    async def _next(self) -> Job:
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()

    async def _do(self, job: Job, worker: Runs) -> None:
        if job.task is None:
            return
        self._running[job] = worker
        job.move(Progress("running", "Starting"))
        self._place()
        began = time.monotonic()
        answer = await self._answer(job, job.task, worker)
        del self._running[job]
        if isinstance(answer, Failure):
            job.fail(answer)
        elif not job.ended:
            job.finish(Result(answer))
            if job.repeats and not answer.faults:
                self._known[job.key] = job
        self._metrics.checks.labels(job.progress.state).inc()
        self._metrics.check_seconds.observe(time.monotonic() - began)

    async def _answer(self, job: Job, task: Task, worker: Runs) -> Report | Failure:
        loop = asyncio.get_running_loop()

        def notify(news: News) -> None:
            if isinstance(news, RawDocument):
                loop.call_soon_threadsafe(job.keep, news)
            else:
                loop.call_soon_threadsafe(job.move, Progress("running", news.stage, news.done, news.total))

        running = loop.run_in_executor(self._threads, worker.run, task, notify)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._limits.job_seconds)
        except TimeoutError:
            await asyncio.to_thread(worker.stop, task)
            await asyncio.wait([running])
            seconds = f"{self._limits.job_seconds:.0f} s"
            return Failure(f"The check took longer than {seconds} and was stopped.", "Check less at once.")
        except WorkerStoppedError:
            return _BROKE

    def _place(self) -> None:
        """Tell those who wait how many are before them."""
        for ahead, job in enumerate(self._waiting):
            if job.progress.ahead != ahead:
                job.move(Progress("queued", ahead=ahead))

    def _forget(self) -> None:
        """Let go of results that are old, and of the oldest where there are too many."""
        ended = [job for job in self._jobs.values() if job.ended]
        too_many = len(ended) - self._limits.results
        limit = time.monotonic() - self._limits.result_seconds
        gone = {job.id for rank, job in enumerate(ended) if rank < too_many or job.ended_at < limit}
        for id in gone:
            del self._jobs[id]
        if gone:
            self._known = {key: job for key, job in self._known.items() if job.id not in gone}
