"""Tell a page's copy from its furniture: menus, footers, banners, pop-ups and what is hidden for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgcheck.extract.html.names import names
from msgcheck.extract.html.tree import Node, lineage

#: What a part of the page is; `drop` is what no reader takes for part of this page.
Zone = Literal["copy", "nav", "footer", "legal", "cookie", "drop"]

_COOKIE = names("cookie cookies cookiebot consent gdpr ccpa onetrust cookieconsent cookielaw")
_NAV = names(
    "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs topbar",
    "offcanvas pagination pager toc sidebar",
)
_FOOTER = names("footer colophon")
_DROP = names(
    "modal popup popups lightbox newsletter related share sharing social", "toast captcha recaptcha skiplink comments"
)
#: Panels that a reader opens: hidden at first, and copy all the same.
_OPENED = names(
    "tab tabs panel tabpanel accordion collapse collapsible collapsed faq faqs toggle slide slider carousel swiper",
    "answer content expand expandable details",
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES: dict[str, Zone] = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "contentinfo": "footer",
    "search": "drop",
    "dialog": "drop",
    "alertdialog": "drop",
}
#: Code, and the captions of fields to fill in.
_NO_COPY = frozenset({"pre", "label", "legend"})
#: Elements that hold a part of a page.
_PARTS = names("div section aside ul ol table article form footer header")
_SECTIONS = names("main article section blockquote")


#: First words of a part that leads elsewhere or asks for an address.
_ELSEWHERE = re.compile(
    r"(?:(?:related|recommended|similar|latest|recent|more|popular|trending)(?: \w+)? (?:content|posts?|articles?|news"
    r"|blogs?|insights?|stories|resources?|reading|topics|pages|links|events?|services)|from (?:our|the) blog"
    r"|you (?:may|might|could) also\b.*|what.s (?:new|trending)\b.*|in the news|read next|(?:further|bedtime) reading"
    r"|keep reading|share this\b.*|follow us\b.*|leave a (?:reply|comment)|table of contents|on this page"
    r"|in this article|(?:subscribe|sign up) (?:to|for) (?:our|the) .*(?:newsletter|updates|blog)\b.*"
    r"|join our (?:newsletter|mailing list)\b.*|your (?:shopping )?cart\b.*)",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\W*(?:disclaimers?|footnotes?|legal (?:notices?|disclaimers?)|important information)\W*", re.IGNORECASE
)


def zone_of(node: Node, page_words: int, texts: Sequence[str]) -> Zone:
    """The zone that begins at a node of copy, or `copy`. Large parts and the main heading are never furniture."""
    if node.name in _NO_COPY:
        return "drop"
    if node.name == "nav":
        return "nav"
    if node.heading == 1 or node.words * 2 > page_words:
        return "copy"
    if _hidden(node):
        return "drop"
    if role := _ROLES.get(node.get("role").lower()):
        return role
    if node.name == "dialog":
        return "drop"
    for zone in (_by_name(node), _by_tokens(node, page_words), _by_content(node, page_words, texts)):
        if zone != "copy":
            return zone
    return "copy"


def _hidden(node: Node) -> bool:
    if re.fullmatch(r"S:\w+", node.get("id")):
        return False
    if not (
        "hidden" in node.attributes or _HIDDEN_STYLE.search(node.get("style")) or node.get("aria-hidden") == "true"
    ):
        return False
    return node.get("role") != "tabpanel" and not node.tokens() & _OPENED


def _by_name(node: Node) -> Zone:
    if node.name == "footer" and not _in_section(node):
        return "footer"
    if node.name == "header" and node.links > 2 and not _in_section(node):
        return "nav"
    return "copy"


def _by_tokens(node: Node, page_words: int) -> Zone:
    tokens = node.tokens()
    if tokens & _COOKIE:
        return "cookie"
    if tokens & _NAV and node.link_words * 2 > node.words:
        return "nav"
    if tokens & _FOOTER and node.links > 4 and not _in_section(node):
        return "footer"
    if tokens & _DROP and node.words * 5 < page_words:
        return "drop"
    return "copy"


def _by_content(node: Node, page_words: int, texts: Sequence[str]) -> Zone:
    """What the words themselves tell, for pages whose markup names nothing."""
    if node.name not in _PARTS or node.first < 0:
        return "copy"
    if node.rights and node.links > 5 and node.link_words * 2 > node.words:
        return "footer"
    if node.links >= 12 and node.link_words * 10 >= node.words * 8 and node.words < node.links * 4 and node.longest < 7:
        return "nav"
    if node.words * 3 < page_words and node.words > 12:
        if _ELSEWHERE.fullmatch(texts[node.first]):
            return "drop"
        if _LEGAL.fullmatch(texts[node.first]):
            return "legal"
    return "copy"


def _in_section(node: Node) -> bool:
    return any(above.name in _SECTIONS for above in lineage(node) if above is not node)
