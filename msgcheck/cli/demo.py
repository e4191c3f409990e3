"""`msgcheck demo`: the main job on the bundled example company."""

from __future__ import annotations

from pathlib import Path

import click

from msgcheck.cli import run as shared
from msgcheck.cli.output import Output
from msgcheck.config import load_config
from msgcheck.errors import InputError


@click.command("demo")
@click.option("-o", "--output", default="msgcheck-demo.html", metavar="FILE", help="Where the HTML report goes.")
@click.option("--color/--no-color", default=None, help="Colour in the terminal; default: when it is one.")
def command(output: str, color: bool | None) -> None:
    """Check the bundled example company; write an HTML report and print the summary."""
    folder = demo_folder()
    config = load_config(folder / "msgcheck.toml")
    sources = shared.Sources(
        targets=config.from_here(config.pages.include),
        calls=config.from_here(config.calls.paths),
        positioning=config.agreed_from_here,
    )
    shown = Output(files=(output,), color=color)
    report = shared.run(sources, config, shared.Selection(), shown)
    shown.show(report)
    click.echo(f"\nThe report to look at: {Path(output).resolve()}", err=True)


def demo_folder() -> Path:
    """The example company, inside the installed package or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "corpora" / "demo", package.parent / "corpora" / "demo"):
        if (folder / "msgcheck.toml").is_file():
            return folder
    raise InputError("The bundled example is missing.", "Install msgcheck again.")
