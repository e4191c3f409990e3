"""Sitemaps and sitemap indexes (sitemaps.org), plain or gzipped."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from msgcheck.sources.urls import resolve

#: The protocol's own limits for one file.
_MOST_URLS = 50_000
_MAX_BYTES = 52_428_800
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>]")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap lists, or the sitemaps that an index lists."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def is_sitemap(content: bytes) -> bool:
    """Whether the content is a sitemap, whatever its name and declared type."""
    if content.startswith(_GZIP):
        content = _unpacked(content, 4096)
    return b"<html" not in content[:2048].lower() and _ROOT.search(content[:4096]) is not None


def read_sitemap(content: bytes, url: str) -> Sitemap:
    """Read what is well formed of a sitemap; addresses come in normal form."""
    if content.startswith(_GZIP):
        content = _unpacked(content, _MAX_BYTES)
    pages: dict[str, None] = {}
    sitemaps: dict[str, None] = {}
    for kind, text in _locations(content):
        found = resolve(url, text)
        if found:
            (pages if kind == "url" else sitemaps)[found] = None
        if len(pages) + len(sitemaps) >= _MOST_URLS:
            break
    return Sitemap(tuple(pages), tuple(sitemaps))


def _locations(content: bytes) -> Iterator[tuple[str, str]]:
    events = etree.iterparse(
        BytesIO(content), events=("end",), resolve_entities=False, no_network=True, recover=True, load_dtd=False
    )
    try:
        for _, element in events:
            kind = _name(element)
            if kind not in ("url", "sitemap"):
                continue
            for child in element:
                if _name(child) == "loc" and child.text:
                    yield kind, child.text
            element.clear()
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    """Without its name space, which may be no valid one; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _unpacked(content: bytes, limit: int) -> bytes:
    """At most `limit` bytes: a small archive may hold terabytes."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, limit)
    except zlib.error:
        return b""
