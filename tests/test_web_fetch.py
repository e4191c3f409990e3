"""Pages that users of the app name are fetched only from the public web, in whatever form an address comes."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from sites_http import Site, moved, page
from web_server import Serving, StandIn

from msgcheck.config import Web
from msgcheck.errors import FetchError
from msgcheck.projects import Home
from msgcheck.sources.address import PrivateAddressError
from msgcheck.sources.web import fetch_for_others
from msgcheck.web.worker import Desk

_ALLOWED = Web(allow_private=["127.0.0.1"])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "localhost",
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "[fd00::1]",
        "[fe80::1]",
    ],
)
def test_no_request_reaches_a_private_address(tmp_path: Path, host: str) -> None:
    with Site({"/": page()}) as site, Serving(tmp_path, StandIn(Desk(Home(tmp_path)).answer)) as serving:
        answer = requests.post(f"{serving.url}/api/v1/check", json={"url": f"http://{host}:{site.port}/"})
    error = answer.json()["error"]
    assert (answer.status_code, "private network" in error["message"], "allow_private" in error["hint"]) == (
        422,
        True,
        True,
    )
    assert site.requests == []


def test_an_allowed_host_is_read() -> None:
    with Site({"/": page(text="We sell bread.")}) as site:
        assert b"We sell bread." in fetch_for_others(f"{site.url}/", _ALLOWED).content


def test_a_redirect_from_an_allowed_host_to_another_private_one_is_refused() -> None:
    with Site({"/secret": page()}) as inner, Site({"/": moved(f"http://localhost:{inner.port}/secret")}) as outer:
        with pytest.raises(PrivateAddressError, match="a redirect leads into a private network"):
            fetch_for_others(f"{outer.url}/", _ALLOWED)
        assert inner.requests == []


def test_proxies_of_the_environment_do_not_look_names_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({}) as proxy, Site({"/": page()}) as site:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        fetch_for_others(f"{site.url}/", _ALLOWED)
        assert proxy.requests == []


def test_a_sitemap_is_no_page() -> None:
    listing = page()
    xml = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    pages = {"/": type(listing)(xml, headers={"Content-Type": "application/xml"})}
    with Site(pages) as site, pytest.raises(FetchError, match="is a sitemap"):
        fetch_for_others(f"{site.url}/", _ALLOWED)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.com/", "gopher://x", "//example.com", "http://", "http://a:b@example.com"],
)
def test_what_is_no_address_of_a_page_is_refused_at_once(tmp_path: Path, url: str) -> None:
    worker = StandIn()
    with Serving(tmp_path, worker) as serving:
        answer = requests.post(f"{serving.url}/api/v1/check", json={"url": url})
    assert (answer.status_code, worker.tasks) == (422, [])
