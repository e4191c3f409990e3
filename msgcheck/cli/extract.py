"""`msgcheck extract`: what msgcheck reads, one JSON object a document."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import click

from msgcheck.cli import run as shared
from msgcheck.cli.web import chosen, crawl_progress, limited, web_options
from msgcheck.errors import MsgcheckError
from msgcheck.model import Document, Fault
from msgcheck.report.plain import plain, shorten

#: So much of a part that is left out tells which one it is, in characters.
_SHOWN = 60


@click.command("extract")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--stdin-filename", default="", metavar="NAME", help="Name and type of what stdin (`-`) holds.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr why parts of a page are not read as its copy.")
@web_options
@click.pass_context
def command(ctx: click.Context, /, targets: tuple[str, ...], config: str, stdin_filename: str, **options: Any) -> None:
    """Show what is read of pages: one JSON object a line and document."""
    from msgcheck.extract.pages import extract_page
    from msgcheck.sources import StdinInput, collect

    stdin = StdinInput(stdin_filename or "stdin.md", sys.stdin.buffer) if "-" in targets else None
    settings = limited(shared.configuration(config), options)
    with crawl_progress(quiet=False) as watch:
        collected = collect(targets, settings, stdin, replace(chosen(options, cache=True), watch=watch))
    failed = [str(fault) for fault in collected.faults]
    for raw in collected.documents:
        try:
            document = extract_page(raw, settings.pages.keys)
            click.echo(json.dumps(_plain(document), ensure_ascii=False))
            if options["verbose"]:
                _explain(document)
        except MsgcheckError as error:
            failed.append(str(Fault("", raw.key, str(error))))
    for skip in collected.skipped:
        click.echo(f"skipped {skip.what}: {skip.reason}", err=True)
    for line in failed:
        click.echo(f"failed {line}", err=True)
    if not collected.documents:
        ctx.exit(2)
    ctx.exit(3 if failed else 0)


def _explain(document: Document) -> None:
    """One line on stderr for each part that is not read as copy."""
    for part in document.left_out:
        words = f"{part.words} word" + "s" * (part.words != 1)
        place = f"{document.source}:{part.line}:{part.column}"
        line = f"{place}: left out, {part.reason} ({words}): “{shorten(part.text, _SHOWN)}”"
        click.echo(plain(line), err=True)


def _plain(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "source": document.source,
        "kind": document.kind,
        "title": document.title,
        "language": document.language,
        "blocks": [
            {
                "role": block.role,
                "text": block.text,
                "line": block.line,
                "column": block.column,
                "selector": block.selector,
            }
            for block in document.blocks
        ],
        "skipped": [{"what": skip.what, "reason": skip.reason} for skip in document.skipped],
    }
