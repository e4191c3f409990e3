"""Pieces of text between tags, put together to blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgcheck.extract.folding import Folder, Lines
from msgcheck.extract.tags import Setting, Tags
from msgcheck.model import Block

#: A link of so few words, alone in its block, is a button to a reader.
_BUTTON_WORDS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that runs unbroken in the source."""

    text: str
    offset: int
    href: str = ""


class Pieces:
    """Makes blocks of pieces. `base` is where `source` begins in the file that `lines` counts."""

    def __init__(self, source: str, lines: Lines, tags: Tags | None, base: int = 0) -> None:
        self._source = source
        self._lines = lines
        self._tags = tags
        self._base = base

    def split(self, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
        """Pieces that follow one another, parted where block markup stands between them."""
        group: list[Piece] = []
        for piece in pieces:
            for part in self._cut(piece):
                if group and self._breaks(group[-1].offset + len(group[-1].text), part.offset):
                    yield group
                    group = []
                group.append(part)
        yield group

    def _breaks(self, start: int, end: int) -> Sequence[int]:
        return self._tags.breaks(start, end) if self._tags else ()

    def _cut(self, piece: Piece) -> Iterator[Piece]:
        start, end = piece.offset, piece.offset + len(piece.text)
        if self._source[start:end] != piece.text:
            yield piece
            return
        for cut in [*self._breaks(start, end), end]:
            if start < cut:
                yield Piece(self._source[start:cut], start, piece.href)
                start = cut

    def block(self, pieces: Sequence[Piece], role: str, selector: str) -> Iterator[Block]:
        """The block that pieces make, unless they hold no words; tags around them may change its role."""
        folder = Folder()
        for piece in pieces:
            folder.add(piece.text, self._base + piece.offset)
        folded = folder.finish(self._lines)
        if not folded.text:
            return
        href, setting = self._around(pieces)
        if setting.role in ("nav", "footer") or (role == "body" and setting.role):
            role = setting.role
        if href and role in ("body", "list-item") and len(folded.text.split()) <= _BUTTON_WORDS:
            role = "cta"
        yield Block(role, folded.text, folded.anchors, setting.name or selector, 0, href)

    def _around(self, pieces: Sequence[Piece]) -> tuple[str, Setting]:
        """Where the pieces lead if they are one link and nothing else, and what encloses the first."""
        shown = [piece for piece in pieces if piece.text.strip("\u200b \n\t")]
        hrefs = {piece.href for piece in shown}
        href = hrefs.pop() if len(hrefs) == 1 else ""
        if self._tags is None:
            return href, Setting(0)
        first, last = shown[0], shown[-1]
        setting = self._tags.setting(first.offset + len(first.text) - len(first.text.lstrip("\u200b \n\t")))
        ending = self._tags.setting(last.offset + len(last.text.rstrip("\u200b \n\t")) - 1)
        if not href and setting.link >= 0 and setting.link == ending.link:
            href = setting.href
        return href, setting
