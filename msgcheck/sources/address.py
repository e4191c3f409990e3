"""Which addresses may be connected to: public ones, and hosts inside a private network that the user named."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError

from msgcheck.errors import FetchError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: IPv6 addresses that carry an IPv4 address for a translator in their last 32 bits (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(FetchError):
    """A name leads into a private network that the user did not name."""


class AddressGuard:
    """Resolves names, and refuses those that lead into a private network.

    A host that the user named may be private, but only if it was so when it was first looked up: a public name that
    later resolves to a private address is an attack (DNS rebinding).
    """

    def __init__(self, named: Iterable[str]) -> None:
        self._named = frozenset(host.lower() for host in named)
        self._trusted: dict[str, bool] = {}
        self._lock = threading.Lock()

    def addresses(self, host: str, port: int | None) -> list[str]:
        """The addresses of a host, each fit to be connected to as it stands.

        Raises PrivateAddressError, and socket.gaierror where the name is not known.
        """
        host = host.strip("[]").lower()
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        private = any(not is_public(address) for address in addresses)
        if private and not self._trusts(host):
            message = f"{host}: is an address in a private network."
            raise PrivateAddressError(message, "Name that address itself if you trust it.")
        if not private:
            with self._lock:
                self._trusted.setdefault(host, False)
        return addresses

    def _trusts(self, host: str) -> bool:
        with self._lock:
            return self._trusted.setdefault(host, host in self._named)


def is_public(address: str) -> bool:
    """Whether an IP address can be reached from everywhere; looks through IPv4 inside IPv6."""
    found: _Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = _embedded(found)
    return found.is_global and not found.is_multicast


def _embedded(address: ipaddress.IPv6Address) -> _Address:
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def guarded_pools(guard: AddressGuard) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools for urllib3, by scheme, that connect only to addresses the guard has checked."""

    class Guarded(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            name = self._dns_host
            try:
                addresses = guard.addresses(name, self.port)
            except socket.gaierror as error:
                raise NameResolutionError(self.host, self, error) from error
            try:
                return self._first(addresses)
            finally:
                self._dns_host = name

        def _first(self, addresses: list[str]) -> socket.socket:
            """The address itself stands in for the name while connecting: the name is not looked up again."""
            failure: NewConnectionError | None = None
            for address in addresses:
                self._dns_host = address
                try:
                    return super()._new_conn()
                except NewConnectionError as error:
                    failure = error
            raise failure or NewConnectionError(self, "no address")

    class GuardedTLS(Guarded, HTTPSConnection):
        pass

    class Pool(HTTPConnectionPool):
        ConnectionCls = Guarded

    class PoolTLS(HTTPSConnectionPool):
        ConnectionCls = GuardedTLS

    return {"http": Pool, "https": PoolTLS}
