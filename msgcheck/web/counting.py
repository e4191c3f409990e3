"""Counts the answers by their status."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from msgcheck.web.metrics import Metrics


class Counted:
    """Outermost: it sees what the others refuse, too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.requests.labels(str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, counted if scope["type"] == "http" else send)
