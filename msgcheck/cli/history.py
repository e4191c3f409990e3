"""`msgcheck history`: the runs that were kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from msgcheck.cli import backfill
from msgcheck.cli.days import day_of
from msgcheck.cli.output import write
from msgcheck.cli.run import configuration
from msgcheck.errors import UsageError
from msgcheck.report.json_text import json_text
from msgcheck.report.plain import plain

if TYPE_CHECKING:
    from msgcheck.history import History
    from msgcheck.model.history import RunRow

_config = click.option(
    "--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward."
)
_format = click.option("--format", "format", type=click.Choice(["text", "json"]), default="text")


@click.group("history")
def command() -> None:
    """List, show, export, prune, upgrade or backfill the runs kept in the history.

    `check` keeps a run where there is a configuration file, and with --record. SQLite in .msgcheck/history.db, or the
    database of `[history] url` or MSGCHECK_DATABASE_URL.
    """


command.add_command(backfill.command)


@command.command("list")
@_config
@_format
def list_runs(config: str, format: str) -> None:
    """The runs, the oldest first."""
    runs = open_history(config).runs()
    if format == "json":
        click.echo(json_text([asdict(run) for run in runs]), nl=False)
    elif runs:
        Console().print(_table(runs))
    else:
        click.echo("No run is kept yet.")


@command.command("show")
@click.argument("run", type=int)
@_config
@_format
def show(run: int, config: str, format: str) -> None:
    """One run: its pages, messages, findings and beliefs; all that was kept of them with --format json."""
    from msgcheck.report import run_text

    snapshot = open_history(config).snapshot(run)
    click.echo(json_text(asdict(snapshot)) if format == "json" else run_text.render(snapshot), nl=False)


@command.command("export")
@_config
@click.option("-o", "--output", default="", metavar="FILE", help="Write there; default: stdout.")
def export(config: str, output: str) -> None:
    """All runs with all that was kept of them, a JSON object a line."""
    history = open_history(config)
    lines = (json_text(asdict(history.snapshot(run.id)), indent=None) for run in history.runs())
    if output:
        write(Path(output), "".join(lines))
    else:
        for line in lines:
            click.echo(line, nl=False)


@command.command("prune")
@_config
@click.option("--keep-days", type=click.IntRange(0), metavar="N", help="Forget runs that are older than N days.")
@click.option("--before", metavar="DATE", default="", help="Forget runs before a day: 2026-03-31.")
def prune(config: str, keep_days: int | None, before: str) -> None:
    """Forget old runs, and what only they held."""
    if (keep_days is None) == (not before):
        raise UsageError("Which runs are to go?", "Give --keep-days N or --before DATE.")
    limit = day_of(before) if keep_days is None else datetime.now(UTC) - timedelta(days=keep_days)
    gone = open_history(config).prune(limit.isoformat(timespec="seconds"))
    click.echo(f"{gone} runs forgotten." if gone != 1 else "1 run forgotten.")


@command.command("upgrade")
@_config
def upgrade(config: str) -> None:
    """Bring the tables of the history up to date; SQLite files do so by themselves."""
    history = open_history(config, needed=False)
    done = history.upgrade()
    click.echo(f"{history.place}: {'now up to date' if done else 'was up to date'}.")


def open_history(config: str, *, needed: bool = True) -> History:
    """The history that a configuration names. Raises UsageError where one is needed and there is none."""
    from msgcheck.history import History, database_url

    settings = configuration(config)
    history = History(database_url(settings.history.url, settings.folder))
    if needed and not history.exists():
        raise UsageError(f"{history.place}: there is no history yet.", "`msgcheck check --record` keeps a first run.")
    return history


def _table(runs: tuple[RunRow, ...]) -> Table:
    table = Table(box=None, pad_edge=False, collapse_padding=True)
    for name in ("run", "started", "commit", "pages", "calls", "confusion", "errors", "warnings", "notes", ""):
        table.add_column(name, no_wrap=True)
    for run in runs:
        counts = (run.pages, run.calls, f"{run.confusion:.2f}", run.errors, run.warnings, run.notes)
        state = "" if run.complete else "incomplete"
        table.add_row(*map(_plain, (run.id, run.started[:16].replace("T", " "), run.origin.commit[:8], *counts, state)))
    return table


def _plain(value: object) -> Text:
    """Page names come from outside: no markup and no control codes."""
    return Text(plain(str(value)))
