"""Sends a message by mail, over the SMTP server of the configuration."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote

from msgcheck.config import Notify
from msgcheck.errors import ConfigError, NotifyError, UsageError

PASSWORD = "MSGCHECK_SMTP_PASSWORD"  # noqa: S105 - the name of it
#: So many seconds the server may keep us waiting, each time.
_TIMEOUT_S = 10
_ADDRESS = re.compile(r"[^\s@,;:<>\"()]+@[^\s@,;:<>\"()]+")


@dataclass(frozen=True, slots=True)
class Mail:
    """Mail to some addresses. The password is empty where the server asks for none."""

    recipients: tuple[str, ...]
    settings: Notify
    password: str = field(default="", repr=False)

    @classmethod
    def to(cls, url: str, settings: Notify) -> Mail:
        """Raises UsageError for a `mailto:` without addresses, and ConfigError for settings that cannot work."""
        recipients = tuple(unquote(url.partition(":")[2]).split(","))
        if not all(map(_ADDRESS.fullmatch, recipients)):
            raise UsageError(
                "--notify: this is no list of mail addresses.", "Write mailto:one@example.com,two@example.com."
            )
        if not settings.smtp_host:
            raise ConfigError("--notify: no mail server is named.", 'Set `[notify] smtp_host = "smtp.example.com"`.')
        if not _ADDRESS.fullmatch(_sender(settings)):
            raise ConfigError("--notify: mail needs a sender.", 'Set `[notify] mail_from = "msgcheck@example.com"`.')
        if settings.smtp_user and settings.smtp_security == "none":
            hint = 'Set `[notify] smtp_security = "starttls"`, or leave `smtp_user` out.'
            raise ConfigError("--notify: a password is only sent over an encrypted connection.", hint)
        password = os.environ.get(PASSWORD, "") if settings.smtp_user else ""
        if settings.smtp_user and not password:
            raise ConfigError(f"--notify: there is no password for {settings.smtp_user}.", f"Set {PASSWORD}.")
        return cls(recipients, settings, password)

    def send(self, subject: str, text: str) -> None:
        security = self.settings.smtp_security
        try:
            with self._server() as server:
                if security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self.password:
                    server.login(self.settings.smtp_user, self.password)
                refused = server.send_message(self._written(subject, text), to_addrs=self.recipients)
        except (smtplib.SMTPException, OSError) as error:
            raise self._failed(_reason(error)) from error
        if refused:
            raise self._failed(f"it refused {', '.join(sorted(refused))}")

    def _server(self) -> smtplib.SMTP:
        host, port = self.settings.smtp_host, self.settings.smtp_port
        if self.settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=_TIMEOUT_S)

    def _written(self, subject: str, text: str) -> EmailMessage:
        sender = _sender(self.settings)
        written = EmailMessage()
        written["Subject"] = subject
        written["From"] = sender
        written["To"] = ", ".join(self.recipients)
        written["Date"] = formatdate()
        written["Message-ID"] = make_msgid("msgcheck", sender.partition("@")[2])
        written.set_content(text)
        return written

    def _failed(self, reason: str) -> NotifyError:
        place = f"{self.settings.smtp_host}:{self.settings.smtp_port}"
        hint = "Nothing else is lost; look at `[notify]`, and run `msgcheck drift --notify` again."
        return NotifyError(f"The mail was not taken by {place} ({reason}).", hint)


def _sender(settings: Notify) -> str:
    return settings.mail_from or settings.smtp_user


def _reason(error: Exception) -> str:
    """In words of our own: a server's may repeat what it was told."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "it does not take this user and password"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"it refused {', '.join(sorted(error.recipients))}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered with code {error.smtp_code}"
    if isinstance(error, ssl.SSLError):
        return "its certificate is not trusted, or it speaks no TLS"
    if isinstance(error, TimeoutError):
        return f"no answer within {_TIMEOUT_S} seconds"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "it offers no encryption, or no login"
    return "the connection broke off" if isinstance(error, smtplib.SMTPException) else "no connection"
