"""What a page says about itself outside its body: title, description, and the names it goes by."""

from __future__ import annotations

import json
import re

from msgcheck.extract.folding import Folded, Folder, Lines, plain
from msgcheck.extract.html.scan import Skeleton, Stretch

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
#: What stands between a page's topic and the name of its site in a title.
_TITLE_PARTS = re.compile(r"\s+[|–—·:»•-]\s+|\s*[|»•]\s*")
_NAMED_TYPES = frozenset({"Organization", "Corporation", "WebSite", "Product", "SoftwareApplication", "WebApplication"})
#: A name of more words is a slogan.
_NAME_WORDS = 4


def title_of(source: str, skeleton: Skeleton, lines: Lines) -> Folded | None:
    """The text of the page's `<title>`."""
    return _folded(skeleton.title, source, lines)


def description_of(source: str, skeleton: Skeleton, lines: Lines) -> Folded | None:
    """The description that search engines and shared links show."""
    found = (skeleton.metas[name] for name in _DESCRIPTIONS if name in skeleton.metas)
    return _folded(next(found, None), source, lines)


def names_of(title: str, source: str, skeleton: Skeleton) -> tuple[str, ...]:
    """The names that the page's metadata gives the company or product, surest first."""
    stretches = [skeleton.metas[key] for key in _NAMES if key in skeleton.metas]
    found = [plain(source[stretch.start : stretch.end]) for stretch in stretches]
    for script in skeleton.scripts:
        if "ld+json" in source[script.start : script.start + 200]:
            text = source[script.start : script.end]
            found += _names_in_json(text[text.find(">") + 1 :])
    parts = _TITLE_PARTS.split(title)
    if len(parts) > 1:
        found.append(parts[-1])
    short = (name.strip() for name in found)
    return tuple(dict.fromkeys(name for name in short if name and len(name.split()) <= _NAME_WORDS))


def _folded(stretch: Stretch | None, source: str, lines: Lines) -> Folded | None:
    if stretch is None:
        return None
    folder = Folder()
    folder.add_markup(source, stretch.start, stretch.end)
    return folder.finish(lines) if folder else None


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
