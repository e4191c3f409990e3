"""Messages about drift, to real HTTP and SMTP servers on loopback: what arrives, and what is told when it does not."""

from __future__ import annotations

import email
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from limits import over_a_limit, ran
from sites_http import Answer, Site

from msgcheck.config import Notify
from msgcheck.errors import MsgcheckError, NotifyError
from msgcheck.notify import mail, notifier, webhook

CERTIFICATE = Path(__file__).parent / "certificates" / "localhost.pem"
SECRET = "T0/B0/swordfish"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a limit and two runs that cross it."""
    monkeypatch.chdir(tmp_path)
    for name in ("MSGCHECK_DATABASE_URL", "MSGCHECK_NOTIFY", mail.PASSWORD):
        monkeypatch.delenv(name, raising=False)
    return over_a_limit(tmp_path)


def test_a_webhook_gets_a_summary_without_words_of_people_and_mentions_nobody(project: Path) -> None:
    with Site({f"/{SECRET}": Answer(b"ok")}) as site:
        done = ran("--notify", f"{site.url}/{SECRET}")
    assert (done.exit_code, done.stderr) == (1, "")
    (posted,) = map(json.loads, site.posted)
    assert list(posted) == ["text"]
    text = posted["text"]
    assert text.startswith("Website copy: Over 1 limit. Clarity fell on 1 of 3 pages since 1 March 2026")
    assert "- index.html: confusion rose by 0.35, from 0.05 to 0.40; the limit is 0.3." in text
    assert "`msgcheck drift --from 1 --to 2` shows the sentences." in text
    assert not {"<", ">"} & set(text)
    assert "Dana" not in text


def test_text_for_a_webhook_cannot_mention_or_link(project: Path) -> None:
    with Site({"/": Answer(b"ok")}) as site:
        notifier(f"{site.url}/", Notify()).send("<!channel> & co", "<https://x.example|click>")
    assert json.loads(site.posted[0])["text"] == "&lt;!channel&gt; &amp; co\n\n&lt;https://x.example|click&gt;"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"no_service", 404), "it answered with status 404"),
        (Answer(b"", 500), "it answered with status 500"),
        (Answer(b"", 302, {"Location": "/elsewhere"}), "it answered with status 302"),
    ],
)
def test_a_webhook_that_refuses_costs_neither_report_nor_the_other_messages(
    project: Path, answer: Answer, reason: str
) -> None:
    with Site({f"/{SECRET}": answer, "/well": Answer(b"ok")}) as site:
        done = ran("-o", "drift.md", "--notify", f"{site.url}/{SECRET}", "--notify", f"{site.url}/well")
    assert done.exit_code == 3
    assert done.stderr.startswith(f"msgcheck: The message to 127.0.0.1 was not taken ({reason}).")
    assert done.stderr.count("\n") == 1
    assert "swordfish" not in done.output
    assert done.stdout.startswith("Clarity fell on 1 of 3 pages")
    assert (project / "drift.md").exists()
    assert len(site.posted) == 2


def test_a_webhook_that_is_not_there_or_never_answers_is_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        done = ran("--notify", f"http://127.0.0.1:{port}/{SECRET}")
    assert "no answer within 0.2 seconds" in done.stderr
    gone = ran("--notify", f"http://127.0.0.1:{port}/{SECRET}")
    assert "no connection" in gone.stderr
    assert (done.exit_code, gone.exit_code) == (3, 3)
    assert "swordfish" not in done.output + gone.output


def test_the_environment_may_name_the_webhook(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({f"/{SECRET}": Answer(b"ok")}) as site:
        monkeypatch.setenv("MSGCHECK_NOTIFY", f"{site.url}/{SECRET}")
        ran()
    assert len(site.posted) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=refused_handshake, args=(server, context), daemon=True).start()
        with pytest.raises(NotifyError, match="its certificate is not trusted"):
            notifier(f"https://localhost:{server.getsockname()[1]}/", Notify()).send("x", "y")


def refused_handshake(server: socket.socket, context: ssl.SSLContext) -> None:
    plain, _ = server.accept()
    with pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_side=True)
    plain.close()


class Inbox(Sink):
    """Takes mail, but none for nobody@…."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        message = email.message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.received.append((envelope.rcpt_tos, message))
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def login(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"reports@example.com", b"swordfish")
    return AuthResult(success=right, handled=right)


