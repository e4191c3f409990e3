"""What makes `check` a gate: the options that compare a run with what was known, and that keep what is known."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from msgcheck.cli.output import write
from msgcheck.config import Config
from msgcheck.errors import UsageError
from msgcheck.gate.known import Known
from msgcheck.model import Comparison, Report

if TYPE_CHECKING:
    from msgcheck.gate.measures import Measures
    from msgcheck.gate.since import Since

Command = TypeVar("Command", bound=Callable[..., Any])


def gate_options(command: Command) -> Command:
    """The options that compare with a baseline or a commit, and that keep a baseline."""
    for option in (
        click.option(
            "--changed-since", default="", metavar="REF", help="Only findings that are new since git's REF count."
        ),
        click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is gone."),
        click.option("--write-baseline", default="", metavar="FILE", help="Accept what is found: keep it in FILE."),
        click.option("--baseline", default="", metavar="FILE", help="Only findings that FILE does not know count."),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Gate:
    """With what a run is compared: a file, and what becomes of it afterwards; a commit."""

    path: Path | None = None
    known: Known = field(default=Known())
    accept: bool = False
    prune: bool = False
    since: Since | None = None

    def compared_with_file(self, report: Report, rules: Collection[str], config: Config) -> Report:
        """The report with known findings marked; the file is written where that was asked for.

        `rules` are the ids of those that were asked to run.
        """
        from msgcheck.gate.budget import worse

        if self.path is None:
            return report if self.since else worse(report, _last_run(config), config)
        from msgcheck.gate.baseline import render, scope_of, updated
        from msgcheck.gate.compare import compared, match, measures_before

        matching, comparison = (
            match(report, self.known, scope_of(report, self.known, rules)),
            Comparison(str(self.path)),
        )
        found = matching
        if self.accept or self.prune:
            now = updated(report, self.known, matching, accept=self.accept)
            write(self.path, render(now, self.path.parent))
            note = f"Wrote it with {len(now.findings):,} findings; {len(matching.gone):,} gone ones were taken out."
            found, comparison = match(report, now, scope_of(report, now, rules)), replace(comparison, notes=(note,))
        report = compared(report, found, comparison)
        return report if self.accept else worse(report, measures_before(self.known, matching), config)


def chosen(options: Mapping[str, Any], config: Config) -> Gate:
    """The gate that command line and configuration ask for; its file is read at once, lest a run be for nothing.

    Raises UsageError for options that contradict each other, and InputError for a baseline that cannot be read.
    """
    from msgcheck.gate.baseline import read_baseline
    from msgcheck.gate.since import Since

    since = Since.parted_from(options["changed_since"]) if options["changed_since"] else None
    written, prune = options["write_baseline"], options["prune_baseline"]
    named = options["baseline"] or (os.path.relpath(config.folder / config.baseline) if config.baseline else "")
    if written and options["baseline"] and Path(written) != Path(options["baseline"]):
        raise UsageError("--baseline and --write-baseline name two files.", "Name one; it is compared, then written.")
    if prune and (written or not named):
        hint = "Give it with --baseline FILE alone; --write-baseline drops what is gone by itself."
        raise UsageError("--prune-baseline needs a baseline to prune.", hint)
    if written:
        path = Path(written)
        _check_folder(path)
        return Gate(path, read_baseline(path) if path.exists() else Known(), accept=True, since=since)
    if named:
        return Gate(Path(named), read_baseline(Path(named)), prune=prune, since=since)
    return Gate(since=since)


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"{path}: cannot be written (there is no folder {path.parent}).", "Name a folder that exists.")


def _last_run(config: Config) -> dict[str, Measures]:
    """The measures of pages in the last run of the history, where a budget compares with it."""
    if not any(budget.no_worse for budget in config.budget):
        return {}
    from msgcheck.gate.measures import Measures
    from msgcheck.history import History, database_url

    history = History(database_url(config.history.url, config.folder))
    runs = [run.id for run in history.runs() if run.pages] if history.exists() else []
    pages = history.snapshot(runs[-1]).pages if runs else ()
    return {page.key: Measures(page.words, page.confusion, page.jargon, page.vague) for page in pages}
