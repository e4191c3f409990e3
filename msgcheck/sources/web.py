"""Fetch one page, or draw it in a browser: what a server refuses comes as one clear line."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from msgcheck.config import Web
from msgcheck.errors import FetchError
from msgcheck.model import RawDocument
from msgcheck.sources.address import AddressGuard, PrivateAddressError
from msgcheck.sources.client import Client, Fetched
from msgcheck.sources.pace import Pace
from msgcheck.sources.sitemap import is_sitemap

_MAX_REDIRECTS = 8
#: A single page is waited for by someone.
_LONGEST_WAIT = 10.0
_READABLE = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml"}
)


def fetch(url: str, settings: Web, *, render: bool = False) -> RawDocument:
    """Fetch a page (or a sitemap). Raises FetchError in one line, with a hint, when it cannot be had.

    A host that the user names may be private (a preview server); a redirect from elsewhere to one is refused.
    """
    with Client(settings, AddressGuard([urlsplit(url).hostname or ""])) as client:
        return _fetched(client, url, settings, render=render)


def fetch_for_others(url: str, settings: Web) -> RawDocument:
    """Fetch a page for somebody who uses this machine from elsewhere: private are only hosts of `web.allow_private`."""
    with Client(settings, AddressGuard(settings.allow_private), proxied=False) as client:
        try:
            found = _fetched(client, url, settings, render=False)
        except PrivateAddressError as error:
            hint = "Whoever runs this server may allow its host: `[web] allow_private` in msgcheck.toml."
            raise PrivateAddressError(error.message, hint) from error
    if is_sitemap(found.content):
        raise FetchError(f"{url}: is a sitemap, not a page.", "Name one of the pages that it lists.")
    return found


def _fetched(client: Client, url: str, settings: Web, *, render: bool) -> RawDocument:
    answer = _followed(client, url)
    if answer.status >= 400:
        raise refusal(url, answer)
    listing = is_sitemap(answer.content)
    if not is_readable(answer) and not listing:
        raise FetchError(f"{url}: is {answer.media_type}, not a page.", "Name an HTML, Markdown or text page.")
    if render and not listing:
        from msgcheck.sources.render import Renderer

        with Renderer(client, settings) as renderer:
            answer = renderer.draw(answer)
    name = urlsplit(answer.url).path.rsplit("/", 1)[-1]
    return RawDocument(url, url, name, answer.content, answer.media_type, answer.charset)


def _followed(client: Client, url: str) -> Fetched:
    pace, where = Pace(1, 0.0), url
    for hop in range(_MAX_REDIRECTS + 1):
        try:
            answer = pace.patiently(client.get, where, longest=_LONGEST_WAIT)
        except PrivateAddressError as error:
            message = f"{where}: a redirect leads into a private network."
            raise (PrivateAddressError(message, error.hint) if hop else error) from error
        if not answer.redirect:
            return answer
        where = urljoin(where, answer.redirect)
        if urlsplit(where).scheme not in ("http", "https") or not urlsplit(where).hostname:
            raise FetchError(f"{where}: a redirect leads to no web page.", "Name the page itself.")
    raise FetchError(f"{url}: redirects more than {_MAX_REDIRECTS} times.", "Name the page that it leads to.")


def is_readable(answer: Fetched) -> bool:
    """Whether an answer says that it is of a type that can be a page."""
    return answer.media_type in _READABLE


def refusal(url: str, answer: Fetched) -> FetchError:
    """What an error status means, in one line."""
    message = f"{url}: the server answered {answer.status} {answer.reason}".rstrip() + "."
    return FetchError(message, _status_hint(answer.status))


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
