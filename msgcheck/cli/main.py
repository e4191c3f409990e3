"""The `msgcheck` command: finds the subcommand, and turns errors into one clear line and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from msgcheck import __version__
from msgcheck.errors import MsgcheckError

#: Subcommands by name; each module `msgcheck.cli.NAME` holds a click command called `command`.
COMMANDS = (
    "calls",
    "check",
    "crawl",
    "demo",
    "drift",
    "explain",
    "extract",
    "history",
    "init",
    "lsp",
    "rules",
    "serve",
)


class LazyGroup(click.Group):
    """Imports a subcommand's module only when it is called, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"msgcheck.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Commands: {', '.join(COMMANDS)}.", ctx) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="msgcheck")
def cli() -> None:
    """Show where a website confuses the people it wants to sell to.

    Reads landing pages, the agreed positioning and call notes, and reports jargon, vagueness and mismatch: the
    words, why a buyer stumbles over them, and what to write instead.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with the exit codes of the README."""
    _survive_any_text()
    try:
        # Outside standalone mode click returns the code of `ctx.exit`.
        code = cli.main(args=arguments, prog_name="msgcheck", standalone_mode=False)
        sys.exit(code)
    except MsgcheckError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except click.Abort:
        _complain("Stopped.")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); Python would complain once more while closing.
        sys.stderr.close()
        sys.exit(0)


def _complain(message: str) -> None:
    click.echo(f"msgcheck: {printable(message)}", err=True)


def printable(text: str) -> str:
    """One line without control codes: file names and keys come from outside."""
    folded = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "�" for letter in folded)


def _survive_any_text() -> None:
    """Terminals that cannot show a character get a stand-in, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
