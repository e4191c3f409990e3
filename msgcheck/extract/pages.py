"""Bytes of a page, in whatever format, to a Document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from msgcheck.errors import InputError
from msgcheck.extract.decode import decode_html, decode_text
from msgcheck.extract.docx_text import is_docx
from msgcheck.extract.front_matter import read_front_matter
from msgcheck.extract.mail import looks_like_mail
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.extract.templates import mask_templates, white
from msgcheck.model import Document, DocumentKind, RawDocument, Skipped

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
    ".jsx": "jsx",
    ".tsx": "jsx",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".docx": "docx",
    ".eml": "email",
    ".txt": "text",
}
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*+(?:\xef\xbb\xbf)?+\s*+(?:<\?xml[^>]*>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def extract_page(raw: RawDocument, keys: Sequence[str] = ()) -> Document:
    """Read a page or copy file. `keys` choose what counts in YAML, JSON and front matter (globs of key paths).

    Raises InputError for a file that is empty, binary, or not what its type says. A file without copy gives a
    Document without blocks, which says why in `skipped`.
    """
    match detect_kind(raw):
        case "html":
            return _html(raw, keys)
        case "markdown":
            from msgcheck.extract.markdown import extract_markdown

            return extract_markdown(raw, decode_text(raw), keys)
        case "jsx":
            from msgcheck.extract.jsx_page import extract_jsx

            return extract_jsx(raw, decode_text(raw))
        case "yaml":
            from msgcheck.extract.data import extract_yaml

            return extract_yaml(raw, decode_text(raw), keys)
        case "json":
            from msgcheck.extract.data import extract_json

            return extract_json(raw, decode_text(raw), keys)
        case "docx":
            from msgcheck.extract.docx_page import extract_docx

            return extract_docx(raw)
        case "email":
            from msgcheck.extract.mail import extract_mail

            return extract_mail(raw)
        case _:
            from msgcheck.extract.text import extract_text

            return extract_text(raw, mask_templates(decode_text(raw)))


def _html(raw: RawDocument, keys: Sequence[str]) -> Document:
    """HTML, also as site generators keep it: with front matter and template syntax."""
    from msgcheck.extract.html.page import extract_html

    source = decode_html(raw)
    front = read_front_matter(source, keys)
    page = extract_html(raw, mask_templates(white(source[: front.end]) + source[front.end :]))
    if not front.end:
        return page
    kept, reasons = front.beside(page.blocks)
    return replace(
        page,
        title=next((block.text for block in kept if block.role == "title"), page.title),
        blocks=(*kept, *page.blocks),
        skipped=(*page.skipped, *(Skipped(raw.key, reason) for reason in reasons)),
        suppressions=(*find_suppressions(source[: front.end], "hash"), *page.suppressions),
    )


def detect_kind(raw: RawDocument) -> DocumentKind:
    """What the server said, then what the content plainly is, then the suffix of the name.

    Raises InputError for a suffix that stands for something else.
    """
    if raw.media_type in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[raw.media_type]
    suffix = PurePosixPath(raw.name).suffix.lower()
    if is_docx(raw.content):
        return "docx"
    if _LOOKS_LIKE_HTML.match(raw.content[:4096]):
        return "html"
    if suffix not in _BY_SUFFIX and looks_like_mail(raw.content):
        return "email"
    if suffix and suffix not in _BY_SUFFIX and not raw.media_type:
        known = ", ".join(sorted(_BY_SUFFIX))
        raise InputError(f"{raw.key}: files of type {suffix} are not read.", f"Pages are {known}; calls go to --calls.")
    return _BY_SUFFIX.get(suffix, "text")
