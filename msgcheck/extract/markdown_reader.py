"""Walk the tokens of Markdown and find each text in the source, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgcheck.extract.folding import Folder, Lines
from msgcheck.extract.pieces import Piece, Pieces
from msgcheck.extract.tags import Tags
from msgcheck.model import Block

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINK_TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\]|>")
#: As markdown-it counts lines.
_LINE_END = re.compile(r"\r\n?|\n")
#: Zero width spaces, which stand for what was blanked, as link targets show them.
_BLANKED = "%E2%80%8B"


class Reader:
    """Walks the tokens of one page; finds each text in the source, in order.

    `base` is where `source` begins in the file that `lines` counts; `tags` are those that were blanked in it.
    """

    def __init__(self, source: str, lines: Lines, tags: Tags | None = None, base: int = 0) -> None:
        self._source = source
        self._lines = lines
        self._pieces = Pieces(source, lines, tags, base)
        self._base = base
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(source)), len(source)]
        self._cursor = 0
        self._end = 0

    def blocks(self, parsed: str = "") -> Iterator[Block]:
        """The blocks in order. `parsed` is the source with other indentation, line for line."""
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        parser.disable(["code", "html_block", "html_inline", "text_join"])
        opened: list[str] = []
        for token in parser.parse(parsed or self._source):
            if token.nesting == 1:
                opened.append(token.tag)
            elif token.nesting == -1:
                opened.pop()
            elif token.type == "inline":
                yield from self._inline(token, opened)

    def _inline(self, token: Token, opened: Sequence[str]) -> Iterator[Block]:
        first, last = token.map or (0, len(self._starts) - 1)
        self._cursor = max(self._cursor, self._starts[first])
        self._end = max(self._cursor, self._starts[min(last, len(self._starts) - 1)])
        pictures: list[Block] = []
        for group in self._pieces.split(self._texts(token.children or [], pictures)):
            yield from self._pieces.block(group, _role(opened), opened[-1] if opened else "")
        yield from pictures

    def _texts(self, children: Sequence[Token], pictures: list[Block]) -> Iterator[Piece]:
        """The texts of one token in order; its pictures are put aside."""
        href, shown = "", True
        for child in children:
            match child.type:
                case "softbreak" | "hardbreak":
                    yield Piece(" ", self._cursor, href)
                case "link_open":
                    href, shown = str(child.attrs.get("href", "")).replace(_BLANKED, ""), child.markup != "autolink"
                case "link_close":
                    self._skip_target()
                    href, shown = "", True
                case "image":
                    if child.content.strip("\u200b "):
                        place = self._find(child.content)
                        pictures.append(self._alt(child.content, place))
                    self._skip_target()
                case "text" | "code_inline" | "text_special" if child.content and shown:
                    yield Piece(
                        child.content, self._find(child.markup if child.info == "entity" else child.content), href
                    )

    def _find(self, wanted: str) -> int:
        found = self._source.find(wanted, self._cursor, self._end)
        if found < 0:
            return self._cursor
        self._cursor = found + len(wanted)
        return found

    def _skip_target(self) -> None:
        if (target := _LINK_TARGET.match(self._source, self._cursor)) is not None:
            self._cursor = target.end()

    def _alt(self, text: str, place: int) -> Block:
        folder = Folder()
        folder.add(text, self._base + place)
        folded = folder.finish(self._lines)
        return Block("alt", folded.text, folded.anchors, "img")


def _role(opened: Sequence[str]) -> str:
    for tag in reversed(opened):
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return f"heading-{tag[1]}"
            case "li":
                return "quote" if "blockquote" in opened else "list-item"
            case "blockquote":
                return "quote"
            case "td" | "th":
                return "table"
    return "body"
