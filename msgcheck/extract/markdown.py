"""Markdown and MDX as blocks; code, link targets, shortcodes and components are no copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgcheck.extract.folding import Folded, Folder, Lines
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.model import Block, Document, RawDocument

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?\n)\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_META = re.compile(r"^(title|description)[ \t]*[:=][ \t]*([\"']?)(.+?)\2[ \t]*\r?$", re.MULTILINE)
#: Everything that is not Markdown: blanked in place, so that offsets stay.
_FOREIGN = re.compile(
    r"""<!--.*?-->
      | <(script|style)\b.*?</\1\s*>
      | \{\{.*?\}\} | \{%.*?%\} | \{:[^}\n]*\} | ^:::.*$
      | </?[A-Za-z][\w.:-]*+(?:[^<>{}"']++|"[^"]*"|'[^']*'|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+>
      | </?>
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_MDX = re.compile(
    r"^(?:import\b[^\n]*from\s+['\"][^\n]*|import\s+['\"][^\n]*|export\s[^\n]*(?:\n(?!\s*\n)[^\n]*)*)$|\{[^{}\n]*\}",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_LINK_TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\]|>")
_BUTTON_WORDS = 6
_TOP_HEADINGS = frozenset({"heading-1", "heading-2", "heading-3"})


def extract_markdown(raw: RawDocument, source: str) -> Document:
    """Read Markdown that has been decoded; front matter gives title and description."""
    lines = Lines(source)
    front = _FRONT_MATTER.match(source)
    meta = dict(_meta(source, front, lines)) if front else {}
    visible = _blank(source, front.end() if front else 0, mdx=raw.name.lower().endswith(".mdx"))
    body = mark_hero(list(_Reader(visible, lines).blocks()))
    blocks = [Block(role, text.text, text.anchors, role) for role, text in meta.items()] + body
    heading = next((block.text for block in body if block.role == "heading-1"), "")
    copy = " ".join(block.text for block in body)
    return Document(
        key=raw.key,
        source=raw.source,
        kind="markdown",
        title=meta["title"].text if "title" in meta else heading,
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=sum(len(block.text.split()) for block in body if block.role != "alt"),
        suppressions=find_suppressions(source),
    )


def _meta(source: str, front: re.Match[str], lines: Lines) -> Iterator[tuple[str, Folded]]:
    for match in _META.finditer(source, front.start(2), front.end(2)):
        folder = Folder()
        folder.add(match[3], match.start(3))
        if folder:
            yield match[1], folder.finish(lines)


def _blank(source: str, start: int, *, mdx: bool) -> str:
    """The source with everything blanked that is no Markdown; every character stays at its offset."""
    text = _white(source[:start]) + source[start:]
    text = _FENCE.sub(lambda match: _white(match[0]), text)
    text = _FOREIGN.sub(_erase, text)
    return _MDX.sub(_erase, text) if mdx else text


def _white(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _erase(match: re.Match[str]) -> str:
    """White space for what stands on lines of its own; within a line something that has no width."""
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    if not before.strip() or "\n" in match[0] or match[0].lower().startswith("<br"):
        return _white(match[0])
    return "\u200b" * len(match[0])


class _Reader:
    """Walks the tokens of one page; finds each text in the source, in order."""

    def __init__(self, source: str, lines: Lines) -> None:
        self._source = source
        self._lines = lines
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", source))]
        self._cursor = 0
        self._section = 0

    def blocks(self) -> Iterator[Block]:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        parser.disable(["code", "html_block", "html_inline"])
        opened: list[str] = []
        for token in parser.parse(self._source):
            if token.nesting == 1:
                opened.append(token.tag)
            elif token.nesting == -1:
                opened.pop()
            elif token.type == "inline":
                yield from self._inline(token, opened)

    def _inline(self, token: Token, opened: Sequence[str]) -> Iterator[Block]:
        if token.map:
            self._cursor = max(self._cursor, self._starts[token.map[0]])
        children = token.children or []
        folded = self._fold(children)
        if folded.text:
            href = _only_link(children)
            role = _role(opened)
            if href and role in ("body", "list-item") and len(folded.text.split()) <= _BUTTON_WORDS:
                role = "cta"
            self._section += role in _TOP_HEADINGS
            yield Block(role, folded.text, folded.anchors, opened[-1] if opened else "", self._section, href)
        yield from self._images(children)

    def _fold(self, children: Sequence[Token]) -> Folded:
        folder = Folder()
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                folder.space()
            elif child.type == "link_close":
                self._skip_target()
            elif child.type in ("text", "code_inline", "text_special") and child.content:
                self._put(folder, child)
        return folder.finish(self._lines)

    def _put(self, folder: Folder, child: Token) -> None:
        shown = child.info == "entity"
        wanted = child.markup if shown else child.content
        found = self._source.find(wanted, self._cursor)
        place = found if found >= 0 else self._cursor
        folder.add(child.content, place)
        if found >= 0:
            self._cursor = found + len(wanted)

    def _skip_target(self) -> None:
        if (target := _LINK_TARGET.match(self._source, self._cursor)) is not None:
            self._cursor = target.end()

    def _images(self, children: Sequence[Token]) -> Iterator[Block]:
        for child in children:
            found = self._source.find(child.content, 0) if child.type == "image" and child.content.strip() else -1
            if found >= 0:
                folder = Folder()
                folder.add(child.content, found)
                folded = folder.finish(self._lines)
                yield Block("alt", folded.text, folded.anchors, "img", self._section)


def _only_link(children: Sequence[Token]) -> str:
    """Where a block leads that is one link and nothing else."""
    inner = [child for child in children if child.type != "text" or child.content.strip("\u200b ")]
    links = [child for child in inner if child.type == "link_open"]
    if len(links) == 1 and inner[0] is links[0] and inner[-1].type == "link_close":
        return str(links[0].attrs.get("href", ""))
    return ""


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
