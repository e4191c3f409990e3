"""How large a request may be and how long it may take to arrive, whatever its headers say."""

from __future__ import annotations

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from msgcheck.web.security.answers import refusal


class _RefusedError(Exception):
    def __init__(self, status: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint


class BoundedBodies:
    """Counts what arrives: chunked bodies have no announced size, and slow ones hold a connection."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if _announced(scope) > self._most:
                raise self._too_large()
            await self._app(scope, self._bounded(receive), watched)
        except _RefusedError as error:
            if begun:
                raise
            # The rest of the body is not wanted: the connection ends with the answer.
            answer = refusal(error.status, error.message, error.hint, {"Connection": "close"})
            await answer(scope, receive, send)

    def _bounded(self, receive: Receive) -> Receive:
        size, whole, deadline = 0, False, time.monotonic() + self._seconds

        async def bounded() -> Message:
            nonlocal size, whole
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, deadline - time.monotonic()))
            except TimeoutError as error:
                raise _RefusedError(408, "The request took too long to arrive.", "Send it in one go.") from error
            size += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if size > self._most:
                raise self._too_large()
            return message

        return bounded

    def _too_large(self) -> _RefusedError:
        megabytes = self._most / 1_000_000
        return _RefusedError(413, f"That is more than {megabytes:g} MB.", "Send the page itself, without pictures.")


def _announced(scope: Scope) -> int:
    found = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(found) if found.isdigit() else 0
