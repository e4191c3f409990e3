"""One HTTP request: bounded in time and size, TLS always verified, connected only to addresses that are allowed."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from msgcheck import __version__
from msgcheck.config import Web
from msgcheck.errors import FetchError
from msgcheck.sources.address import AddressGuard, guarded_pools

USER_AGENT = f"msgcheck/{__version__} (checks website copy for its owner)"
_CHUNK = 65536
_ACCEPT = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,application/xml;q=0.9,*/*;q=0.1"
#: Never copy, whatever reads it: not even downloaded.
_UNREAD = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/vnd.")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered to one request; header names are lower case. Redirects are answers like any other.

    `unchanged` says that the server confirmed what the cache holds.
    """

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    unchanged: bool = False

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """What the server declared, lower case, or empty."""
        declared = requests.utils.get_encoding_from_headers(self.headers) or ""
        return declared.lower() if "charset" in self.headers.get("content-type", "").lower() else ""

    @property
    def redirect(self) -> str:
        """Where a redirect leads, as the server wrote it; empty for other answers."""
        location = self.headers.get("location", "") if self.status in _REDIRECTS else ""
        return location.encode("latin-1", "replace").decode("utf-8", "replace")


class Client:
    """Sends requests over pooled connections; safe to share between threads.

    With `cache`, a folder, what servers can confirm (ETag, Last-Modified) is kept there and asked for conditionally.
    Without `proxied`, proxies that the environment names are not used: they would look up names again.
    """

    def __init__(
        self,
        settings: Web,
        guard: AddressGuard,
        *,
        cache: Path | None = None,
        connections: int = 4,
        proxied: bool = True,
    ) -> None:
        self._settings = settings
        self._proxied = proxied
        self._guard = guard
        self._session = _cached_session(cache) if cache else requests.Session()
        self._session.trust_env = False  # what the environment says is read once, below, not at every request
        self._session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        self._session.headers.update(
            {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Language": "en;q=1.0, *;q=0.5"}
        )
        adapter = _Adapter(settings, guard, connections)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def get(self, url: str) -> Fetched:
        """The answer to one GET. Raises FetchError in one line, with a hint, when there is none."""
        try:
            proxies = self._proxies(url)
            response = self._session.get(
                url, timeout=self._settings.timeout, allow_redirects=False, proxies=proxies, stream=True
            )
        except requests.exceptions.SSLError as error:
            message = f"{url}: its certificate cannot be trusted."
            raise FetchError(message, "msgcheck never reads a page without checking its certificate.") from error
        except requests.exceptions.Timeout as error:
            message = f"{url}: did not answer within {self._settings.timeout:g} s."
            raise FetchError(message, "Try again, or raise `web.timeout` in msgcheck.toml.") from error
        except requests.exceptions.ConnectionError as error:
            raise FetchError(f"{url}: cannot be reached.", "Check the address and your connection.") from error
        except (requests.exceptions.RequestException, ValueError) as error:
            raise FetchError(f"{url}: is not an address that can be fetched.", "Check its spelling.") from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        confirmed = bool(getattr(response, "revalidated", False))
        return Fetched(url, response.status_code, response.reason or "", headers, response.content or b"", confirmed)

    def _proxies(self, url: str) -> dict[str, str]:
        """The proxies of the environment; a proxy connects in our place, so the name is checked here."""
        if not self._proxied:
            return {}
        parts = urlsplit(url)
        proxies = _environment_proxies(f"{parts.scheme}://{parts.netloc}")
        if proxies:
            try:
                self._guard.addresses(parts.hostname or "", parts.port)
            except socket.gaierror:
                return proxies  # only the proxy knows the name
        return proxies

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@lru_cache(maxsize=256)
def _environment_proxies(origin: str) -> dict[str, str]:
    return {name: proxy for name, proxy in requests.utils.get_environ_proxies(origin).items() if proxy}


class _Adapter(HTTPAdapter):
    """Reads each body at once, within its limits: whoever gets a response gets all of it."""

    def __init__(self, settings: Web, guard: AddressGuard, connections: int) -> None:
        self._settings = settings
        self._guard = guard
        retry = Retry(total=2, backoff_factor=0.3, redirect=0, status=0, other=0, raise_on_status=False)
        super().__init__(pool_maxsize=connections, max_retries=retry)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = guarded_pools(self._guard)

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        response: requests.Response = super().build_response(req, resp)
        kind = response.headers.get("content-type", "").strip().lower()
        if kind.startswith(_UNREAD):
            response.close()
            body = b""
        else:
            body = self._body(response, req.url or "")
        response._content = body
        response._content_consumed = True  # type: ignore[attr-defined]
        return response

    def _body(self, response: requests.Response, url: str) -> bytes:
        """The timeout of requests holds for each packet alone; the deadline holds for the whole body."""
        chunks, size, deadline = [], 0, time.monotonic() + 3 * self._settings.timeout
        try:
            for chunk in response.iter_content(_CHUNK):
                size += len(chunk)
                if size > self._settings.max_bytes:
                    response.close()
                    message = f"{url}: is larger than {self._settings.max_bytes:,} bytes."
                    raise FetchError(message, "Raise `web.max_bytes` in msgcheck.toml if it is a page.")
                if time.monotonic() > deadline:
                    response.close()
                    raise FetchError(f"{url}: takes too long to send.", "Try again, or save the page as a file.")
                chunks.append(chunk)
        except requests.exceptions.RequestException as error:
            raise FetchError(f"{url}: broke off while it was read.", "Try again.") from error
        return b"".join(chunks)


def _cached_session(folder: Path) -> requests.Session:
    from msgcheck.sources.http_cache import cached_session

    return cached_session(folder)
