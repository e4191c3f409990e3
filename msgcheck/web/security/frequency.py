"""Requests of one client are bounded, before anything is done for them."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from msgcheck.web.security.answers import refusal
from msgcheck.web.security.identity import Identity
from msgcheck.web.security.rates import Rate


class BoundedFrequency:
    """Answers 429 to a client that asks more often than `rate` allows."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self._app = app
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            identity: Identity = scope["msgcheck.identity"]
            if wait := self._rate.wait(identity.client_key):
                headers = {"Retry-After": str(round(wait) + 1)}
                answer = refusal(429, "Too many requests from you in a minute.", "Wait a moment.", headers)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
