"""JSX and TSX modules as blocks: the text of their elements, and strings in props and objects that name copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgcheck.extract.folding import Lines
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.jsx import scan
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.markdown import in_order
from msgcheck.extract.pieces import Piece, Pieces
from msgcheck.extract.props import prop_blocks
from msgcheck.extract.strings import entities
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.extract.tags import Tags
from msgcheck.model import Block, Document, RawDocument, Skipped


def extract_jsx(raw: RawDocument, source: str) -> Document:
    """Read a module that has been decoded."""
    lines = Lines(source)
    found = scan(source, "module")
    tags = Tags(source, found)
    hidden = sorted([*tags.skipped, *found.code, *((tag.start, tag.end) for tag in found.tags)])
    pieces = Pieces(source, lines, tags)
    blocks: list[Block] = []
    for group in pieces.split(_texts(source, hidden)):
        blocks += pieces.block(group, "body", "")
    blocks = mark_hero(in_order([*blocks, *prop_blocks(source, tags, lines)]))
    copy = " ".join(block.text for block in blocks)
    return Document(
        key=raw.key,
        source=raw.source,
        kind="jsx",
        title=next((block.text for block in blocks if block.role in ("title", "heading-1")), ""),
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=len(copy.split()),
        skipped=() if blocks else (Skipped(raw.key, "holds no copy"),),
        suppressions=find_suppressions(source, "html", "script"),
    )


def _texts(source: str, hidden: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """What stands between tags and code, entities read."""
    position = 0
    for start, end in [*hidden, (len(source), len(source))]:
        if start > position:
            yield from (Piece(text, offset) for text, offset in entities(source, position, start))
        position = max(position, end)
