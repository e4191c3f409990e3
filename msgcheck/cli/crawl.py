"""`msgcheck crawl`: fetch a site into a snapshot folder that `check` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from msgcheck.cli import run as shared
from msgcheck.cli import web
from msgcheck.cli.main import printable

#: So many failures are shown; the manifest has them all.
_SHOWN = 10


@click.command("crawl")
@click.argument("url")
@click.option("-o", "--output", required=True, metavar="DIR", type=click.Path(file_okay=False), help="The snapshot.")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--max-pages", type=click.IntRange(1), help="Stop after so many pages.")
@click.option("--max-depth", type=click.IntRange(0), help="Follow links so far from the start.")
@click.option("--include", multiple=True, metavar="PATTERN", help="Only addresses like this: /product/**, https://….")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="No addresses like this.")
@click.option("--render", is_flag=True, help="Draw pages in the Chromium that is installed (JavaScript).")
@click.option("--no-cache", is_flag=True, help="Ask for every page in full.")
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress.")
@click.pass_context
def command(ctx: click.Context, /, url: str, **options: Any) -> None:
    """Fetch a site, or what a sitemap lists, into a folder; then `msgcheck check DIR`.

    Stopped at any moment, the same command goes on where it stopped; once it is finished, it fetches what changed.
    Exit codes: 0 all read, 2 wrong use, 3 some pages failed.
    """
    from msgcheck.cache import cache_folder
    from msgcheck.sources import WebOptions
    from msgcheck.sources.crawl.run import crawl

    config = web.limited(shared.configuration(options["config"]), options, ("include", "exclude"))
    folder = Path(options["output"])
    with web.crawl_progress(quiet=options["quiet"]) as watch:
        how = WebOptions(True, options["render"], None if options["no_cache"] else cache_folder(), watch)
        try:
            crawled = crawl(url, folder, config, how)
        except KeyboardInterrupt as stop:
            click.echo("Nothing is lost: the same command goes on from here.", err=True)
            raise click.Abort from stop
    tally = crawled.tally
    if not options["quiet"]:
        counts = f"{tally.pages:,} page{'s' * (tally.pages != 1)}" + f", {tally.failed:,} failed" * bool(tally.failed)
        where = printable(str(folder))
        click.echo(f"{counts}: {where}. Next: msgcheck check {where}")
        for address, reason in (*crawled.failed[:_SHOWN], *crawled.left_out):
            click.echo(printable(f"{address}: {reason}"), err=True)
    if not crawled.finished:
        click.echo("The site stopped answering. Run the same command later: it goes on from here.", err=True)
    ctx.exit(3 if tally.failed or not crawled.finished else 0)
