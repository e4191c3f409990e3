"""What `check`, `calls` and `demo` share: read the inputs and run the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from msgcheck.cli.output import Output
from msgcheck.cli.web import crawl_progress
from msgcheck.config import Config, find_config, load_config
from msgcheck.inputs import Inputs, Settings
from msgcheck.model import Positioning, Report
from msgcheck.report.view import View
from msgcheck.scale.readers import Readers
from msgcheck.sources import WebOptions


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the inputs lie, as the command line and the configuration name them."""

    targets: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    positioning: str = ""
    stdin_name: str = ""
    web: WebOptions = field(default=WebOptions())


@dataclass(frozen=True, slots=True)
class Selection:
    """How the run reads: which rules speak (prefixes from the command line), and who reads new pages."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cache: bool = field(default=True)
    readers: Readers = field(default=Readers())

    def rules(self, config: Config) -> frozenset[str]:
        """The ids of the rules that shall run. Raises UsageError for a prefix that fits none."""
        from msgcheck.rules.registry import selected

        chosen = selected((*config.select, *self.select), (*config.ignore, *self.ignore))
        return frozenset(rule.id for rule in chosen)


def configuration(path: str) -> Config:
    """The named configuration file, else the nearest one upward, else the defaults."""
    return load_config(Path(path) if path else find_config(Path.cwd()))


def run(sources: Sources, config: Config, selection: Selection, output: Output) -> Report:
    """Collect, check, and give back the report."""
    inputs = read_inputs(sources, config, output)
    with checker(config, selection, output) as check:
        return check(inputs)


def read_inputs(sources: Sources, config: Config, output: Output) -> Inputs:
    """Everything that the sources name, once it is clear that the report can be written."""
    from msgcheck.sources import StdinInput, collect, collect_calls

    output.check()
    stdin = StdinInput(sources.stdin_name or "stdin.md", sys.stdin.buffer) if "-" in sources.targets else None
    with crawl_progress(quiet=output.quiet) as watch_crawl:
        pages = collect(sources.targets, config, stdin, replace(sources.web, watch=watch_crawl))
    calls = collect_calls(sources.calls)
    return Inputs(
        pages=pages.documents,
        calls=calls.documents,
        positioning=read_agreed(sources.positioning) if sources.positioning else None,
        skipped=(*pages.skipped, *calls.skipped),
        faults=(*pages.faults, *calls.faults),
    )


@contextmanager
def checker(config: Config, selection: Selection, output: Output) -> Iterator[Callable[[Inputs], Report]]:
    """What turns inputs into a report, any number of times with the same models."""
    from msgcheck.cache import Cache, cache_folder
    from msgcheck.recall import Checker

    with bars(quiet=output.quiet) as watch:
        cache = Cache(cache_folder() if selection.cache else None)
        yield Checker(Settings(config, selection.select, selection.ignore), cache, watch, selection.readers).check


def read_agreed(path: str) -> Positioning:
    """The positioning file. Raises ConfigError or InputError naming the file."""
    from msgcheck.extract.positioning import read_positioning
    from msgcheck.sources import positioning_file

    return read_positioning(positioning_file(path))


def exit_code(report: Report, view: View) -> int:
    """0 clean, 1 findings that fail the run, 3 incomplete (3 wins)."""
    if report.faults:
        return 3
    return int(any(view.fails(finding) for finding in report.findings))


@contextmanager
def bars(*, quiet: bool) -> Iterator[Watch]:
    """Bars on stderr, while it is a terminal, that go when they are done."""
    console = Console(stderr=True)
    visible = console.is_terminal and not quiet
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not visible) as progress:
        yield Watch(progress)


class Watch:
    """Draws one bar a stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, object] = {}

    @property
    def visible(self) -> bool:
        return not self._progress.disable

    def tell(self, line: str) -> None:
        """Say something on stderr, above the bars where there are any."""
        self._progress.console.print(Text(line), soft_wrap=True)

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]
