"""`msgcheck calls`: what calls show, without pages."""

from __future__ import annotations

from typing import Any

import click

from msgcheck.cli import run as shared
from msgcheck.cli.output import FILE_HELP, FORMAT_NAMES, NO_REDACT_HELP, Output
from msgcheck.cli.repository import in_repository
from msgcheck.report.view import View


@click.command("calls")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--positioning", default="", metavar="FILE", help="The agreed positioning (YAML, Markdown or text).")
@click.option("--format", "format", type=click.Choice(FORMAT_NAMES), default="text", help="What goes to stdout.")
@click.option("-o", "--output", multiple=True, metavar="FILE", help=FILE_HELP)
@click.option("--no-redact", is_flag=True, help=NO_REDACT_HELP)
@click.option("--no-cache", is_flag=True, help="Read everything anew.")
@click.option("--color/--no-color", default=None, help="Colour in the terminal; default: when it is one.")
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; the exit code tells.")
@click.option("-v", "--verbose", is_flag=True, help="All findings, what was skipped, and scores.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Find where prospects were confused on calls: files or folders of transcripts and notes."""
    config = shared.configuration(options["config"])
    agreed = options["positioning"] or config.agreed_from_here
    view = View(verbose=options["verbose"], redacted=not options["no_redact"], fail_on="never")
    output = Output(options["format"], options["output"], in_repository(view), options["color"], options["quiet"])
    sources = shared.Sources(calls=paths, positioning=agreed)
    report = shared.run(sources, config, shared.Selection(cache=not options["no_cache"]), output)
    output.show(report)
    ctx.exit(shared.exit_code(report, view))
