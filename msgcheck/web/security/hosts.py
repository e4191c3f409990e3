"""Under which names the server answers: a page elsewhere whose name leads here by DNS gets nothing."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from msgcheck.web.security.answers import refusal


class KnownHosts:
    """Refuses requests for other hosts than `localhost`, plain addresses, and `names`.

    DNS rebinding needs a name: a browser that asks for an address by its number was told that number.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(("localhost", *(name.lower() for name in names)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._knows(_hosts(scope)):
            hint = "If it is the server's name, start it with --name."
            await refusal(421, "This server does not answer under that host name.", hint)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name = host_name(hosts[0])
        return name in self._names or _is_address(name)


def _hosts(scope: Scope) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]


def host_name(host: str) -> str:
    """The name of a Host header, without its port; brackets stay around IPv6."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
