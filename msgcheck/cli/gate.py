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
from msgcheck.gate.measures import BUDGET_RULE
from msgcheck.model import Comparison, Report

if TYPE_CHECKING:
    from msgcheck.gate.before import Named
    from msgcheck.gate.measures import Measures
    from msgcheck.gate.since import Since
    from msgcheck.inputs import Inputs

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
    """What a run is held to: budgets, a file of known findings and what becomes of it afterwards, a commit."""

    config: Config
    path: Path | None = None
    known: Known = field(default=Known())
    accept: bool = False
    prune: bool = False
    since: Since | None = None

    @property
    def is_open(self) -> bool:
        """Whether a report passes as it is; then nothing of what the gate needs has to be loaded."""
        return not (self.path or self.since or self.config.budget or self.config.pages.map)

    def judged(self, now: Inputs, named: Named, check: Callable[[Inputs], Report], rules: Collection[str]) -> Report:
        """The report of these inputs with what exceeds a budget, and with known findings marked; the file is written
        where that was asked for. `rules` are the ids of those that were asked to run."""
        from msgcheck.gate.budget import over_budget, worse
        from msgcheck.gate.files import in_files

        config = self.config if BUDGET_RULE in rules else self.config.model_copy(update={"budget": []})

        def budgeted(inputs: Inputs) -> Report:
            return over_budget(in_files(check(inputs), config), config)

        report = budgeted(now)
        if self.since:
            then = self.since.look_back(now, named, config, budgeted)
            report = self.since.compared(report, then, rules, config)
        if self.path:
            return self._compared_with(self.path, report, rules, config)
        return report if self.since else worse(report, _last_run(config), config)

    def _compared_with(self, path: Path, report: Report, rules: Collection[str], config: Config) -> Report:
        from msgcheck.gate.baseline import render, scope_of, updated
        from msgcheck.gate.budget import worse
        from msgcheck.gate.compare import compared, match, measures_before

        found = matching = match(report, self.known, scope_of(report, self.known, rules))
        comparison = Comparison(str(path))
        if self.accept or self.prune:
            now = updated(report, self.known, matching, accept=self.accept)
            write(path, render(now, path.parent))
            note = f"Wrote it with {len(now.findings):,} findings; {len(matching.gone):,} gone ones were taken out."
            found, comparison = match(report, now, scope_of(report, now, rules)), replace(comparison, notes=(note,))
        report = compared(report, found, comparison)
        return report if self.accept else worse(report, measures_before(self.known, matching), config)


def chosen(options: Mapping[str, Any], config: Config) -> Gate:
    """The gate that command line and configuration ask for; its file is read at once, lest a run be for nothing.

    Raises UsageError for options that contradict each other, and InputError for a baseline that cannot be read.
    """
    written, prune, ref = options["write_baseline"], options["prune_baseline"], options["changed_since"]
    named = options["baseline"] or (os.path.relpath(config.folder / config.baseline) if config.baseline else "")
    if written and options["baseline"] and Path(written) != Path(options["baseline"]):
        raise UsageError("--baseline and --write-baseline name two files.", "Name one; it is compared, then written.")
    if prune and (written or not named):
        hint = "Give it with --baseline FILE alone; --write-baseline drops what is gone by itself."
        raise UsageError("--prune-baseline needs a baseline to prune.", hint)
    gate = Gate(config, since=_since(ref) if ref else None)
    if not written and not named:
        return gate
    path = Path(written or named)
    if written and not path.parent.is_dir():
        raise UsageError(f"{path}: cannot be written (there is no folder {path.parent}).", "Name a folder that exists.")
    return replace(gate, path=path, known=_known(path, new=bool(written)), accept=bool(written), prune=prune)


def _since(ref: str) -> Since:
    from msgcheck.gate.since import Since

    return Since.parted_from(ref)


def _known(path: Path, *, new: bool) -> Known:
    from msgcheck.gate.baseline import read_baseline

    return Known() if new and not path.exists() else read_baseline(path)


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
