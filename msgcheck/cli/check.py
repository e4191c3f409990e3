"""`msgcheck check`: lint pages against the positioning and the calls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from msgcheck.cli import gate as gates
from msgcheck.cli import run as shared
from msgcheck.cli.output import FILE_HELP, FORMAT_NAMES, NO_REDACT_HELP, Output
from msgcheck.cli.repository import in_repository
from msgcheck.cli.web import chosen, limited, web_options
from msgcheck.config import Config
from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.report.view import View
from msgcheck.scale.readers import Readers


@click.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--positioning", default="", metavar="FILE", help="The agreed positioning (YAML, Markdown or text).")
@click.option("--calls", multiple=True, metavar="PATH", help="Call notes or transcripts: files or folders.")
@click.option("--select", multiple=True, metavar="RULE", help="Only rules that start with this.")
@click.option("--ignore", multiple=True, metavar="RULE", help="No rules that start with this.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note", "never"]), help="Exit 1 from this severity on."
)
@click.option("--format", "format", type=click.Choice(FORMAT_NAMES), default="text", help="What goes to stdout.")
@click.option("-o", "--output", multiple=True, metavar="FILE", help=FILE_HELP)
@click.option(
    "--include",
    multiple=True,
    type=click.Choice(["sentences", "suppressed", "baselined"]),
    help="Also show every sentence (JSON), or what comments silence, or what was known before.",
)
@click.option("--stdin-filename", default="", metavar="NAME", help="Name and type of what stdin (`-`) holds.")
@gates.gate_options
@web_options
@click.option("--no-redact", is_flag=True, help=NO_REDACT_HELP)
@click.option("--no-cache", is_flag=True, help="Read everything anew.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes for many new pages; default: one a processor."
)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Who reads new pages.")
@click.option("--ray-address", default="", metavar="ADDR", help="A running Ray cluster; default: Ray on this machine.")
@click.option(
    "--record/--no-record",
    default=None,
    help="Keep this run in the history, or do not; default: where there is a configuration file.",
)
@click.option("--color/--no-color", default=None, help="Colour in the terminal; default: when it is one.")
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; the exit code tells.")
@click.option("-v", "--verbose", is_flag=True, help="All findings, what was skipped, and scores.")
@click.pass_context
def command(ctx: click.Context, /, targets: tuple[str, ...], **options: Any) -> None:
    """Lint pages: URLs, files, folders, globs, or - for stdin.

    Without TARGET, the pages of the configuration. Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong
    use or input, 3 incomplete.
    """
    config = limited(shared.configuration(options["config"]), options)
    gate = gates.chosen(options, config)
    targets = targets or config.from_here(config.pages.include)
    if not targets:
        raise UsageError("No page to check.", "Name a page, folder or URL, or set `[pages] include` in msgcheck.toml.")
    agreed = options["positioning"] or config.agreed_from_here
    sources = shared.Sources(
        targets=targets,
        calls=options["calls"] or config.from_here(config.calls.paths),
        positioning=agreed,
        stdin_name=options["stdin_filename"],
        web=chosen(options, cache=not options["no_cache"]),
    )
    view = View(
        sentences="sentences" in options["include"],
        suppressed="suppressed" in options["include"],
        baselined="baselined" in options["include"],
        verbose=options["verbose"],
        redacted=not options["no_redact"],
        fail_on=options["fail_on"] or config.fail_on,
    )
    output = Output(options["format"], options["output"], in_repository(view), options["color"], options["quiet"])
    selection = shared.Selection(
        options["select"], options["ignore"], cache=not options["no_cache"], readers=_readers(options)
    )
    report = _judged(sources, config, selection, output, gate)
    output.show(report)
    if config.source if options["record"] is None else options["record"]:
        from msgcheck.history import keep

        keep(report, config, Path.cwd())
    ctx.exit(shared.exit_code(report, view))


def _readers(options: Mapping[str, Any]) -> Readers:
    """Who shall read new pages. Raises UsageError for an address that would be of no use."""
    ray = options["engine"] == "ray"
    if options["ray_address"] and not ray:
        raise UsageError("`--ray-address` was given without `--engine ray`.", "Add it, or leave the address out.")
    return Readers(options["jobs"] or 0, ray, options["ray_address"])


def _judged(
    sources: shared.Sources, config: Config, selection: shared.Selection, output: Output, gate: gates.Gate
) -> Report:
    """The report as the gate sees it."""
    inputs = shared.read_inputs(sources, config, output)
    with shared.checker(config, selection, output) as check:
        if gate.is_open:
            return check(inputs)
        from msgcheck.gate.before import Named

        named = Named(sources.targets, sources.calls, sources.positioning)
        return gate.judged(inputs, named, check, selection.rules(config))
