"""Bytes to text: the byte order mark, UTF-8, what the server said, what the page says."""

from __future__ import annotations

import codecs
import re

from msgcheck.errors import InputError
from msgcheck.model import RawDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
#: Browsers look for the declaration in the first kilobyte; pages in the wild put it later.
_DECLARED_WITHIN = 4096
#: What browsers read when a page names these (WHATWG Encoding Standard).
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def decode_html(raw: RawDocument) -> str:
    """Text of an HTML page; where nothing fits it is read as Windows-1252, as browsers do.

    UTF-8 comes before what server and page declare: text in another encoding is hardly ever valid UTF-8 by chance,
    while wrong declarations are common. A page that says it is UTF-8 and has a few broken bytes keeps the rest.
    """
    if (marked := _by_mark(raw)) is not None:
        return marked
    _refuse_binary(raw)
    declared = _DECLARED.search(raw.content[:_DECLARED_WITHIN])
    named = declared[1].decode("ascii") if declared else ""
    for name in ("utf-8", raw.charset, named):
        if name and (text := decoded(raw.content, name)) is not None:
            return text
    if "utf-8" in (raw.charset.lower(), named.lower()):
        return raw.content.decode("utf-8", errors="replace")
    return raw.content.decode("cp1252", errors="replace")


def decode_text(raw: RawDocument) -> str:
    """Text of a Markdown or plain text file; raises InputError where it is not UTF-8 (or what the server said)."""
    if (marked := _by_mark(raw)) is not None:
        return marked
    _refuse_binary(raw)
    if raw.charset and (text := decoded(raw.content, raw.charset)) is not None:
        return text
    try:
        return raw.content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.content.count(b"\n", 0, error.start) + 1
        message = f"{raw.source}: is not valid UTF-8 (byte {error.start}, line {line})."
        raise InputError(message, "Save the file as UTF-8.") from error


def _by_mark(raw: RawDocument) -> str | None:
    for mark, name in _MARKS:
        if raw.content.startswith(mark):
            try:
                return raw.content.decode(name)
            except UnicodeDecodeError as error:
                message = f"{raw.source}: begins like {name} but is not (byte {error.start})."
                raise InputError(message, "Save the file as UTF-8.") from error
    return None


def _refuse_binary(raw: RawDocument) -> None:
    if not raw.content.strip():
        raise InputError(f"{raw.source}: is empty.", "There is nothing to check in it.")
    if b"\0" in raw.content[:8192]:
        raise InputError(f"{raw.source}: is a binary file, not a page.", "Name an HTML, Markdown or text file.")


def decoded(content: bytes, name: str) -> str | None:
    """The text; None where it is not in this encoding, or there is no such encoding."""
    try:
        text = content.decode(_ALIASES.get(name.lower(), name))
        # Some of Python's encodings, none of which browsers know, give halves of characters.
        text.encode()
    except (ValueError, LookupError):
        return None
    return text
