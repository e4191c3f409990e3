"""A process that checks: it holds the models, reads tasks from its pipe, and answers with progress and a report."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from types import TracebackType

from msgcheck.cache import Cache, cache_folder
from msgcheck.config import Config
from msgcheck.errors import HistoryError, InputError, MsgcheckError
from msgcheck.inputs import Inputs, Settings
from msgcheck.model import Fault, RawDocument, Report
from msgcheck.projects import Home, Project, Projects
from msgcheck.recall import Checker
from msgcheck.sources import collect
from msgcheck.sources.web import fetch_for_others
from msgcheck.web.task import Task

_SAMPLE = RawDocument("page.md", "page.md", "page.md", b"# Order bread online\n\nWe bake it at four.\n")
#: Progress within a stage is told at most this often, in seconds.
_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """How far a stage of the work is."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no report, in words for whoever asked."""

    message: str
    hint: str


#: What comes before the answer: how far it is, and the page that was fetched.
News = Step | RawDocument
Answer = News | Failure | Report


class _EnoughError(BaseException):
    """Nobody wants the answer any more; not an Exception, so that no page or rule takes it for a fault of its own."""


def work(connection: Connection, home: Home, enough: Event) -> None:
    """What the process does until its pipe is closed; it leaves off a task when `enough` is set.

    Control-C is left to the server.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.excepthook = _discreet
    desk = Desk(home)
    desk.warm_up()

    def tell(news: News) -> None:
        if enough.is_set():
            raise _EnoughError
        connection.send(news)

    desk.tell = tell
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        connection.send(desk.answer(task))


def _discreet(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """Say what broke and where, but not its message: it may hold words of the page."""
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" at {at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else ""
    sys.stderr.write(f"msgcheck: a check broke: {kind.__name__}{where}\n")


def _kept(report: Report, config: Config) -> Report:
    """The report, now in the history too; where that fails, it says so."""
    from msgcheck.history import keep

    try:
        keep(report, config, config.folder)
    except HistoryError:
        why = "This run is not kept; `msgcheck history list`, where the app is served, says why."
        failed = Fault("", "history", why)
        return replace(report, faults=(*report.faults, failed))
    return report


def _unheard(news: News) -> None:
    """Nobody waits yet."""


@dataclass(slots=True)
class Desk:
    """Answers tasks with models that stay loaded, against the project as it is at that moment."""

    home: Home
    tell: Callable[[News], None] = _unheard
    _projects: Projects = field(default_factory=Projects)
    _checkers: dict[str, Checker] = field(default_factory=dict)
    _told: tuple[str, float] = ("", 0.0)

    def warm_up(self) -> None:
        """Load the models, and read the project's calls. What is wrong with it is told with the first task."""
        try:
            self._checker(self._projects.at(self.home.config()).config).load()
        except MsgcheckError:
            return
        self.answer(Task(pages=(_SAMPLE,)))

    def answer(self, task: Task) -> Report | Failure:
        try:
            return self._check(task)
        except MsgcheckError as error:
            return Failure(error.message, error.hint)
        except _EnoughError:
            return Failure("The check was stopped.", "")

    def _check(self, task: Task) -> Report:
        project = self._projects.at(self.home.config())
        report = self._checker(project.config).check(self._inputs(task, project))
        if task.is_whole_site and project.config.source:
            report = _kept(report, project.config)
        return replace(report, run=replace(report.run, config=Path(report.run.config).name))

    def _inputs(self, task: Task, project: Project) -> Inputs:
        # Where the project lies on the server is nobody's business: files go by the names that it has for them.
        pages, config = list(task.pages), project.config
        if task.url:
            self._tell("Fetching the page", 0, 1)
            pages.append(fetch_for_others(task.url, config.web))
            self.tell(pages[-1])
        calls = task.calls or (project.calls if task.with_calls else ())
        agreed = project.agreed and replace(project.agreed, source=config.positioning)
        if not task.site:
            return Inputs(pages, calls, agreed)
        self._tell("Fetching the pages", 0, 1)
        if not config.pages.include:
            raise InputError("The configuration names no pages.", "Set `[pages] include` in msgcheck.toml.")
        found = collect(config.from_here(config.pages.include), config)
        return Inputs([*pages, *found.documents], calls, agreed, found.skipped, found.faults)

    def _checker(self, config: Config) -> Checker:
        """One for each state of the configuration; a new state drops the last one's models."""
        state = config.model_dump_json()
        if state not in self._checkers:
            self._checkers = {state: Checker(Settings(config), Cache(cache_folder()), self._tell)}
        return self._checkers[state]

    def _tell(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._told[0] or now - self._told[1] >= _EVERY:
            self._told = (stage, now)
            self.tell(Step(stage, done, total))
