"""One spelling for each address: normal form, without session ids and the marks that campaigns leave."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from url_normalize import url_normalize

#: Query parameters that say who came from where, never what the page shows.
_CAMPAIGN = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|_?hs(?:enc|mi|ctatracking|cta)|gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|li_fat_id"
    r"|yclid|igshid|mc_[ce]id|mkt_tok|_ga|_gl|vero_\w+|trk\w*",
    re.IGNORECASE,
)
_SESSION = re.compile(r"(?:php|asp(?:\.net_)?|j)?sess(?:ion)?_?id|cfid|cftoken|sid|zenid|oscsid", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?;]*|/\([SFX]\([^)/]*\)\)", re.IGNORECASE)
#: Most links are in normal form already, and this is far cheaper than taking them apart.
_NORMAL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*)*/?")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_LONGEST = 2000


def resolve(base: str, link: str) -> str:
    """The normal form of a link on the page at `base`; empty for what is no web page (mail, scripts, anchors)."""
    link = link.strip()
    if link.startswith("/") and not link.startswith("//"):
        base = base[: base.find("/", 8)] if base.find("/", 8) > 0 else base
    elif link.startswith(("http://", "https://")):
        base = ""
    return _resolve(base, link)


@lru_cache(maxsize=20_000)
def _resolve(base: str, link: str) -> str:
    if not link or link.startswith("#"):
        return ""
    try:
        return normalise(urljoin(base + "/" if base.count("/") == 2 else base, link))
    except ValueError:
        return ""


def normalise(url: str) -> str:
    """The one spelling of an http(s) URL, or empty where it is none. May raise ValueError for a broken one."""
    url = url.split("#", 1)[0]
    if len(url) > _LONGEST:
        return ""
    if _NORMAL.fullmatch(url) and not _SESSION_IN_PATH.search(url):
        return _with_path(url)
    if not url.lower().startswith(("http://", "https://")):
        return ""
    parts = urlsplit(url_normalize(url) or "")
    if not parts.hostname or "@" in parts.netloc or " " in parts.netloc:
        return ""
    netloc = parts.netloc.removesuffix(_DEFAULT_PORTS.get(parts.scheme, ""))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _is_noise(pair[0])))
    return urlunsplit((parts.scheme, netloc, _SESSION_IN_PATH.sub("", parts.path) or "/", query, ""))


def _with_path(url: str) -> str:
    scheme, rest = url.split("://", 1)
    netloc, _, path = rest.partition("/")
    return f"{scheme}://{netloc.removesuffix(_DEFAULT_PORTS[scheme])}/{path}"


def _is_noise(name: str) -> bool:
    return bool(_CAMPAIGN.fullmatch(name) or _SESSION.fullmatch(name))


def site_of(url: str) -> str:
    """The host of a URL with its port, `www.` aside: what counts as one site."""
    return urlsplit(url).netloc.lower().removeprefix("www.")
