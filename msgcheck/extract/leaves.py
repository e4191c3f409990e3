"""String leaves of YAML, TOML and JSON: which are copy, and the blocks they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from msgcheck.extract.folding import Lines
from msgcheck.extract.keys import fold, is_technical, opens_page, reads_as_copy, role_of
from msgcheck.extract.names import names
from msgcheck.extract.strings import Piece, paragraphs
from msgcheck.model import Block

_META = names("meta metadata og opengraph seo social")
_DESCRIPTIONS = frozenset(("description", "excerpt", "meta description", "seo description", "summary"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A string of a data file. `path` holds keys and indices; `pieces` its characters with their places.

    `text_range` is where it stands when it runs over lines as it is (a block scalar): it may hold Markdown.
    """

    path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    text_range: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)

    @property
    def keys(self) -> tuple[str, ...]:
        """The path without indices."""
        return tuple(key for key in self.path if not key.isdigit())

    @property
    def selector(self) -> str:
        """`features[0].title`."""
        named = ".".join(self.path)
        for key in self.path:
            if key.isdigit():
                named = named.replace(f".{key}", f"[{key}]", 1)
        return named


def choose(leaves: Iterable[Leaf], wanted: Sequence[str]) -> Iterator[tuple[str, Leaf]]:
    """The leaves that are copy, each with its role. `wanted` are globs of key paths; one after `!` leaves out."""
    chosen = [glob for glob in wanted if not glob.startswith("!")]
    refused = [glob[1:] for glob in wanted if glob.startswith("!")]
    for leaf in leaves:
        if _matches(leaf, refused):
            continue
        if chosen:
            if _matches(leaf, chosen):
                yield _role(leaf) or "body", leaf
        elif (role := _natural_role(leaf)) is not None:
            yield role, leaf


def _matches(leaf: Leaf, globs: Sequence[str]) -> bool:
    names = (".".join(leaf.path), ".".join(leaf.keys))
    return any(fnmatchcase(name, glob) for name in names for glob in globs)


def _natural_role(leaf: Leaf) -> str | None:
    if any(is_technical(key) for key in leaf.keys):
        return None
    role = _role(leaf)
    return (role or "body") if reads_as_copy(leaf.text, named=role is not None) else None


def _role(leaf: Leaf) -> str | None:
    """The role that the key path gives; None where it says nothing."""
    keys = leaf.keys
    last = keys[-1] if keys else ""
    folded = " ".join(fold(last))
    in_meta = len(keys) > 1 and not _META.isdisjoint(fold(keys[-2]))
    if len(keys) == 1 or in_meta:
        if folded in ("title", "meta title", "seo title"):
            return "title"
        if folded in _DESCRIPTIONS:
            return "description"
    role = role_of(last)
    if role == "body" and leaf.path[-1].isdigit():
        return "list-item"
    if role is None and folded in ("text", "label", "title") and len(keys) > 1:
        return role_of(keys[-2])
    if role in ("body", "heading-2") and len(keys) > 1 and role_of(keys[-2]) == "cta":
        return "cta"
    if opens_page(keys) and role in ("heading-2", "body"):
        return "heading-1" if role == "heading-2" else "hero"
    return role


def leaf_blocks(role: str, leaf: Leaf, source: str, lines: Lines) -> Iterator[Block]:
    """The blocks of one leaf; text that runs over lines is read as Markdown."""
    if leaf.text_range is not None and role in ("body", "list-item", "quote"):
        from msgcheck.extract.markdown import read_passage

        for block in read_passage(source, *leaf.text_range, lines):
            yield Block(role if block.role == "body" else block.role, block.text, block.anchors, leaf.selector)
        return
    for folded in paragraphs(leaf.pieces, lines):
        yield Block(role, folded.text, folded.anchors, leaf.selector)
