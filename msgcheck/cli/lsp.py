"""`msgcheck lsp`: findings while one writes, for editors that speak the Language Server Protocol."""

from __future__ import annotations

import sys

import click


@click.command("lsp")
@click.option("--stdio", is_flag=True, hidden=True, help="What many editors add; there is no other way.")
@click.pass_context
def command(ctx: click.Context, *, stdio: bool) -> None:
    """Serve an editor over stdin and stdout (Language Server Protocol).

    The editor starts this command itself; the README says how to set it up.
    """
    from msgcheck.editor.features import serve

    server = serve()
    # Whatever a library prints would stand amid the messages.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    server.start_io(sys.stdin.buffer, answers)
    ctx.exit(0 if server.shut_down else 1)
