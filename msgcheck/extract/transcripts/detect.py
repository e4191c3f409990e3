"""Which format a call file has, from its content; the suffix settles only what content leaves open."""

from __future__ import annotations

from msgcheck.errors import InputError
from msgcheck.extract.docx_text import docx_paragraphs, is_docx
from msgcheck.extract.transcripts.chorus import is_chorus, read_chorus
from msgcheck.extract.transcripts.common import KNOWN, decode
from msgcheck.extract.transcripts.crm import looks_like_crm, read_crm
from msgcheck.extract.transcripts.cues import looks_like_cues
from msgcheck.extract.transcripts.fireflies import read_fireflies, sentences_of
from msgcheck.extract.transcripts.gong import is_gong, read_gong
from msgcheck.extract.transcripts.json_files import load
from msgcheck.extract.transcripts.meet import looks_like_meet, read_meet
from msgcheck.extract.transcripts.notes import looks_like_notes, read_notes
from msgcheck.extract.transcripts.otter import looks_like_otter, read_otter
from msgcheck.extract.transcripts.plain import looks_named, mostly_named, read_plain
from msgcheck.extract.transcripts.teams_docx import looks_like_teams_docx, read_teams_docx
from msgcheck.extract.transcripts.teams_vtt import looks_like_teams_vtt, read_teams_vtt
from msgcheck.extract.transcripts.zoom import read_zoom
from msgcheck.model import Call, RawDocument

_HINT = f"Formats read: {KNOWN}."


def read_calls(raw: RawDocument) -> tuple[Call, ...]:
    """The calls of a file. Raises InputError naming the file and, for unknown shapes, the formats that are known."""
    if is_docx(raw.content):
        return _read_docx(raw)
    text = decode(raw)
    return _read_json(raw, text) if _is_json(raw, text) else _read_text(raw, text)


def _is_json(raw: RawDocument, text: str) -> bool:
    """Whether it begins like JSON; a text may begin with a bracketed time."""
    start = text.lstrip()
    if start[:1] == "[":
        return raw.name.lower().endswith(".json") or start[1:].lstrip()[:1] in ("{", "]")
    return start[:1] == "{"


def _read_docx(raw: RawDocument) -> tuple[Call, ...]:
    lines = [line for paragraph in docx_paragraphs(raw, _HINT) for line in paragraph.text.split("\n")]
    if looks_like_teams_docx(lines):
        return (read_teams_docx(raw, lines),)
    return _read_text(raw, "\n".join(lines))


def _read_json(raw: RawDocument, text: str) -> tuple[Call, ...]:
    data = load(raw, text)
    found: tuple[Call, ...] = ()
    try:
        if is_gong(data):
            found = read_gong(raw, data)
        elif is_chorus(data):
            found = (read_chorus(raw, data),)
        elif (sentences := sentences_of(data)) is not None:
            found = (read_fireflies(raw, data, sentences),)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{raw.key}: has a field of the wrong type ({error}).", "Export the call again.") from error
    if not found:
        raise InputError(f"{raw.key}: is JSON of no call recorder that is known.", _HINT)
    return found


def _read_text(raw: RawDocument, text: str) -> tuple[Call, ...]:
    if looks_like_cues(text):
        return (read_teams_vtt(raw, text) if looks_like_teams_vtt(text) else read_zoom(raw, text),)
    if looks_like_crm(text):
        return read_crm(raw, text)
    if looks_like_otter(text):
        return (read_otter(raw, text),)
    if looks_like_notes(text) and not mostly_named(text):
        return read_notes(raw, text)
    if looks_named(text):
        return (read_meet(raw, text) if looks_like_meet(text) else read_plain(raw, text),)
    raise InputError(f"{raw.key}: is in no call format that is known.", _HINT)
