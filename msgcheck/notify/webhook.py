"""Posts a message as JSON in the form that Slack takes, and with it Mattermost, Rocket.Chat and others."""

from __future__ import annotations

from dataclasses import dataclass, field

import requests

from msgcheck.errors import NotifyError

#: So many seconds a server may keep us waiting, each time.
_TIMEOUT_S = 10
#: Slack reads these as links, mentions and entities.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address whose path is a password: only its host is ever shown."""

    url: str = field(repr=False)
    host: str

    def send(self, subject: str, text: str) -> None:
        content = {"text": f"{subject}\n\n{text}".translate(_ESCAPES)}
        try:
            # Whoever redirects a POST drops its content; a webhook that has moved has to be named anew.
            with requests.post(
                self.url, json=content, timeout=_TIMEOUT_S, allow_redirects=False, stream=True
            ) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            raise self._failed(_reason(error)) from error
        if not 200 <= status < 300:
            raise self._failed(f"it answered with status {status}")

    def _failed(self, reason: str) -> NotifyError:
        hint = "Nothing else is lost; look at the webhook's URL, and run `msgcheck drift --notify` again."
        return NotifyError(f"The message to {self.host} was not taken ({reason}).", hint)


def _reason(error: requests.RequestException) -> str:
    """In words of our own: those of the error hold the URL."""
    if isinstance(error, requests.Timeout):
        return f"no answer within {_TIMEOUT_S} seconds"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    return "no connection" if isinstance(error, requests.ConnectionError) else "the URL cannot be used"
