"""Fetch one page: bounded in time, size and redirects, with TLS always verified."""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from msgcheck import __version__
from msgcheck.config import Web
from msgcheck.errors import FetchError
from msgcheck.model import RawDocument

_MAX_REDIRECTS = 8
_CHUNK = 65536
_READABLE = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml"})


def fetch(url: str, settings: Web) -> RawDocument:
    """Fetch a page. Raises FetchError in one line, with a hint, when it cannot be had.

    A host that the user names may be private (a preview server); a redirect from elsewhere to one is refused.
    """
    with _session() as session:
        named = urlsplit(url).hostname or ""
        where = url
        for _ in range(_MAX_REDIRECTS + 1):
            response = _get(session, where, settings)
            with response:
                target = response.headers.get("location", "")
                if not (response.is_redirect and target):
                    return _document(url, where, response, settings)
                where = urljoin(where, target)
                _refuse_private(where, named)
    raise FetchError(f"{url}: redirects more than {_MAX_REDIRECTS} times.", "Name the page that it leads to.")


def _session() -> requests.Session:
    session = requests.Session()
    retry = Retry(total=2, backoff_factor=0.3, status_forcelist=(502, 503, 504), redirect=0, raise_on_status=False)
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=2, connect=0, backoff_factor=0.3, redirect=0)))
    session.headers["User-Agent"] = f"msgcheck/{__version__} (reads one page for its owner)"
    session.headers["Accept"] = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1"
    return session


def _get(session: requests.Session, url: str, settings: Web) -> requests.Response:
    try:
        return session.get(url, timeout=settings.timeout, stream=True, allow_redirects=False)
    except requests.exceptions.SSLError as error:
        message = f"{url}: its certificate cannot be trusted."
        raise FetchError(message, "msgcheck never reads a page without checking its certificate.") from error
    except requests.exceptions.Timeout as error:
        message = f"{url}: did not answer within {settings.timeout:g} s."
        raise FetchError(message, "Try again, or raise `web.timeout` in msgcheck.toml.") from error
    except requests.exceptions.ConnectionError as error:
        raise FetchError(f"{url}: cannot be reached.", "Check the address and your connection.") from error
    except (requests.exceptions.RequestException, ValueError) as error:
        raise FetchError(f"{url}: is not an address that can be fetched.", "Check its spelling.") from error


def _document(url: str, where: str, response: requests.Response, settings: Web) -> RawDocument:
    if response.status_code >= 400:
        message = f"{url}: the server answered {response.status_code} {response.reason or ''}".rstrip() + "."
        raise FetchError(message, _status_hint(response.status_code))
    declared = requests.utils.get_encoding_from_headers(response.headers) or ""
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in _READABLE:
        raise FetchError(f"{url}: is {media_type}, not a page.", "Name an HTML, Markdown or text page.")
    charset = declared.lower() if "charset" in response.headers.get("content-type", "").lower() else ""
    name = urlsplit(where).path.rsplit("/", 1)[-1]
    return RawDocument(url, url, name, _body(url, response, settings), media_type, charset)


def _body(url: str, response: requests.Response, settings: Web) -> bytes:
    """The body, read while it is within its size and time; the timeout of requests holds for each packet alone."""
    chunks, size, deadline = [], 0, time.monotonic() + 3 * settings.timeout
    try:
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            if size > settings.max_bytes:
                message = f"{url}: is larger than {settings.max_bytes:,} bytes."
                raise FetchError(message, "Raise `web.max_bytes` in msgcheck.toml if it is a page.")
            if time.monotonic() > deadline:
                raise FetchError(f"{url}: takes too long to send.", "Try again, or save the page and name the file.")
            chunks.append(chunk)
    except requests.exceptions.RequestException as error:
        raise FetchError(f"{url}: broke off while it was read.", "Try again.") from error
    return b"".join(chunks)


def _status_hint(status: int) -> str:
    match status:
        case 404 | 410:
            return "Check the address in a browser."
        case 401 | 403:
            return "The page wants a login or refuses programs; save it from a browser and name the file."
        case 429:
            return "The server asks for patience; try again later."
        case _:
            return "Try again later, or save the page from a browser and name the file."


def _refuse_private(url: str, named: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: a redirect leads to no web page.", "Name the page itself.")
    if parts.hostname != named and _is_private(parts.hostname):
        raise FetchError(
            f"{url}: a redirect leads into a private network.", "Name that address itself if you trust it."
        )


def _is_private(host: str) -> bool:
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(address).split("%")[0]).is_global for address in found)
