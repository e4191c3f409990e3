"""Word documents: Teams transcripts (time, speaker, text) and Google Meet transcripts, as lines of text."""

from __future__ import annotations

import io
import re
import zipfile

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.common import KNOWN
from msgcheck.model import RawDocument

#: What a transcript of a long meeting unpacks to; beyond it the file is a bomb or no transcript.
_MAX_UNPACKED = 60_000_000
_RANGE = re.compile(r"^\s*(\d[\d:.]{0,24})\s*-->\s*(\d[\d:.]{0,24})\s*$", re.ASCII)


def is_docx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def docx_text(raw: RawDocument) -> str:
    """The paragraphs, a line each; Teams' paragraphs turned into `Name: text`. Raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                raise InputError(f"{raw.key}: unpacks to more than {_MAX_UNPACKED // 1_000_000} MB.", "Split the file.")
        lines = _paragraphs(raw.content)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{raw.key}: is not a readable Word document.", f"Formats read: {KNOWN}.") from error
    return "\n".join(_named(lines))


def _paragraphs(content: bytes) -> list[str]:
    from docx import Document

    return [line for paragraph in Document(io.BytesIO(content)).paragraphs for line in paragraph.text.split("\n")]


def _named(lines: list[str]) -> list[str]:
    """Teams writes `0:0:4.6 --> 0:0:9.1`, the name, and the text as three paragraphs (or two)."""
    out: list[str] = []
    place = 0
    while place < len(lines):
        if _RANGE.match(lines[place]) and place + 2 < len(lines):
            start = lines[place].split("-->")[0].strip().split(".")[0]
            hours, minutes, rest = ([0, 0, 0] + [int(part or 0) for part in start.split(":")])[-3:]
            out.append(f"[{hours}:{minutes:02d}:{rest:02d}] {lines[place + 1].strip()}: {lines[place + 2].strip()}")
            place += 3
        else:
            out.append(lines[place])
            place += 1
    return out
