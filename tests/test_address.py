"""No request goes into a private network that nobody named, in whatever form its address comes."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest
from sites_http import Site, moved, page

from msgcheck.config import Web
from msgcheck.errors import FetchError
from msgcheck.sources.address import AddressGuard, PrivateAddressError, is_public
from msgcheck.sources.client import Client
from msgcheck.sources.web import fetch

#: Made for these tests: self-signed, for localhost.
CERTIFICATE = Path(__file__).parent / "certificates" / "localhost.pem"
PRIVATE = ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_private_addresses_are_private_whatever_carries_them(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_no_form_of_a_private_address_is_connected_to(host: str) -> None:
    with Site({"/": page()}) as site, Client(Web(), AddressGuard(["example.com"])) as client:
        with pytest.raises(FetchError):
            client.get(f"http://{host}:{site.port}/")
        assert site.requests == []


def test_a_host_that_was_named_may_be_private() -> None:
    with Site({"/": page()}) as site, Client(Web(), AddressGuard(["localhost"])) as client:
        assert client.get(f"http://localhost:{site.port}/").status == 200


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """The name server of an attacker: another answer each time."""
    following = iter(answers)
    real = socket.getaddrinfo

    def answer(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        return real(next(following) if host == "site.example" else host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_a_public_name_that_turns_private_is_refused_even_if_it_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.215.14", "127.0.0.1")
    guard = AddressGuard(["site.example"])
    assert guard.addresses("site.example", 80) == ["93.184.215.14"]
    with pytest.raises(PrivateAddressError):
        guard.addresses("site.example", 80)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({"/": page()}) as site, Site({"/": page()}, "127.0.0.2") as other:
        # A second look-up would give the other server; there is none.
        resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
        with Client(Web(), AddressGuard(["site.example"])) as client:
            assert client.get(f"http://site.example:{site.port}/").status == 200
        assert (len(site.requests), len(other.requests)) == (1, 0)
        assert site.requests[0][1]["host"] == f"site.example:{site.port}"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:1/", "http://2130706434/", "http://[::ffff:127.0.0.2]/", "http://[::1]/"]
)
def test_a_redirect_into_a_private_network_is_refused(target: str) -> None:
    with Site({"/": moved(target)}) as site, pytest.raises(FetchError, match="a redirect leads into a private network"):
        fetch(f"{site.url}/", Web())


def test_a_proxy_of_the_environment_is_not_asked_for_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({}) as proxy, Client(Web(), AddressGuard(["example.com"])) as client:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with pytest.raises(PrivateAddressError):
            client.get("http://10.0.0.1/")
        assert proxy.requests == []
        assert client.get("http://nobody.invalid/page").status == 404
        assert [path for path, _ in proxy.requests] == ["http://nobody.invalid/page"]


def test_a_certificate_that_nobody_vouches_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_over_tls, args=(server, context), daemon=True).start()
        url = f"https://localhost:{server.getsockname()[1]}/"
        with pytest.raises(FetchError, match="certificate cannot be trusted"):
            fetch(url, Web())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        assert fetch(url, Web()).content == b"ok"


def answer_over_tls(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            plain, _ = server.accept()
            with context.wrap_socket(plain, server_side=True) as connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        except ssl.SSLError:
            continue
        except OSError:
            return
