"""`msgcheck drift`: what changed between two runs of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from msgcheck.cli.days import day_of
from msgcheck.cli.history import open_history
from msgcheck.cli.notify import notifiers, notify_option, sent
from msgcheck.cli.output import write
from msgcheck.cli.run import configuration, read_agreed
from msgcheck.errors import UsageError

if TYPE_CHECKING:
    from msgcheck.config import Config
    from msgcheck.model.drift import Drift
    from msgcheck.model.history import RunRow, Snapshot


_PDF = ".pdf"


@click.command("drift")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--since", default="", metavar="DATE", help="Compare with the last run before this day: 2026-10-01.")
@click.option("--from", "first", type=int, metavar="RUN", help="Compare from this run; default: the one before.")
@click.option("--to", "last", type=int, metavar="RUN", help="Compare to this run; default: the latest.")
@click.option("--format", "format", type=click.Choice(["text", "json", "markdown", "html"]), default="text")
@click.option("-o", "--output", multiple=True, metavar="FILE", help="Also write it: .html, .pdf, .md, .json, .txt.")
@notify_option
@click.pass_context
def command(ctx: click.Context, /, since: str, first: int | None, last: int | None, **options: Any) -> None:
    """Compare two runs: which pages got clearer or less clear, which sentences changed, what was found or mended.

    Runs are kept by `check` (see `msgcheck history`). Exit codes: 0 within the limits of `[drift.thresholds]`, 1 over
    one of them, 2 wrong use, 3 a message of --notify was not taken.
    """
    from msgcheck.history import compare, crossed
    from msgcheck.report.drift import FORMATS, SUFFIXES, summary

    paths = [Path(name) for name in options["output"]]
    for path in paths:
        if path.suffix.lower() not in (*SUFFIXES, _PDF):
            raise UsageError(f"{path}: no drift report goes with this suffix.", f"Use {', '.join((*SUFFIXES, _PDF))}.")
    if since and first is not None:
        raise UsageError("--since and --from both say where to begin.", "Give one of them.")
    config = configuration(options["config"])
    places = notifiers(options["notify"], config)
    history = open_history(options["config"])
    before, after = _chosen(history.runs(), since, first, last)
    snapshots = history.snapshot(before), history.snapshot(after)
    drift = _explained(compare(*snapshots, history.timeline(before, after)), snapshots, config)
    drift = replace(drift, alerts=crossed(*snapshots, drift, config.drift.thresholds))
    for path in paths:
        write(path, _printed(drift) if path.suffix.lower() == _PDF else FORMATS[SUFFIXES[path.suffix.lower()]](drift))
    click.echo(FORMATS[options["format"]](drift), nl=False)
    arrived = sent(summary.subject(drift), summary.text(drift), places)
    ctx.exit(int(bool(drift.alerts)) if arrived else 3)


def _printed(drift: Drift) -> bytes:
    """The HTML report on paper."""
    from msgcheck.report.drift import FORMATS
    from msgcheck.sources.pdf import print_pdf

    return print_pdf(FORMATS["html"](drift))


def _explained(drift: Drift, snapshots: tuple[Snapshot, Snapshot], config: Config) -> Drift:
    """With the agreed names, and with what each change of an opening did, which is read again."""
    from msgcheck.history import with_effects
    from msgcheck.language.core import load_language
    from msgcheck.measure.clarity import known_terms, read_for

    agreed = read_agreed(config.agreed_from_here) if config.positioning else None
    language = load_language(config.language)

    def confusion(openings: Sequence[str]) -> list[float]:
        return [found.confusion for found in read_for(openings, known_terms(agreed), language)]

    return replace(with_effects(drift, *snapshots, confusion), agreed=agreed)


def _chosen(runs: Sequence[RunRow], since: str, first: int | None, last: int | None) -> tuple[int, int]:
    """The numbers of the two runs. Raises UsageError where there are not two to compare."""
    if last is None:
        last = next((run.id for run in reversed(runs) if run.id != first), None)
    earlier = runs[: next((place for place, run in enumerate(runs) if run.id == last), len(runs))]
    if first is None and since:
        limit = day_of(since).isoformat(timespec="seconds")
        older = [run.id for run in earlier if run.started < limit] or [run.id for run in earlier[:1]]
        first = older[-1] if older else None
    elif first is None and earlier:
        first = earlier[-1].id
    if first is None or last is None:
        raise UsageError("There are not two runs to compare.", "Run `msgcheck check` again after the next change.")
    return first, last
