"""The paragraphs of a Word document, with their styles, as its reader sees them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgcheck.errors import InputError
from msgcheck.model import RawDocument

#: What a long document unpacks to; beyond it the file is a bomb or no draft.
_MAX_UNPACKED = 60_000_000
#: Text, tabs and breaks in order; text that was deleted with changes tracked is `w:delText`.
_TEXT = ".//w:t | .//w:r/w:tab | .//w:br | .//w:cr"
#: Old versions of Word read a second copy of what is new.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What zipfile, lxml and python-docx raise for a file that is damaged, beside python-docx's own.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, SyntaxError, RuntimeError),
    *(AssertionError, AttributeError, LookupError, TypeError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style` is the name of its style, `number` counts from 1; `cell` tells whether it stands in a table."""

    text: str
    style: str
    number: int
    cell: bool
    linked: bool


def is_docx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def docx_paragraphs(raw: RawDocument, hint: str) -> list[Paragraph]:
    """All paragraphs, those in tables too. Raises InputError, with `hint`, for what is no readable Word document."""
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                raise InputError(f"{raw.key}: unpacks to more than {_MAX_UNPACKED // 1_000_000} MB.", "Split the file.")
        return list(_paragraphs(raw.content))
    except (*_BROKEN, PythonDocxError, OpcError) as error:
        raise InputError(f"{raw.key}: is not a readable Word document.", hint) from error


def _paragraphs(content: bytes) -> Iterator[Paragraph]:
    from docx import Document
    from docx.oxml.ns import qn

    document: Any = Document(io.BytesIO(content))
    names = {style.style_id: style.name or "" for style in document.styles}
    for number, element in enumerate(document.element.body.iter(qn("w:p")), 1):
        if any(ancestor.tag == _FALLBACK for ancestor in element.iterancestors()):
            continue
        styled = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = names.get(styled.get(qn("w:val")), "") if styled is not None else ""
        if element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None and not style.startswith("Heading"):
            style = style if "List" in style else "List Paragraph"
        shown = [node for node in element.xpath(_TEXT) if _belongs(node, element, qn("w:p"))]
        text = "".join(
            node.text or "" if node.tag == qn("w:t") else "\t" if node.tag == qn("w:tab") else "\n" for node in shown
        )
        linked = bool(shown) and all(any(a.tag == qn("w:hyperlink") for a in node.iterancestors()) for node in shown)
        cell = any(ancestor.tag == qn("w:tc") for ancestor in element.iterancestors())
        yield Paragraph(text, style, number, cell, linked)


def _belongs(node: Any, paragraph: Any, tag: str) -> bool:
    """Whether a node is the paragraph's own, not in a text box inside it (which has paragraphs of its own)."""
    for ancestor in node.iterancestors():
        if ancestor is paragraph:
            return True
        if ancestor.tag == tag:
            return False
    return False
