"""Runs the app with uvicorn until somebody stops it."""

from __future__ import annotations

import asyncio
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from msgcheck.web.app import create_app
from msgcheck.web.protocol import impatient
from msgcheck.web.services import Services
from msgcheck.web.settings import ServeSettings

#: Connections beyond it are answered 503 at once.
_CONNECTIONS = 500


class Server(uvicorn.Server):
    """Ends the streams of progress as soon as it is told to stop: browsers would keep them open for good."""

    def __init__(self, app: FastAPI, settings: ServeSettings, host: str, port: int) -> None:
        limits = settings.limits
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=impatient(limits.header_seconds),
                ws="none",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=_CONNECTIONS,
                timeout_keep_alive=int(limits.header_seconds),
                timeout_graceful_shutdown=int(limits.grace_seconds) + 1,
            )
        )
        self._services: Services = app.state.services
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop in good order, and at once the second time. Unlike uvicorn's own, it does not raise the signal again
        at the end: to be told to stop is no failure."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._services.jobs.refuse)
        self.force_exit = self.should_exit
        self.should_exit = True


def serve(settings: ServeSettings, host: str, port: int) -> None:
    """Serve until a signal says stop."""
    Server(create_app(settings), settings, host, port).run()
