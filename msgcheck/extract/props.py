"""Copy in the attributes of components, and in the objects that code on a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from msgcheck.extract.folding import Folded, Lines
from msgcheck.extract.jsx import Tag, Value
from msgcheck.extract.keys import fold, reads_as_copy, role_of
from msgcheck.extract.strings import entities, paragraphs, unescaped
from msgcheck.extract.tags import Tags, is_component
from msgcheck.model import Block

#: `export const metadata = { … title: "…"` says what the page is called.
_EXPORT = re.compile(
    r"(?:\A|\n)export\s+const\s+(?:meta|metadata|front_?matter|seo)\b[^={]*=\s*\{[^{}]*\Z", re.IGNORECASE
)
_EXPORT_WITHIN = 2000
_OPENINGS = frozenset(["hero", "masthead", "banner", "jumbotron"])
_BUTTONS = frozenset(("button", "cta"))


def prop_blocks(source: str, tags: Tags, lines: Lines) -> Iterator[Block]:
    """The copy that stands in no text, in the order of the scan."""
    for tag in tags.shown:
        href = tag.href(source)
        for value in tag.attributes:
            if (role := _role(source, tag, value)) is not None:
                for block in _blocks(role, f"{tag.name}[{value.name}]", source, value, lines):
                    yield replace(block, href=href) if role == "cta" else block
    for value in tags.strings:
        exported = value.name in ("title", "description") and _is_exported(source, value.start)
        named = value.name if exported else role_of(value.name)
        if named is not None and reads_as_copy(source[value.start : value.end], named=True):
            yield from _blocks(named, value.name, source, value, lines)


def _role(source: str, tag: Tag, value: Value) -> str | None:
    if not is_component(tag.name):
        return "alt" if value.name == "alt" else None
    role = role_of(value.name)
    if role is None or not reads_as_copy(source[value.start : value.end], named=True):
        return None
    words = set(fold(tag.name))
    if role in ("body", "heading-2") and words & _BUTTONS:
        return "cta"
    return "heading-1" if role == "heading-2" and words & _OPENINGS else role


def _blocks(role: str, selector: str, source: str, value: Value, lines: Lines) -> Iterator[Block]:
    for folded in _text(source, value, lines):
        yield Block(role, folded.text, folded.anchors, selector)


def _text(source: str, value: Value, lines: Lines) -> Iterator[Folded]:
    read = unescaped if value.escaped else entities
    return paragraphs(read(source, value.start, value.end), lines)


def _is_exported(source: str, place: int) -> bool:
    return _EXPORT.search(source[max(0, place - _EXPORT_WITHIN) : place]) is not None
