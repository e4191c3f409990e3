"""Word drafts as blocks. A place is the paragraph (as line) and the character in it (as column)."""

from __future__ import annotations

import re

from msgcheck.extract.docx_text import Paragraph, docx_paragraphs
from msgcheck.extract.folding import Folder, Lines
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.language_id import identify_language
from msgcheck.model import Anchor, Block, Document, RawDocument, Skipped

_HEADING = re.compile(r"Heading (\d)", re.IGNORECASE)
_BUTTON_WORDS = 6


def extract_docx(raw: RawDocument) -> Document:
    """Read a Word document. Raises InputError for what is none."""
    blocks: list[Block] = []
    section = 0
    for paragraph in docx_paragraphs(raw, "Save the draft as .docx again."):
        folder = Folder()
        folder.add(paragraph.text, 0)
        if not folder:
            continue
        folded = folder.finish(Lines(paragraph.text.replace("\n", " ")))
        role = _role(paragraph, len(folded.text.split()))
        section += role in ("heading-1", "heading-2", "heading-3")
        anchors = tuple(Anchor(anchor.offset, paragraph.number, anchor.column) for anchor in folded.anchors)
        blocks.append(Block(role, folded.text, anchors, paragraph.style, section))
    blocks = mark_hero(blocks)
    copy = " ".join(block.text for block in blocks)
    return Document(
        key=raw.key,
        source=raw.source,
        kind="docx",
        title=next((block.text for block in blocks if block.role == "heading-1"), ""),
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=len(copy.split()),
        skipped=() if blocks else (Skipped(raw.key, "holds no copy"),),
    )


def _role(paragraph: Paragraph, words: int) -> str:
    style = paragraph.style.lower()
    if (heading := _HEADING.match(paragraph.style)) is not None and 1 <= int(heading[1]) <= 6:
        return f"heading-{heading[1]}"
    if paragraph.cell:
        return "table"
    for part, role in (("title", "heading-1"), ("list", "list-item"), ("quote", "quote"), ("caption", "caption")):
        if part in style and "subtitle" not in style:
            return role
    return "cta" if paragraph.linked and words <= _BUTTON_WORDS else "body"
