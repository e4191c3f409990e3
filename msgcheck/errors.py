"""The one tree of errors that users see: a line of what and where, and a hint how to mend it."""

from __future__ import annotations


class MsgcheckError(Exception):
    """Something that the user can mend. `hint` is a full sentence, or empty."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Message and hint as sentences on one line."""
        ended = self.message if self.message.endswith((".", "?", "!", "…")) else f"{self.message}."
        return f"{ended} {self.hint}".strip()


class UsageError(MsgcheckError):
    """The command was called with something that it cannot do."""


class ConfigError(MsgcheckError):
    """A configuration or positioning file is missing or wrong; the message names file and key."""


class InputError(MsgcheckError):
    """A page or call cannot be read: missing, empty, binary, or in no format that is known."""


class FetchError(MsgcheckError):
    """A page could not be fetched: refused, timed out, or answered with an error status."""

    exit_code = 3


class ModelError(MsgcheckError):
    """A model is missing or is not the one it should be."""

    exit_code = 3


class HistoryError(MsgcheckError):
    """The history database cannot be read or written."""

    exit_code = 3


class NotifyError(MsgcheckError):
    """A message did not reach those whom it was meant for; what it told is kept."""

    exit_code = 3
