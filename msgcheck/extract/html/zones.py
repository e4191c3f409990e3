"""Tell a page's copy from its furniture: menus, footers, banners, forms, pop-ups and what is hidden for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgcheck.extract.html.scan import INLINE, Skeleton
from msgcheck.extract.html.tree import Node, lineage
from msgcheck.extract.names import names

#: What a part of the page is; `drop` is what no reader takes for part of this page.
ZoneName = Literal["copy", "nav", "footer", "legal", "cookie", "drop"]


@dataclass(frozen=True, slots=True)
class Zone:
    """What a part of the page is, and by what one sees it (empty for copy)."""

    name: ZoneName
    reason: str = ""


COPY = Zone("copy")

_COOKIE = names("cookie cookies cookiebot consent gdpr ccpa onetrust cookieconsent cookielaw")
_NAV = names(
    "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs crumb crumbs topbar",
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
#: Parts that a server streams after the page, and a script puts in their place.
_STREAMED = re.compile(r"S:\w+")
_LINES = names("h1 h2 h3 h4 h5 h6 p li")
#: Questions and titles of folded answers are shorter than this, in words. Chosen by reading pages.
_QUESTION_WORDS = 20
#: Names of what opens a pop-up, and is none.
_OPENER = names("open opener trigger button btn link toggle")
_ROLES: dict[str, Zone] = {
    "navigation": Zone("nav", "navigation"),
    "menu": Zone("nav", "menu"),
    "menubar": Zone("nav", "menu"),
    "contentinfo": Zone("footer", "page footer"),
    "search": Zone("drop", "search"),
    "dialog": Zone("drop", "dialog"),
    "alertdialog": Zone("drop", "dialog"),
}
#: Code, and the captions of fields to fill in.
_NO_COPY = {"pre": "code", "label": "label of a field", "legend": "label of a field"}
#: Elements that hold a part of a page.
_PARTS = names("div section aside ul ol table article form footer header")
_SECTIONS = names("main article section blockquote")


#: First words of a part that leads elsewhere or asks for an address.
_ELSEWHERE = re.compile(
    r"(?:(?:related|recommended|similar|latest|recent|more|popular|trending|featured|additional|further)(?: \w+)?"
    r" (?:content|posts?|articles?|news|blogs?|insights?|stories|resources?|reading|topics|pages|links|events?"
    r"|services)|from (?:our|the) blog|you (?:may|might|could) also\b.*|what.s (?:new|trending)\b.*|in the news"
    r"|resources|read next|(?:further|bedtime) reading|keep reading|share this\b.*|follow us\b.*"
    r"|leave a (?:reply|comment)|table of contents|on this page|in this article"
    r"|(?:subscribe|sign up) (?:to|for) (?:our|the) .*(?:newsletter|updates|blog)\b.*"
    r"|join our (?:newsletter|mailing list)\b.*|your (?:shopping )?cart\b.*)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\W*(?:contact(?: us)?(?: (?:now|today))?|get in touch(?: with us)?|let.s (?:connect|talk|chat))\W*", re.IGNORECASE
)
_LEGAL = re.compile(
    r"\W*(?:disclaimers?|footnotes?|legal (?:notices?|disclaimers?)|important information)\W*", re.IGNORECASE
)
#: Fewer words without a heading are a label, not the first line of a part. Chosen by reading.
_UNTITLED_WORDS = 12
#: A section on how to reach the company is shorter than this, in words; longer ones tell something. Chosen by reading.
_CONTACT_WORDS = 120


@dataclass(frozen=True, slots=True)
class Page:
    """What the zone of a node is judged by beside the node: the page's words, its texts, and the ids it opens."""

    words: int
    texts: Sequence[str]
    opened: frozenset[str]


def page_of(root: Node, skeleton: Skeleton, texts: Sequence[str]) -> Page:
    """The page below `root`; tabs and buttons that fold something out name its id."""
    opened = {
        name
        for attributes in skeleton.attributes
        if "aria-controls" in attributes and (attributes.get("role") == "tab" or "aria-expanded" in attributes)
        for name in attributes["aria-controls"].split()
    }
    return Page(root.words, texts, frozenset(opened))


