"""`msgcheck history backfill`: record what a content repository held in the past."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgcheck.cli import run as shared
from msgcheck.cli.days import day_of
from msgcheck.errors import UsageError
from msgcheck.report.plain import plain
from msgcheck.report.wording import counted

if TYPE_CHECKING:
    from msgcheck.config import Config
    from msgcheck.history.backfill import Backfill, Outcome
    from msgcheck.inputs import Inputs
    from msgcheck.model import Report
    from msgcheck.sources.git import Commit, Repository

#: How far back it goes unless it is told.
_YEAR = timedelta(days=365)
_PURPOSE = "history backfill"


@click.command("backfill")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--repo",
    default=".",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False),
    help="The content repository; PATHs start there. Default: the one around this folder.",
)
@click.option("--every", default="2w", show_default=True, metavar="STEP", help="A run for each 1d, 2w, 1m …")
@click.option("--since", default="", metavar="DATE", help="How far back: 2026-03-31; default: a year.")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], repo: str, every: str, since: str, config: str) -> None:
    """Record the past of a git repository: a run for the last commit of each step of time on its main line.

    Pages are read as they stood, by today's configuration and positioning, without touching the work tree; calls are
    heard from their day on. Without PATH, the pages of the configuration. Stop it at any moment: the same command goes
    on where it stopped.
    """
    from msgcheck.history.backfill import check_targets
    from msgcheck.history.steps import Stride, last_of_each
    from msgcheck.sources.git import Repository

    stride, now = Stride.parse(every), datetime.now(UTC)
    start = day_of(since) if since else now - _YEAR
    settings = shared.configuration(config)
    targets = [os.path.relpath(Path(repo) / path) for path in paths] or settings.from_here(settings.pages.include)
    if not targets:
        raise UsageError("No page to read.", "Name folders or files of the repository, or set `[pages] include`.")
    repository = Repository.around(Path(repo), _PURPOSE, "Name a clone of the content with --repo.")
    check_targets(targets, repository)
    commits = repository.main_line()
    steps = last_of_each(commits, stride, start, now)
    if not steps:
        last = commits[0].made.date()
        raise UsageError(f"{_PURPOSE}: no commit since {start.date()}.", f"The last one is of {last}; see --since.")
    with shared.bars(quiet=False) as watch:
        past = _past(repository, targets, settings, watch)
        outcomes = list(_recorded(past, steps, watch))
    click.echo(_told(outcomes, past.calls.undated))
    ctx.exit(3 if any(outcome.reason for outcome in outcomes) else 0)


def _past(repository: Repository, targets: Sequence[str], config: Config, watch: shared.Watch) -> Backfill:
    from msgcheck.history import History, database_url
    from msgcheck.history.backfill import Backfill, Calls
    from msgcheck.sources import collect_calls

    agreed = config.agreed_from_here
    return Backfill(
        repository=repository,
        targets=targets,
        calls=Calls.of(collect_calls(config.from_here(config.calls.paths)).documents),
        config=config,
        positioning=shared.read_agreed(agreed) if agreed else None,
        check=_judge(config, watch),
        history=History(database_url(config.history.url, config.folder)),
    )


def _recorded(past: Backfill, steps: Sequence[Commit], watch: shared.Watch) -> Iterator[Outcome]:
    for done, commit in enumerate(steps):
        watch("Steps", done, len(steps))
        outcome = past.record(commit)
        if outcome.reason or not watch.visible:
            watch.tell(_line(outcome))
        yield outcome


def _judge(config: Config, watch: shared.Watch) -> Callable[[Inputs], Report]:
    """What `check` does with pages before it keeps the run."""
    from msgcheck.cache import Cache, cache_folder
    from msgcheck.gate.budget import over_budget
    from msgcheck.inputs import Settings
    from msgcheck.recall import Checker

    shared.Selection().rules(config)
    checker = Checker(Settings(config), Cache(cache_folder()), watch)
    return lambda inputs: over_budget(checker.check(inputs), config)


def _line(outcome: Outcome) -> str:
    """What became of one commit."""
    head = f"{outcome.commit.made.date()} {outcome.commit.name[:8]}:"
    if outcome.state == "empty":
        return f"{head} none of the pages was there yet"
    if outcome.state == "failed":
        return f"{head} not recorded. {plain(outcome.reason)}"
    known = " (there already)" if outcome.state == "known" else ""
    figures = f"{counted(outcome.pages, 'page')}, confusion {outcome.confusion:.2f}"
    return f"{head} run {outcome.run}{known}, {figures}" + (f"; {plain(outcome.reason)}" if outcome.reason else "")


def _told(outcomes: Sequence[Outcome], undated: int) -> str:
    """How it went, and what to do next."""
    counts = Counter(outcome.state for outcome in outcomes)
    parts = [f"{counted(counts['recorded'], 'run')} recorded"]
    if counts["known"]:
        parts.append(f"{counts['known']} there already")
    if counts["empty"]:
        parts.append(f"{counted(counts['empty'], 'step')} without pages")
    if counts["failed"]:
        parts.append(f"{counts['failed']} failed")
    kept = [outcome.commit.made.date() for outcome in outcomes if outcome.run]
    next_step = f" See `msgcheck drift --since {kept[0] + timedelta(days=1)}`." if len(kept) > 1 else ""
    calls = f" {counted(undated, 'call')} without a date left out." if undated else ""
    return f"{', '.join(parts)}.{calls}{next_step}"
