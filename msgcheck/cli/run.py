"""What `check`, `calls` and `demo` share: read the inputs, run the engine, write the report."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from msgcheck.cli.web import crawl_progress
from msgcheck.config import Config, find_config, load_config
from msgcheck.errors import InputError, UsageError
from msgcheck.model import Finding, Positioning, RawDocument, Report
from msgcheck.sources import WebOptions

FORMATS = ("text", "json", "html")
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text"}
#: So many findings the terminal shows; the rest is in the JSON and HTML reports.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Output:
    """How a report is shown and written."""

    format: str = "text"
    files: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    color: bool | None = None
    quiet: bool = False
    verbose: bool = False


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
    """Which rules speak: prefixes from the command line."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cache: bool = field(default=True)


def configuration(path: str) -> Config:
    """The named configuration file, else the nearest one upward, else the defaults."""
    return load_config(Path(path) if path else find_config(Path.cwd()))


def run(sources: Sources, config: Config, selection: Selection, output: Output) -> Report:
    """Collect, check, and give back the report."""
    from msgcheck.cache import Cache, cache_folder
    from msgcheck.inputs import Inputs, Settings
    from msgcheck.recall import check
    from msgcheck.sources import StdinInput, collect, collect_calls

    for name in output.files:
        format_of(name)
    stdin = StdinInput(sources.stdin_name or "stdin.md", sys.stdin.buffer) if "-" in sources.targets else None
    with crawl_progress(quiet=output.quiet) as watch_crawl:
        pages = collect(sources.targets, config, stdin, replace(sources.web, watch=watch_crawl))
    calls = collect_calls(sources.calls)
    inputs = Inputs(
        pages=pages.documents,
        calls=calls.documents,
        positioning=read_agreed(sources.positioning) if sources.positioning else None,
        skipped=(*pages.skipped, *calls.skipped),
        faults=(*pages.faults, *calls.faults),
    )
    with _progress(output) as watch:
        cache = Cache(cache_folder() if selection.cache else None)
        return check(inputs, Settings(config, selection.select, selection.ignore), cache, watch)


def read_agreed(path: str) -> Positioning:
    """The positioning file. Raises ConfigError or InputError naming the file."""
    from msgcheck.extract.positioning import read_positioning

    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}).", "`msgcheck init` writes a positioning.yaml to start from."
        ) from error
    return read_positioning(RawDocument(path, path, Path(path).name, content))


def format_of(name: str) -> str:
    """The format that a file's suffix stands for. Raises UsageError for others."""
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(f"{name}: no report format goes with {suffix or 'no suffix'!r}.", "Use .json, .html or .txt.")
    return _SUFFIXES[suffix]


def show(report: Report, output: Output) -> None:
    """The payload on stdout, files where asked for."""
    for name in output.files:
        write(Path(name), render(report, format_of(name), output))
    if output.format == "text":
        if not output.quiet:
            from msgcheck.report.terminal import render as render_text

            render_text(report, _console(output), limit=None if output.verbose else _SHOWN, verbose=output.verbose)
    else:
        click.echo(render(report, output.format, output), nl=False)


def render(report: Report, format: str, output: Output) -> str:
    """The report as one string."""
    match format:
        case "json":
            from msgcheck.report.json_v1 import render as render_json

            return render_json(
                report, sentences="sentences" in output.include, suppressed="suppressed" in output.include
            )
        case "html":
            from msgcheck.report.html import render as render_html

            return render_html(report)
        case _:
            from msgcheck.report.terminal import render as render_text

            console = Console(record=True, width=100, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
            render_text(report, console, limit=None, verbose=output.verbose)
            return console.export_text()


def write(path: Path, text: str) -> None:
    """All of it or nothing: a report is never half written. Raises UsageError when the place cannot be written."""
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="replace",
            newline="\n",
            dir=path.parent,
            prefix=f".{path.name}.",
            delete=False,
        ) as file:
            temporary = file.name
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}).", "Name a folder that exists and is yours."
        ) from error


def exit_code(report: Report, fail_on: str) -> int:
    """0 clean, 1 findings at or above `fail_on`, 3 incomplete (3 wins)."""
    if report.faults:
        return 3
    counted = {"error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note"), "never": ()}
    return int(any(_counts(finding) and finding.severity in counted[fail_on] for finding in report.findings))


def _counts(finding: Finding) -> bool:
    return not finding.suppressed and not finding.baselined


def _console(output: Output) -> Console:
    if output.color is None:
        return Console()
    return Console(force_terminal=output.color or None, no_color=not output.color)


@contextmanager
def _progress(output: Output) -> Iterator[Watch]:
    console = Console(stderr=True)
    visible = console.is_terminal and not output.quiet
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not visible) as progress:
        yield Watch(progress)


class Watch:
    """Draws one bar a stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, object] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]


def resolved(config: Config, names: Sequence[str]) -> tuple[str, ...]:
    """Paths of the configuration, relative to the folder of its file; URLs stay as they are."""
    return tuple(
        name if name.startswith(("http://", "https://")) else os.path.relpath(config.folder / name) for name in names
    )
