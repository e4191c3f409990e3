"""Short messages to people who do not look at the terminal: to a webhook, or by mail."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from msgcheck.config import Notify
from msgcheck.errors import UsageError
from msgcheck.notify.mail import Mail
from msgcheck.notify.webhook import Webhook

_KINDS = "A webhook is https://…, and mail is mailto:name@example.com."


class Notifier(Protocol):
    """One place to send to."""

    def send(self, subject: str, text: str) -> None:
        """Send plain text without control codes. Raises NotifyError where it was not taken."""


def notifier(url: str, settings: Notify) -> Notifier:
    """What sends messages to a URL. Raises UsageError or ConfigError, before there is anything to send, for one that
    cannot work; no error shows more of a webhook's URL than its host, for the rest of it is a password."""
    scheme = url.partition(":")[0].lower()
    if scheme == "mailto":
        return Mail.to(url, settings)
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if scheme not in ("http", "https") or not host:
        raise UsageError("--notify: this URL is neither a webhook nor a mail address.", _KINDS)
    return Webhook(url, host)
