"""What the commands that read the web share: their options, their limits, and the bar that shows how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from msgcheck.config import Config
from msgcheck.sources import Tally, WebOptions

Command = TypeVar("Command", bound=Callable[..., Any])


def web_options(command: Command) -> Command:
    """The options of commands that read pages from the web."""
    for option in (
        click.option("--render", is_flag=True, help="Draw pages in the Chromium that is installed (JavaScript)."),
        click.option("--max-depth", type=click.IntRange(0), help="With --crawl: follow links so far from the start."),
        click.option("--max-pages", type=click.IntRange(1), help="With --crawl: stop after so many pages."),
        click.option("--crawl", is_flag=True, help="Read the whole site of a URL."),
    ):
        command = option(command)
    return command


def chosen(options: Mapping[str, Any], *, cache: bool) -> WebOptions:
    """How the command line wants the web to be read."""
    from msgcheck.cache import cache_folder

    return WebOptions(options["crawl"], options["render"], cache_folder() if cache else None)


def limited(config: Config, options: Mapping[str, Any], patterns: tuple[str, ...] = ()) -> Config:
    """The configuration with what the command line says of the crawl put over it."""
    said: dict[str, Any] = {name: options[name] for name in ("max_pages", "max_depth") if options[name] is not None}
    # `check` has no patterns of its own: its --include is about the report.
    said |= {name: list(options[name]) for name in patterns if options[name]}
    return config.model_copy(update={"crawl": config.crawl.model_copy(update=said)})


@contextmanager
def crawl_progress(*, quiet: bool) -> Iterator[Callable[[Tally], None]]:
    """A bar on stderr that appears with the first news of a crawl."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[counts]}"), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)
    task = progress.add_task("Crawling", total=None, counts="")

    def watch(tally: Tally) -> None:
        progress.start()
        counts = f"{tally.pages} pages, {tally.queued} queued, {tally.failed} failed"
        progress.update(task, completed=tally.done, total=tally.done + tally.queued, counts=counts)

    try:
        yield watch
    finally:
        progress.stop()
