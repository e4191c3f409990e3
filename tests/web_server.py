"""The browser app on loopback for tests: a real uvicorn, with a worker that answers what the test says."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import requests
from reports import sample

from msgcheck.model import Report
from msgcheck.projects import Home
from msgcheck.web.app import create_app
from msgcheck.web.jobs import Runs
from msgcheck.web.server import Server
from msgcheck.web.services import Services
from msgcheck.web.settings import Limits, ServeSettings
from msgcheck.web.task import Task
from msgcheck.web.worker import Failure, Step
from msgcheck.web.workers import WorkerStoppedError

#: Small, so that tests reach them.
LIMITS = Limits(workers=1, queue=2, body_bytes=200_000, grace_seconds=0.5)


REPORT = replace(sample(), faults=())
#: Of one page, as copy that is pasted gives.
ONE_PAGE = replace(REPORT, pages=REPORT.pages[:1])


def cheap_hash(password: str) -> str:
    """A hash that takes no time, for tests that are not about what hashes cost."""
    salt = b"salt of tests"
    hashed = hashlib.scrypt(password.encode(), salt=salt, n=16, r=8, p=1, dklen=32)
    return f"scrypt$4$8$1${base64.b64encode(salt).decode()}${base64.b64encode(hashed).decode()}"


class StandIn:
    """Stands for a worker process: answers with a report at once, or only when it is let go."""

    def __init__(self, answer: Callable[[Task], Report | Failure] = lambda task: REPORT, *, held: bool = False) -> None:
        self.answer = answer
        self.tasks: list[Task] = []
        self.stopped: list[Task] = []
        self.go = threading.Event()
        self._stop = threading.Event()
        if not held:
            self.go.set()

    def start(self) -> None:
        pass

    def run(self, task: Task, notify: Callable[[Step], None]) -> Report | Failure:
        self.tasks.append(task)
        self._stop.clear()
        notify(Step("Reading pages", 0, 1))
        while not self.go.wait(0.01):
            if self._stop.is_set():
                raise WorkerStoppedError
        return self.answer(task)

    def stop(self, task: Task) -> None:
        self.stopped.append(task)
        self._stop.set()

    def close(self) -> None:
        self._stop.set()


class Serving:
    """A server on a free port of loopback; `url` is where it listens."""

    def __init__(self, folder: Path, *workers: Runs, **settings: object) -> None:
        chosen = {"home": Home(folder), "limits": LIMITS, **settings}
        self.settings = ServeSettings(**chosen)  # type: ignore[arg-type]
        app = create_app(self.settings, workers or (StandIn(),))
        self.services: Services = app.state.services
        self.server = Server(app, self.settings, "127.0.0.1", 0)
        self._thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self.server.started:
            time.sleep(0.01)
        self.port: int = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.server.handle_exit(15, None)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the server did not stop"

    def browser(self) -> Browser:
        return Browser(self.url)


class Browser(requests.Session):
    """A session that sends what a browser sends with forms of this site: its cookie, its origin, the form's token."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self.base = url

    def token(self, path: str = "/check") -> str:
        found: str = self.get(self.base + path).text.partition('name="csrf" content="')[2].partition('"')[0]
        return found

    def submit(self, path: str, data: dict[str, str], **rest: object) -> requests.Response:
        data = {"csrf": self.token(), **data}
        return self.post(self.base + path, data=data, headers={"Origin": self.base}, **rest)  # type: ignore[arg-type]
