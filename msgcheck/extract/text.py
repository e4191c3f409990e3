"""Plain text as blocks: paragraphs between blank lines, list items, and a headline on the first line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgcheck.extract.folding import Folder, Lines
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.model import Block, Document, RawDocument

#: Comments, and tags that copying from a page has left behind.
_MARKUP = re.compile(r"<!--.*?-->|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+(?=\S)")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)")
_FINISHED = re.compile(r"[.!?:;\"'”’)\]]$")
#: A line that ends on one of these goes on.
_UNFINISHED = re.compile(r"(?:,|\b(?:a|an|the|of|to|in|on|at|for|and|or|but|with|by|from|that|is|are|as|your|our))$")
#: Text that was wrapped fills its lines; shorter lines end where the writer ended them.
_WRAPPED_LENGTH = 50
#: Nobody wraps at more characters: where a line is longer, every line ends a paragraph.
_UNWRAPPED = 130
#: Headlines of more words are sentences.
_HEADLINE_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Offsets of the lines of one paragraph; `item` tells a list item, its mark left out."""

    lines: tuple[tuple[int, int], ...]
    item: bool


def extract_text(raw: RawDocument, source: str) -> Document:
    """Read plain text that has been decoded."""
    lines = Lines(source)
    visible = _MARKUP.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), source)
    blocks = []
    for paragraph in _join_wrapped(list(_paragraphs(visible)), visible):
        folder = Folder()
        for start, end in paragraph.lines:
            folder.space()
            folder.add(visible[start:end], start)
        folded = folder.finish(lines)
        if folded.text:
            blocks.append(Block("list-item" if paragraph.item else "body", folded.text, folded.anchors))
    blocks = mark_hero(_with_headline(blocks))
    copy = " ".join(block.text for block in blocks)
    return Document(
        key=raw.key,
        source=raw.source,
        kind="text",
        title=blocks[0].text if blocks and blocks[0].role == "heading-1" else "",
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=len(copy.split()),
        suppressions=find_suppressions(source, "html"),
    )


def _paragraphs(source: str) -> Iterator[_Paragraph]:
    collected: list[tuple[int, int]] = []
    item, before = False, 0
    width = max((len(line[0].rstrip()) for line in _LINE.finditer(source)), default=0)
    for line in _LINE.finditer(source):
        if not line[0].strip():
            continue
        mark = _ITEM.match(line[0])
        apart = _BLANK_LINE.search(source, before, line.start()) is not None or (
            bool(collected) and _ended(source[slice(*collected[-1])], line[0], width)
        )
        if collected and (apart or mark):
            yield _Paragraph(tuple(collected), item)
            collected = []
        if not collected:
            item = mark is not None
        collected.append((line.start() + (mark.end() if mark else 0), line.end()))
        before = line.end()
    if collected:
        yield _Paragraph(tuple(collected), item)


def _ended(line: str, below: str, width: int) -> bool:
    """Whether a line ends where its writer ended it: the next word begins something new and would have fitted."""
    first = below.split(maxsplit=1)[0]
    if width > _UNWRAPPED and not _UNFINISHED.search(line.rstrip()):
        return True
    return (first[0].isupper() or first[0].isdigit()) and len(line.rstrip()) + 1 + len(first) <= max(
        width, _WRAPPED_LENGTH
    )


def _join_wrapped(paragraphs: list[_Paragraph], source: str) -> list[_Paragraph]:
    """Exports often put a blank line after every wrapped line; a sentence that plainly goes on is one."""
    joined: list[_Paragraph] = []
    for paragraph in paragraphs:
        if joined and not paragraph.item and _goes_on(joined[-1], paragraph, source):
            joined[-1] = replace(joined[-1], lines=joined[-1].lines + paragraph.lines)
        else:
            joined.append(paragraph)
    return joined


def _goes_on(above: _Paragraph, below: _Paragraph, source: str) -> bool:
    start, end = above.lines[-1]
    line = source[start:end].rstrip()
    if len(line) < _WRAPPED_LENGTH or _FINISHED.search(line):
        return False
    return source[below.lines[0][0] : below.lines[0][1]].lstrip()[:1].islower() or bool(_UNFINISHED.search(line))


def _with_headline(blocks: list[Block]) -> list[Block]:
    if len(blocks) < 2 or blocks[0].role != "body":
        return blocks
    text = blocks[0].text
    if len(text.split()) > _HEADLINE_WORDS or text.endswith((".", ":", ";", ",")):
        return blocks
    return [replace(blocks[0], role="heading-1", section=1), *(replace(block, section=1) for block in blocks[1:])]