def zone_of(node: Node, page: Page) -> Zone:
    """The zone that begins at a node of copy, or COPY. Large parts and the main heading are never furniture."""
    if reason := _NO_COPY.get(node.name):
        return Zone("drop", reason)
    if not node.attributes and node.name in INLINE:
        return COPY
    if node.name == "nav":
        return Zone("nav", "navigation")
    if node.heading == 1 or node.words * 2 > page.words:
        return COPY
    if _is_hidden(node) and not _is_opened(node, page):
        return Zone("drop", "hidden, and no panel that a reader opens")
    if role := _ROLES.get(node.get("role").lower()):
        return role
    if node.get("itemtype").endswith("/BreadcrumbList"):
        return Zone("nav", "breadcrumb")
    if node.name == "dialog":
        return Zone("drop", "dialog")
    for zone in (_by_name(node, page), _by_tokens(node, page), _by_content(node, page)):
        if zone is not COPY:
            return zone
    return COPY


def _is_hidden(node: Node) -> bool:
    if _STREAMED.fullmatch(node.get("id")):
        return False
    if "hidden" in node.attributes or _HIDDEN_STYLE.search(node.get("style")):
        return node.get("hidden") != "until-found"
    return node.get("aria-hidden") == "true" and not _is_all(node)


def _is_all(node: Node) -> bool:
    """Whether a heading or paragraph says nothing else: `aria-hidden` hides words from screen readers alone."""
    around = next((above for above in lineage(node) if above.name in _LINES), None)
    return around is not None and around.words == node.words > 1


def _is_opened(node: Node, page: Page) -> bool:
    """Whether a reader opens it: by its role or name, by a button that names it, or as one of several answers."""
    if node.get("role") == "tabpanel" or node.tokens() & _OPENED:
        return True
    if node.get("id") in page.opened and node.link_words * 2 < node.words:
        return True
    return _is_answer(node)


def _is_answer(node: Node) -> bool:
    """Whether it follows a short question or title, and its neighbours are built alike."""
    item = node.parent
    if item is None or item.parent is None:
        return False
    before = [other for other in item.first_nodes() if other is not node and other.words]
    if len(before) != 1 or not before[0].words < min(node.words, _QUESTION_WORDS):
        return False
    return (
        sum(other.name == item.name and other.get("class") == item.get("class") for other in item.parent.first_nodes())
        > 1
    )


def _by_name(node: Node, page: Page) -> Zone:
    if node.name == "footer" and not _in_section(node):
        return Zone("footer", "page footer")
    if node.name == "header" and node.links > 2 and not _in_section(node):
        return Zone("nav", "page header with links")
    if node.name == "form" and node.fields and node.words * 4 < page.words:
        return Zone("drop", "form to fill in")
    return COPY


def _by_tokens(node: Node, page: Page) -> Zone:
    tokens = node.tokens()
    if found := tokens & _COOKIE:
        return _named("cookie", found)
    if (found := tokens & _NAV) and node.link_words * 2 > node.words:
        return _named("nav", found)
    if (found := tokens & _FOOTER) and node.links > 4 and not _in_section(node):
        return _named("footer", found)
    if (found := tokens & _DROP) and not tokens & _OPENER and node.words * 5 < page.words:
        return _named("drop", found)
    return COPY


def _named(zone: ZoneName, found: frozenset[str]) -> Zone:
    return Zone(zone, f"named “{min(found)}”")


def _by_content(node: Node, page: Page) -> Zone:
    """What the words themselves tell, for pages whose markup names nothing."""
    if node.name not in _PARTS or node.first < 0:
        return COPY
    if node.rights and node.links > 5 and node.link_words * 2 > node.words:
        return Zone("footer", "links with a copyright notice")
    if _lists_links(node):
        return Zone("nav", "list of links")
    if node.words * 3 > page.words:
        return COPY
    if node.heading < 9 and node.words < _CONTACT_WORDS and _CONTACT.fullmatch(page.texts[node.first]):
        return Zone("drop", f"how to reach the company: “{page.texts[node.first]}”")
    if node.words > (_UNTITLED_WORDS if node.heading == 9 else len(page.texts[node.first].split())):
        if _ELSEWHERE.fullmatch(page.texts[node.first]):
            return Zone("drop", f"leads elsewhere: “{page.texts[node.first]}”")
        if _LEGAL.fullmatch(page.texts[node.first]):
            return Zone("legal", f"legal text: “{page.texts[node.first]}”")
    return COPY


def _lists_links(node: Node) -> bool:
    """Short links and next to nothing else."""
    if node.words >= node.links * 4 or node.longest >= 7:
        return False
    if node.links >= 12:
        return node.link_words * 10 >= node.words * 8
    return node.name in ("ul", "ol") and node.links >= 5 and node.link_words == node.words


def _in_section(node: Node) -> bool:
    return any(above.name in _SECTIONS for above in lineage(node) if above is not node)
