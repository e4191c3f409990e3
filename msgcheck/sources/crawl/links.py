"""What a page says about itself and where it leads: links, canonical address, robots, other languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from msgcheck.sources.urls import resolve


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses are in normal form. `links` are those that may be followed, in the order of the page.

    `foreign` are versions of the page for readers elsewhere: other languages, other countries of the same one.
    """

    links: tuple[str, ...] = ()
    unfollowed: tuple[str, ...] = ()
    canonical: str = ""
    foreign: tuple[str, ...] = ()
    noindex: bool = False
    nofollow: bool = False


def read_links(content: bytes, url: str, *, charset: str = "", header: str = "") -> PageLinks:
    """Read a page's links; `header` is its X-Robots-Tag. Whatever cannot be parsed has no links."""
    try:
        root = etree.fromstring(content, etree.HTMLParser(encoding=charset or None, huge_tree=True))
    except (etree.XMLSyntaxError, LookupError, ValueError):
        root = None
    if root is None:
        return PageLinks(noindex="noindex" in directives(header), nofollow="nofollow" in directives(header))
    head = _Head(url, root)
    found = directives(header) | head.robots
    links, unfollowed = _anchors(root, head.base)
    own, foreign = _versions(head.alternates, url)
    return PageLinks(
        tuple(dict.fromkeys((*head.moves, *own, *links))),
        tuple(dict.fromkeys(unfollowed)),
        head.canonical,
        foreign,
        noindex="noindex" in found,
        nofollow="nofollow" in found,
    )


def directives(text: str) -> frozenset[str]:
    """The robots directives in a meta tag or header that are meant for everyone (or for msgcheck)."""
    words = {part.strip().lower() for part in text.split(",")}
    words |= {word.removeprefix("msgcheck:").strip() for word in words if word.startswith("msgcheck:")}
    return frozenset(words | {"noindex", "nofollow"} if "none" in words else words)


class _Head:
    """The elements that speak about the page as a whole."""

    def __init__(self, url: str, root: etree._Element) -> None:
        self.base = url
        self.canonical = ""
        self.alternates: list[tuple[str, str]] = []
        self.moves: list[str] = []
        self.robots: frozenset[str] = frozenset()
        base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
        if base and (resolved := resolve(url, base)):
            self.base = resolved
        for element in root.iter("link", "meta"):
            self._link(element) if element.tag == "link" else self._meta(element)

    def _link(self, element: etree._Element) -> None:
        target = resolve(self.base, element.get("href") or "")
        relations = (element.get("rel") or "").lower().split()
        if not target:
            return
        if "canonical" in relations:
            self.canonical = self.canonical or target
        elif "alternate" in relations and element.get("hreflang"):
            self.alternates.append((element.get("hreflang").strip().lower(), target))
        elif "next" in relations:
            self.moves.append(target)

    def _meta(self, element: etree._Element) -> None:
        content = element.get("content") or ""
        if (element.get("name") or "").lower() in ("robots", "msgcheck"):
            self.robots |= directives(content)
        elif (element.get("http-equiv") or "").lower() == "refresh":
            _, _, target = content.partition("=")
            if resolved := resolve(self.base, target.strip(" '\"")):
                self.moves.append(resolved)


def _anchors(root: etree._Element, base: str) -> tuple[list[str], list[str]]:
    links: list[str] = []
    unfollowed: list[str] = []
    for href, followed in _hrefs(root):
        if resolved := resolve(base, href):
            (links if followed else unfollowed).append(resolved)
    return links, unfollowed


def _hrefs(root: etree._Element) -> Iterator[tuple[str, bool]]:
    for element in root.iter("a", "area"):
        href = element.get("href")
        if href and element.get("download") is None:
            yield href, "nofollow" not in (element.get("rel") or "").lower()


def _versions(alternates: list[tuple[str, str]], url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The versions of a page to read (hreflang): itself if it is English, else the first English one; not the rest."""
    english = [target for code, target in alternates if code.split("-")[0] == "en"]
    own = (url,) if url in english else tuple(english[:1])
    kept = {*own, url, *(target for code, target in alternates if code == "x-default")}
    return own, tuple(dict.fromkeys(target for _, target in alternates if target not in kept))
