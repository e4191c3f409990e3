"""What a page says about itself outside its body: title, description, and the names it goes by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgcheck.extract.folding import Folded, Folder, Lines, plain
from msgcheck.extract.html.scan import Skeleton, Stretch
from msgcheck.extract.html.tree import Node

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
#: What stands between a page's topic and the name of its site in a title.
_TITLE_PARTS = re.compile(r"\s+[|–—·:»•-]\s+|\s*[|»•]\s*")
_NAMED_TYPES = frozenset({"Organization", "Corporation", "WebSite", "Product", "SoftwareApplication", "WebApplication"})
#: A name of more words is a slogan.
_NAME_WORDS = 4


def title_of(root: Node, source: str, skeleton: Skeleton, lines: Lines) -> Folded | None:
    """The text of the page's `<title>`."""
    node = next((node for node in head_nodes(root) if node.name == "title"), None)
    if node is None:
        return None
    folder = Folder()
    for child in node.children:
        if isinstance(child, int) and child >= 0:
            stretch = skeleton.stretches[child]
            folder.add_markup(source, stretch.start, stretch.end)
    return folder.finish(lines) if folder else None


def description_of(root: Node, source: str, skeleton: Skeleton, lines: Lines) -> Folded | None:
    """The description that search engines and shared links show."""
    contents = _contents(root, skeleton)
    stretch = next((contents[name] for name in _DESCRIPTIONS if name in contents), None)
    if stretch is None:
        return None
    folder = Folder()
    folder.add_markup(source, stretch.start, stretch.end)
    return folder.finish(lines) if folder else None


def names_of(root: Node, title: str, source: str, skeleton: Skeleton) -> tuple[str, ...]:
    """The names that the page's metadata gives the company or product, surest first."""
    contents = _contents(root, skeleton)
    keys = [key for key in ("og:site_name", "application-name", "apple-mobile-web-app-title") if key in contents]
    found = [plain(source[contents[key].start : contents[key].end]) for key in keys]
    for script in skeleton.scripts:
        text = source[script.start : script.end]
        if "ld+json" in text[:200]:
            found += _names_in_json(text[text.find(">") + 1 :])
    parts = _TITLE_PARTS.split(title)
    if len(parts) > 1:
        found.append(parts[-1])
    short = (name.strip() for name in found)
    return tuple(dict.fromkeys(name for name in short if name and len(name.split()) <= _NAME_WORDS))


def head_nodes(root: Node) -> Iterator[Node]:
    """Titles and metas, wherever broken markup has put them, in order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.name in ("title", "meta"):
            yield node
        stack += reversed(node.nodes())


def _contents(root: Node, skeleton: Skeleton) -> dict[str, Stretch]:
    found: dict[str, Stretch] = {}
    for node in head_nodes(root):
        key = (node.get("name") or node.get("property")).lower()
        number = node.get("content").rstrip(";")
        if node.name == "meta" and key and number.isdigit():
            found.setdefault(key, skeleton.stretches[int(number)])
    return found


def _names_in_json(text: str) -> list[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    items = [item for entry in _entries(data) for item in _entries(entry.get("@graph", entry))]
    return [str(item["name"]) for item in items if _types(item) & _NAMED_TYPES and isinstance(item.get("name"), str)]


def _entries(data: object) -> list[dict[str, object]]:
    return [entry for entry in (data if isinstance(data, list) else [data]) if isinstance(entry, dict)]


def _types(item: dict[str, object]) -> set[str]:
    types = item.get("@type")
    return {str(name) for name in types} if isinstance(types, list) else {str(types)}
