"""What commands share that send messages: the option, and how it is told that one did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from msgcheck.config import Config
from msgcheck.errors import NotifyError
from msgcheck.report.plain import plain

if TYPE_CHECKING:
    from msgcheck.notify import Notifier

notify_option = click.option(
    "--notify",
    multiple=True,
    metavar="URL",
    envvar="MSGCHECK_NOTIFY",
    help="Send a short summary: to a webhook (https://…, as Slack takes it), or by mail (mailto:name@example.com).",
)


def notifiers(urls: Sequence[str], config: Config) -> list[Notifier]:
    """What sends to these URLs. Raises UsageError or ConfigError, before anything is read, for one that cannot work."""
    if not urls:
        return []
    from msgcheck.notify import notifier

    return [notifier(url, config.notify) for url in urls]


def sent(subject: str, text: str, places: Sequence[Notifier]) -> bool:
    """Whether the message reached everybody; who was not reached is told on stderr."""
    failed = 0
    for place in places:
        try:
            place.send(subject, text)
        except NotifyError as error:
            failed += 1
            click.echo(f"msgcheck: {plain(str(error))}", err=True)
    return not failed
