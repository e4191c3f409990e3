"""Cut the tree into runs of text as a reader takes them in: one paragraph, heading, item or button each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from msgcheck.extract.folding import Folded, Folder, Lines
from msgcheck.extract.html.scan import INLINE, Skeleton
from msgcheck.extract.html.tree import SPACE, Node
from msgcheck.extract.html.zones import COPY, Page, Zone, page_of, zone_of
from msgcheck.extract.names import names


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of text with the element that holds it, and the link or button that is all of it."""

    text: Folded
    node: Node
    zone: Zone
    link: Node | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An element with which a zone begins that is not copy."""

    node: Node
    zone: Zone


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the block, its zone, the inline element and the link that text now belongs to."""

    block: Node
    zone: Zone
    inline: Node
    link: Node | None = None


class _Piece(NamedTuple):
    number: int
    inline: Node
    link: Node | None


@dataclass(slots=True)
class _Cutter:
    source: str
    skeleton: Skeleton
    lines: Lines
    page: Page
    runs: list[Run] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    stack: list[tuple[Node | int | None, _Place]] = field(default_factory=list)

    def walk(self, root: Node) -> None:
        self.stack.append((root, _Place(root, COPY, root)))
        while self.stack:
            item, place = self.stack.pop()
            if item is None:
                self.flush(place)
            elif isinstance(item, Node):
                self.enter(item, place)
            else:
                self.pieces.append(_Piece(item, place.inline, place.link))

    def enter(self, node: Node, place: _Place) -> None:
        if node.name == "br":
            self.line_break(place)
            return
        if node.name == "img":
            self.image(node, place)
            return
        if not node.children:
            if not _is_inline(node, place):
                self.flush(place)
            return
        zone = zone_of(node, self.page) if place.zone is COPY else place.zone
        if zone is not place.zone and node.words:
            self.parts.append(Part(node, zone))
        link = node if node.name in ("a", "button") else place.link
        if _is_inline(node, place):
            below = _Place(place.block, place.zone, node, link)
            if zone is not place.zone:
                self.flush(place)
                below = _Place(place.block, zone, node, link)
                self.stack.append((None, below))
        else:
            self.flush(place)
            below = _Place(node, zone, node, link)
            self.stack.append((None, below))
        self.stack += [(child, below) for child in reversed(node.children)]

    def line_break(self, place: _Place) -> None:
        """One `<br>` is a space; a second one right after it begins a new paragraph."""
        broken = next((piece.number for piece in reversed(self.pieces) if piece.number != SPACE), 0)
        if broken == _BREAK:
            self.flush(place)
        else:
            self.pieces.append(_Piece(_BREAK, place.inline, place.link))

    def image(self, node: Node, place: _Place) -> None:
        if place.zone is COPY and (number := node.get("alt")):
            text = self.fold([_Piece(int(number), node, None)])
            if text.text:
                self.runs.append(Run(text, node, place.zone))

    def flush(self, place: _Place) -> None:
        """End the block that was being collected."""
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        if place.zone.name == "drop" or all(piece.number < 0 for piece in pieces):
            return
        for group in _by_link(self.undoubled(pieces)):
            text = self.fold(group)
            if text.text:
                self.runs.append(Run(text, place.block, place.zone, group[0].link))

    def undoubled(self, pieces: list[_Piece]) -> list[_Piece]:
        """The pieces without the second of two sibling elements that say the same: a copy for other screens."""
        if len(pieces) < 2:
            return pieces
        kept: list[_Piece] = []
        before: tuple[Node | None, str] = (None, "")
        for inline, group in groupby(pieces, key=lambda piece: piece.inline):
            same = list(group)
            said = " ".join(self.page.texts[piece.number] for piece in same if piece.number >= 0)
            if said and before[0] is not None and inline.parent is before[0].parent and said == before[1]:
                continue
            kept += same
            before = (inline, said) if said else before
        return kept

    def fold(self, pieces: list[_Piece]) -> Folded:
        folder, before = Folder(), pieces[0]
        for piece in pieces:
            if piece.number < 0:
                folder.space()
                continue
            stretch = self.skeleton.stretches[piece.number]
            if _apart(before, piece) and _reads_apart(folder.last, self.source[stretch.start]):
                folder.space()
            folder.add_markup(self.source, stretch.start, stretch.end)
            before = piece
        return folder.finish(self.lines)


_BREAK = -2
_BUTTON = names("btn button cta")


def cut(
    root: Node, texts: Sequence[str], source: str, skeleton: Skeleton, lines: Lines
) -> tuple[list[Run], list[Part]]:
    """Every run of text below `root`, in reading order, each in its zone; `texts` are the stretches, read.

    With them the parts that are not copy, those left out altogether too.
    """
    cutter = _Cutter(source, skeleton, lines, page_of(root, skeleton, texts))
    cutter.walk(root)
    return cutter.runs, cutter.parts


def _is_inline(node: Node, place: _Place) -> bool:
    """Whether it stands in the flow of a sentence; a link that is drawn as a button does not."""
    if node.name == "a":
        return not node.tokens() & _BUTTON or "btn-link" in node.get("class")
    return node.name in INLINE or ("-" in node.name and place.block.name == "p")


def _by_link(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Links that stand side by side with no words between them are apart; links within a sentence are part of it."""
    words = [piece for piece in pieces if piece.number >= 0]
    if any(piece.link is None for piece in words):
        return [[_Piece(piece.number, piece.inline, None) for piece in pieces]]
    groups: list[list[_Piece]] = []
    for piece in words:
        if groups and groups[-1][0].link is piece.link:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) == 1:
        return [[_Piece(piece.number, piece.inline, words[0].link) for piece in pieces]]
    return groups


def _apart(before: _Piece, piece: _Piece) -> bool:
    """Whether two texts stand in sibling elements, as in `<span>Plan</span><span>Do</span>`."""
    return before.inline is not piece.inline and before.inline.parent is piece.inline.parent


def _reads_apart(last: str, first: str) -> bool:
    """Style sheets often set such siblings on lines of their own; a new capital tells."""
    return (last.islower() or last in ".!?:;,)%" or last.isdigit()) and (first.isupper() or first.isdigit())
