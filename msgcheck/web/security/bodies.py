"""How large a request may be and how long it may take to arrive, whatever its headers say."""

from __future__ import annotations

import asyncio
import time

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from msgcheck.web.security.answers import refusal


class BoundedBodies:
    """Counts what arrives: chunked bodies have no announced size, and slow ones hold a connection."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _announced(scope) > self._most:
            await _too_large(self._most)(scope, receive, send)
        else:
            body = _Body(receive, self._most, self._seconds)
            await self._app(scope, body.receive, _Instead(body, scope, receive, send).send)


class _BrokenOffError(Exception):
    """The rest of the body is not read; whoever wanted it cannot go on."""


class _Body:
    """A body that breaks off where it is too large or too slow; `refused` then says so."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self.refused: Response | None = None
        self._receive = receive
        self._most = most
        self._deadline = time.monotonic() + seconds
        self._size = 0
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._deadline - time.monotonic()))
        except TimeoutError as error:
            self.refused = _refusal(408, "The request took too long to arrive.", "Send it in one go.")
            raise _BrokenOffError from error
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._most:
            self.refused = _too_large(self._most)
            raise _BrokenOffError
        return message


class _Instead:
    """Sends what the app answers, but the refusal of its body in the place of whatever the app makes of that."""

    def __init__(self, body: _Body, scope: Scope, receive: Receive, send: Send) -> None:
        self._body = body
        self._connection = (scope, receive, send)
        self._send = send
        self._begun = False
        self._ended = False

    async def send(self, message: Message) -> None:
        if self._body.refused is not None and not self._begun:
            self._ended = True
            self._begun = True
            await self._body.refused(*self._connection)
        elif not self._ended:
            self._begun = True
            await self._send(message)


def _too_large(most: int) -> Response:
    return _refusal(413, f"That is more than {most / 1_000_000:g} MB.", "Send the page itself, without pictures.")


def _refusal(status: int, message: str, hint: str) -> Response:
    """The rest of the body is not wanted: the connection ends with the answer."""
    return refusal(status, message, hint, {"Connection": "close"})


def _announced(scope: Scope) -> int:
    found = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(found) if found.isdigit() else 0
