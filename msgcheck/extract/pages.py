"""Bytes of a page, in whatever format, to a Document."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from msgcheck.extract.decode import decode_html, decode_text
from msgcheck.model import Document, DocumentKind, RawDocument

_BY_MEDIA_TYPE: dict[str, DocumentKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_BY_SUFFIX: dict[str, DocumentKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def extract_page(raw: RawDocument) -> Document:
    """Read a page: HTML, Markdown or plain text.

    Raises InputError for a file that is empty, binary, or text that is not UTF-8.
    """
    match detect_kind(raw):
        case "html":
            from msgcheck.extract.html.page import extract_html

            return extract_html(raw, decode_html(raw))
        case "markdown":
            from msgcheck.extract.markdown import extract_markdown

            return extract_markdown(raw, decode_text(raw))
        case _:
            from msgcheck.extract.text import extract_text

            return extract_text(raw, decode_text(raw))


def detect_kind(raw: RawDocument) -> DocumentKind:
    """What the server said, then what the content plainly is, then the suffix of the name."""
    if raw.media_type in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[raw.media_type]
    if _LOOKS_LIKE_HTML.match(raw.content[:4096]):
        return "html"
    return _BY_SUFFIX.get(PurePosixPath(raw.name).suffix.lower(), "text")
