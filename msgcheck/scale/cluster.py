"""Pages read by Ray, on this machine or on many; a worker that dies takes no page with it.

Ray's tasks carry the batches: it places them where there is room, and a worker keeps its models from one task to the
next. Ray Data would bring pandas and Arrow for what are no tables, and end the job for a page that kills its worker.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import msgcheck
from msgcheck.digest import folder_digest
from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.reading import Batch, Made, PageMaker
from msgcheck.scale.order import Order
from msgcheck.scale.processors import usable_processors
from msgcheck.scale.retry import in_halves

#: Batches that each worker has in hand or waiting.
_AHEAD = 3
#: So many workers share a GPU: all of reading but the encoder is work for processors.
_PER_GPU = 8
#: So many seconds a cluster has to answer.
_PATIENCE = 10
#: Ray that is started here listens to this machine alone, and there to those with its token.
_AT_HOME = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}


class Cluster:
    """A maker that hands batches to the workers of a cluster, which read as this process would."""

    def __init__(self, order: Order, address: str = "", jobs: int = 0) -> None:
        """Without an address, that in `RAY_ADDRESS` counts; without one Ray runs here until all is read.

        `jobs` bounds the workers; 0 uses all that there are. Nothing starts before there is something to read.
        """
        self._address = (address or os.environ.get("RAY_ADDRESS", "")).removeprefix("local")
        # Other machines keep what they read to themselves: there may be no such folder there.
        self._order = replace(order, cache=None) if self._address else order
        self._jobs = jobs

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        waiting: deque[tuple[Batch, Any]] = deque()
        with ExitStack() as stack:
            workers: _Workers | None = None
            for batch in batches:
                if batch and workers is None:
                    workers = stack.enter_context(self._joined())
                waiting.append((batch, workers.submit(batch) if workers and batch else None))
                while len(waiting) > (_AHEAD * workers.number if workers else 0):
                    yield _result(workers, *waiting.popleft())
            while waiting:
                yield _result(workers, *waiting.popleft())

    @contextmanager
    def _joined(self) -> Iterator[_Workers]:
        ray = _load_ray(at_home=not self._address)
        if ray.is_initialized():
            yield _Workers(ray, self._order, self._jobs)
            return
        self._connect(ray)
        try:
            yield _Workers(ray, self._order, self._jobs)
        finally:
            ray.shutdown()

    def _connect(self, ray: Any) -> None:
        here = {} if self._address else {"num_cpus": self._jobs or usable_processors(), "include_dashboard": False}
        try:
            _knock(self._address)
            ray.init(self._address or "local", log_to_driver=False, logging_level="ERROR", **here)
        except (ray.exceptions.RayError, ImportError, OSError, RuntimeError, ValueError) as error:
            raise UsageError(
                f"Ray cannot be used at {self._address or 'this machine'}: {_first_line(error)}.",
                "Run on one of its machines, and name `auto` or HOST:PORT; RAY_AUTH_MODE=token if it has tokens.",
            ) from error


@dataclass(frozen=True, slots=True)
class _Errand:
    """What is sent to the workers once: `key` tells one run's from another's, `program` is the digest of our code."""

    key: str
    program: str
    order: Order


class _Workers:
    """Those of a cluster that is connected."""

    def __init__(self, ray: Any, order: Order, jobs: int) -> None:
        self._ray = ray
        self._jobs = jobs
        self._errand = ray.put(_Errand(uuid4().hex, _program(), order))
        # Ray itself tries nothing again, or a page could kill one worker after another.
        needs: dict[str, float] = {"num_cpus": 1, "max_retries": 0, "max_calls": 0}
        self._make = ray.remote(**needs, **({"num_gpus": 1 / _PER_GPU} if self._has("GPU") else {}))(_make)

    @property
    def number(self) -> int:
        """How many can work at once now; clusters grow and shrink."""
        gpus = self._has("GPU")
        room = int(min(self._has("CPU"), gpus * _PER_GPU) if gpus else self._has("CPU"))
        return max(1, min(room, self._jobs or room))

    def _has(self, resource: str) -> float:
        amount: float = self._ray.cluster_resources().get(resource, 0.0)
        return amount

    def submit(self, batch: Batch) -> Any:
        return self._make.remote(self._errand, batch)

    def result(self, batch: Batch, task: Any) -> Made:
        made = self._done(task)
        return self._again(batch) if made is None else made

    def _again(self, batch: Batch) -> Made:
        made = self._done(self.submit(batch))
        return in_halves(batch, self._again) if made is None else made

    def _done(self, task: Any) -> Made | None:
        """What came of a task; None where its worker was lost."""
        errors = self._ray.exceptions
        try:
            made: Made = self._ray.get(task)
        except errors.RayTaskError as error:
            raise _reason(error.cause) from error
        except errors.RayError:
            return None
        return made


def _result(workers: _Workers | None, batch: Batch, task: Any) -> Made:
    return workers.result(batch, task) if workers and task is not None else Made({})


def _knock(address: str) -> None:
    """Raises OSError or ValueError where nobody listens: Ray itself would try for many minutes, loudly."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    if parts.hostname and parts.port:
        socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE).close()


def _load_ray(*, at_home: bool) -> Any:
    """Ray reads its settings when it is imported. Raises UsageError where it is not installed."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if at_home:
        os.environ.update(_AT_HOME)
    try:
        import ray
    except ImportError as error:
        raise UsageError("Ray is not installed.", "`pip install 'msgcheck[ray]'` brings it.") from error
    return ray


def _reason(cause: BaseException) -> MsgcheckError:
    """Why the workers cannot read."""
    if isinstance(cause, MsgcheckError):
        return cause
    hint = "They need the msgcheck that is here, with all that it needs."
    return UsageError(f"The cluster's workers cannot read pages: {_first_line(cause)}.", hint)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")


def _program() -> str:
    return folder_digest(Path(msgcheck.__file__).parent)


#: The maker of the run that this worker works for, by the run's key.
_at_hand: dict[str, PageMaker] = {}


def _make(errand: _Errand, batch: Batch) -> Made:
    """Runs in a worker."""
    if errand.key not in _at_hand:
        if errand.program != _program():
            raise UsageError("The cluster's workers have another msgcheck.", "Install there what is installed here.")
        _at_hand.clear()
        _at_hand[errand.key] = errand.order.maker()
    return _at_hand[errand.key].make(batch)