@contextmanager
def mail_server(*, tls: bool = False, secure: bool = False) -> Iterator[tuple[Inbox, int]]:
    """`secure` asks for STARTTLS and a login, `tls` is encrypted from the first byte on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    inbox, port = Inbox(), free_port()
    more: dict[str, Any] = {"ssl_context": context} if tls else {}
    if secure:
        more = {"tls_context": context, "require_starttls": True, "authenticator": login, "auth_required": True}
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()


def settings(port: int, security: str = "none", user: str = "") -> Notify:
    return Notify.model_validate(
        {
            "smtp_host": "localhost",
            "smtp_port": port,
            "smtp_security": security,
            "smtp_user": user,
            "mail_from": "msgcheck@example.com",
        }
    )


def test_mail_reaches_everybody_with_subject_and_summary(project: Path) -> None:
    with mail_server() as (inbox, port):
        lines = ["[notify]", 'smtp_host = "localhost"', f"smtp_port = {port}", 'smtp_security = "none"']
        text = "\n".join([*lines, 'mail_from = "m@example.com"'])
        (project / "msgcheck.toml").write_text(text, encoding="utf-8")
        done = ran("--notify", "mailto:cmo@example.com,web%2Bcopy@example.com")
    assert (done.exit_code, done.stderr) == (0, "")
    ((recipients, message),) = inbox.received
    assert recipients == ["cmo@example.com", "web+copy@example.com"]
    assert message["From"] == "m@example.com"
    assert message["Subject"].startswith("Website copy: Clarity fell on 1 of 3 pages since 1 March 2026")
    assert "- index.html: confusion 0.05 → 0.40 (+0.35)" in message.get_content()


def test_a_password_goes_over_starttls_to_a_server_that_is_vouched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mail.PASSWORD, "swordfish")
    with mail_server(secure=True) as (inbox, port):
        chosen = settings(port, "starttls", "reports@example.com")
        with pytest.raises(NotifyError, match="its certificate is not trusted"):
            notifier("mailto:cmo@example.com", chosen).send("x", "y")
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        notifier("mailto:cmo@example.com", chosen).send("Größe", "y")
        monkeypatch.setenv(mail.PASSWORD, "wrong")
        with pytest.raises(NotifyError, match="does not take this user and password") as caught:
            notifier("mailto:cmo@example.com", chosen).send("x", "y")
    assert [message["Subject"] for _, message in inbox.received] == ["Größe"]
    assert "wrong" not in str(caught.value)


def test_tls_from_the_first_byte_works_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with mail_server(tls=True) as (inbox, port):
        notifier("mailto:cmo@example.com", settings(port, "tls")).send("x", "y")
    assert len(inbox.received) == 1


def test_a_server_without_encryption_gets_nothing_unless_that_is_asked_for() -> None:
    with mail_server() as (inbox, port):
        with pytest.raises(NotifyError, match="offers no encryption"):
            notifier("mailto:cmo@example.com", settings(port, "starttls")).send("x", "y")
        with pytest.raises(NotifyError):
            notifier("mailto:cmo@example.com", settings(port, "tls")).send("x", "y")
    assert inbox.received == []


@pytest.mark.parametrize(("to", "received"), [("nobody@example.com", 0), ("nobody@example.com,cmo@example.com", 1)])
def test_a_refused_address_is_named(to: str, received: int) -> None:
    with mail_server() as (inbox, port), pytest.raises(NotifyError, match=r"it refused nobody@example\.com"):
        notifier(f"mailto:{to}", settings(port)).send("x", "y")
    assert len(inbox.received) == received


def test_a_mail_server_that_is_not_there_or_says_nothing_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "_TIMEOUT_S", 0.2)
    with pytest.raises(NotifyError, match=r"The mail was not taken by localhost:\d+ \(no connection\)"):
        notifier("mailto:cmo@example.com", settings(free_port())).send("x", "y")
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotifyError, match="was not taken"):
        notifier("mailto:cmo@example.com", settings(silent.getsockname()[1])).send("x", "y")


@pytest.mark.parametrize(
    ("url", "given", "line"),
    [
        ("ftp://example.com/x", {}, "neither a webhook nor a mail address"),
        ("https:///swordfish", {}, "neither a webhook nor a mail address"),
        ("http://[swordfish", {}, "neither a webhook nor a mail address"),
        ("swordfish", {}, "neither a webhook nor a mail address"),
        ("mailto:", {"smtp_host": "x"}, "no list of mail addresses"),
        ("mailto:a@b%0aBcc:c@d", {"smtp_host": "x"}, "no list of mail addresses"),
        ("mailto:a@example.com?bcc=c@d", {"smtp_host": "x"}, "no list of mail addresses"),
        ("mailto:a@example.com", {}, "no mail server is named"),
        ("mailto:a@example.com", {"smtp_host": "x"}, "mail needs a sender"),
        ("mailto:a@example.com", {"smtp_host": "x", "smtp_user": "u@example.com"}, "there is no password"),
        (
            "mailto:a@example.com",
            {"smtp_host": "x", "smtp_user": "u@example.com", "smtp_security": "none"},
            "only sent over an encrypted connection",
        ),
    ],
)
def test_what_cannot_work_is_told_before_anything_is_read(
    url: str, given: dict[str, Any], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(mail.PASSWORD, raising=False)
    with pytest.raises(MsgcheckError, match=line) as caught:
        notifier(url, Notify.model_validate(given))
    assert caught.value.exit_code == 2
    assert "swordfish" not in str(caught.value)
