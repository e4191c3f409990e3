"""The server's hold on one worker process: hand it a task, listen to it, stop it at once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from msgcheck.model import Report
from msgcheck.projects import Home
from msgcheck.web.task import Task
from msgcheck.web.worker import Answer, Failure, News, work

#: A process that shares nothing with the server's threads.
_SPAWN = multiprocessing.get_context("spawn")


#: So many seconds a process has to leave off by itself.
_PATIENCE = 1.0


class WorkerStoppedError(Exception):
    """The process is gone: it was stopped, or broke."""


class Worker:
    """One process. `run` blocks its thread; `stop` and `close` may be called from any other."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._task: Task | None = None
        self._unwanted: Task | None = None
        self._enough = _SPAWN.Event()
        self._idle = threading.Event()
        self._lock = threading.Lock()
        self._closed = False

    def start(self) -> None:
        """Start the process, unless it runs; it loads its models while nothing is asked of it."""
        with self._lock:
            self._started()

    def _started(self) -> Connection:
        if self._closed:
            raise WorkerStoppedError
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._connection, theirs = _SPAWN.Pipe()
            self._process = _SPAWN.Process(target=work, args=(theirs, self.home, self._enough), daemon=True)
            self._process.start()
            theirs.close()
        return self._connection

    def run(self, task: Task, notify: Callable[[News], None]) -> Report | Failure:
        """The report, or why there is none. Raises WorkerStoppedError when the process ends before."""
        with self._lock:
            connection = self._begun(task)
        try:
            connection.send(task)
            while True:
                answer: Answer = connection.recv()
                if isinstance(answer, Failure | Report):
                    return answer
                notify(answer)
        except (EOFError, OSError) as error:
            raise WorkerStoppedError from error
        finally:
            with self._lock:
                self._task = None
                self._idle.set()

    def _begun(self, task: Task) -> Connection:
        connection = self._started()
        if self._unwanted is task:
            raise WorkerStoppedError
        self._task = task
        self._enough.clear()
        self._idle.clear()
        return connection

    def stop(self, task: Task) -> None:
        """Stop this task: the process may leave off by itself and keep its models; else it is ended, and another starts
        with the next task."""
        with self._lock:
            if self._task is not task:
                self._unwanted = task
                return
            self._enough.set()
        self._idle.wait(_PATIENCE)
        with self._lock:
            if self._task is task:
                self._kill()

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
            self._kill()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
