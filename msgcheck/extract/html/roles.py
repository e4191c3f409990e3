"""Name what each run of text is to a reader: heading, button, quote, list item."""

from __future__ import annotations

import re
from itertools import islice

from msgcheck.extract.html.buttons import is_button, is_stock
from msgcheck.extract.html.cut import Run
from msgcheck.extract.html.tree import Node, lineage
from msgcheck.extract.names import names

_BY_NAME = {
    "blockquote": "quote",
    "li": "list-item",
    "td": "table",
    "th": "table",
    "figcaption": "caption",
    "caption": "caption",
} | {f"h{level}": f"heading-{level}" for level in range(1, 7)}
_TESTIMONIAL = names("testimonial testimonials quote quotes blockquote")
_PLAIN_ID = re.compile(r"[A-Za-z][\w-]*")
_SELECTOR_DEPTH = 4


def role_of(run: Run) -> str:
    if run.zone.name != "copy":
        return run.zone.name
    if run.node.name == "img":
        return "alt"
    found = _from_ancestors(run.node)
    if run.link is None or found in ("quote", "table", "caption"):
        return found
    if is_stock(run.text.text, run.link):
        return "cta-stock"
    return "cta" if found in ("body", "list-item") and is_button(run.text.text) else found


def _from_ancestors(node: Node) -> str:
    for above in lineage(node):
        if role := _BY_NAME.get(above.name):
            return "quote" if role == "list-item" and _is_testimonial(above) else role
        if _is_testimonial(above):
            return "quote"
    return "body"


def _is_testimonial(node: Node) -> bool:
    return node.words < 150 and bool(node.tokens() & _TESTIMONIAL)


def selector_of(node: Node) -> str:
    """A CSS selector that leads a developer to the element: from the nearest id, or the last few tags."""
    path: list[str] = []
    for above in islice(lineage(node), _SELECTOR_DEPTH):
        if _PLAIN_ID.fullmatch(name := above.get("id")):
            return " ".join([f"#{name}", *path[-1:]])
        if above.name != "#document":
            path.insert(0, above.name)
    return " > ".join(path)
