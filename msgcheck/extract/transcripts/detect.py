"""Which format a call file has, from its content; the suffix settles only what content leaves open."""

from __future__ import annotations

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.common import KNOWN, decode
from msgcheck.extract.transcripts.crm import looks_like_crm, read_crm
from msgcheck.extract.transcripts.cues import looks_like_cues, read_cues
from msgcheck.extract.transcripts.named import looks_named, read_named
from msgcheck.extract.transcripts.notes import looks_like_notes, read_notes
from msgcheck.extract.transcripts.otter import looks_like_otter, read_otter
from msgcheck.extract.transcripts.recorders import read_json
from msgcheck.extract.transcripts.word import docx_text, is_docx
from msgcheck.model import Call, RawDocument


def read_calls(raw: RawDocument) -> tuple[Call, ...]:
    """The calls of a file. Raises InputError naming the file and, for unknown shapes, the formats that are known."""
    if is_docx(raw.content):
        return _read_text(raw, docx_text(raw))
    text = decode(raw)
    if text.lstrip()[:1] in ("{", "["):
        start = text.lstrip()
        if start[:1] == "{" or raw.name.lower().endswith(".json") or start[1:].lstrip()[:1] in ("{", "]"):
            return read_json(raw, text)
    return _read_text(raw, text)


def _read_text(raw: RawDocument, text: str) -> tuple[Call, ...]:
    if looks_like_cues(text):
        return (read_cues(raw, text),)
    if looks_like_crm(text):
        return read_crm(raw, text)
    if looks_like_otter(text):
        return (read_otter(raw, text),)
    if looks_like_notes(text) and not _mostly_named(text):
        return read_notes(raw, text)
    if looks_named(text):
        return (read_named(raw, text),)
    raise InputError(f"{raw.key}: is in no call format that is known.", f"Formats read: {KNOWN}.")


def _mostly_named(text: str) -> bool:
    """Markdown may also hold a transcript: headings, then `**Name:** text`."""
    from msgcheck.extract.transcripts.names import split_name

    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return bool(lines) and sum(bool(split_name(line)[0]) for line in lines) >= 0.4 * len(lines)
