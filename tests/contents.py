"""Reads content files in tests, and finds words that do not stand where their block says."""

from __future__ import annotations

import re

from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, RawDocument


def read(text: str | bytes, name: str, keys: tuple[str, ...] = (), *, found: bool = False) -> Document:
    content = text if isinstance(text, bytes) else text.encode()
    return extract_page(RawDocument(name, name, name, content, found=found), keys)


def copy(document: Document) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in document.blocks]


def misplaced(document: Document, source: str) -> list[str]:
    """Words that do not stand in the source where their block says."""
    lines = re.split(r"\r\n|\n|\r", source)
    wrong = []
    for block in document.blocks:
        for word in re.finditer(r"[A-Za-z]{2,}", block.text):
            place = block.position(word.start())
            if not lines[place.line - 1][place.column - 1 :].startswith(word[0]):
                wrong.append(f"{place.line}:{place.column} {word[0]}")
    return wrong
