"""`msgcheck serve`: the browser app."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

import click

from msgcheck.errors import UsageError

_SHORTEST_TOKEN = 16
_SHORTEST_PASSWORD = 10


@click.command("serve")
@click.option("--config", default="", metavar="FILE", help="Configuration; default: the nearest msgcheck.toml upward.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; default: this machine alone.")
@click.option("--port", default=8765, type=click.IntRange(1, 65535), help="Default: 8765.")
@click.option(
    "--token",
    default="",
    envvar="MSGCHECK_TOKEN",
    metavar="TEXT",
    help="What a user or program has to know; better in the environment variable MSGCHECK_TOKEN.",
)
@click.option("--users", default="", metavar="FILE", help="Who may log in: a line `name:viewer|editor:HASH` each.")
@click.option("--name", multiple=True, metavar="HOST", help="A host name under which browsers find the server.")
@click.option("--workers", type=click.IntRange(1, 64), help="Checks at one time; default: the processors, at most 4.")
@click.option("--hash-password", is_flag=True, help="Ask for a name, role and password, and print a line for --users.")
def command(hash_password: bool, **options: Any) -> None:
    """Serve the browser app: paste a page, see what a prospect stumbles over.

    It listens on this machine alone. Any other address needs --token or --users.
    """
    if hash_password:
        click.echo(_user_line())
        return
    from msgcheck.projects import Home, Projects
    from msgcheck.web.server import serve
    from msgcheck.web.settings import Limits, ServeSettings

    host, token = options["host"], options["token"]
    if token and len(token) < _SHORTEST_TOKEN:
        raise UsageError(f"The token is shorter than {_SHORTEST_TOKEN} characters.", "Take a long random one.")
    home = Home(Path.cwd(), Path(options["config"]) if options["config"] else None)
    settings = ServeSettings(
        home=home,
        token=token,
        users=_users(options["users"]),
        names=(*options["name"], host),
        limits=Limits(workers=options["workers"]) if options["workers"] else Limits(),
    )
    if not settings.guarded and not _is_loopback(host):
        hint = "Give --token or --users, so that not everybody in the network may use it."
        raise UsageError(f"{host} can be reached from other machines.", hint)
    Projects().at(home.config())  # whatever is wrong with its files is told before anything is served
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"msgcheck serves http://{shown}:{options['port']}/ (stop with Control-C)", err=True)
    serve(settings, host, options["port"])


def _users(file: str) -> Any:
    from msgcheck.web.security.users import read_users

    return read_users(Path(file)) if file else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _user_line() -> str:
    from msgcheck.web.security.passwords import hash_password
    from msgcheck.web.security.users import ROLES

    name = click.prompt("Name")
    if ":" in name or not name.isprintable():
        raise UsageError("A name has no colon and no control characters.", "Take another one.")
    role = click.prompt("Role", type=click.Choice(ROLES), default="viewer")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < _SHORTEST_PASSWORD:
        raise UsageError(f"The password is shorter than {_SHORTEST_PASSWORD} characters.", "Take a longer one.")
    return f"{name}:{role}:{hash_password(password)}"
