"""Markdown notes that a rep wrote: a heading a call, a bullet a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from msgcheck.extract.transcripts.common import Utterance, date_in, make_call
from msgcheck.model import Call, RawDocument, Speaker

_HEADING = re.compile(r"^(#{1,4})\s+(.*)$")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$")
_WITH = re.compile(r"(?i)\b(?:call|demo|chat|meeting|intro|discovery)\s+with\s+([^,–—(]{1,120}?)\s*(?:[,–—(]|\s-\s|$)")
_WRITER = re.compile(
    r"(?im)^\s*(?:by|author|owner|rep|notes by|written by)\s*:?\s+([A-Z][\w'’-]+(?:\s[A-Z][\w'’.-]*)?)"
)
_SIGNATURE = re.compile(r"^([A-Z][a-z'’]+ [A-Z]\.)")
_HEAD = 600
_MARKS = re.compile(r"\*\*|__|`")


@dataclass(slots=True)
class _Section:
    """A heading with the notes below it, while they are collected."""

    heading: str
    line: int
    notes: list[tuple[int, str]] = field(default_factory=list)


def looks_like_notes(text: str) -> bool:
    """Whether there is a Markdown heading and at least two bullets, or paragraphs under a 'call with' heading."""
    lines = text.splitlines()
    headings = [match[2] for line in lines if (match := _HEADING.match(line))]
    bullets = sum(_BULLET.match(line) is not None for line in lines)
    return bool(headings) and (bullets >= 2 or any(_WITH.search(heading) for heading in headings))


def read_notes(raw: RawDocument, text: str) -> tuple[Call, ...]:
    """One call a heading that says with whom; one call for the whole file when no heading does."""
    sections = list(_sections(text))
    calls = [section for section in sections if _WITH.search(section.heading) and section.notes]
    writer = _writer(text, raw.name)
    if not calls:
        joined = _Section(sections[0].heading if sections else "", 1)
        joined.notes = [note for section in sections for note in section.notes]
        return (_call(raw, joined, writer, ""),)
    return tuple(_call(raw, section, writer, str(number)) for number, section in enumerate(calls, 1))


def _sections(text: str) -> Iterator[_Section]:
    current = _Section("", 1)
    for number, line in enumerate(text.splitlines(), 1):
        heading = _HEADING.match(line)
        if heading:
            yield current
            current = _Section(heading[2].strip(), number)
        elif bullet := _BULLET.match(line):
            current.notes.append((number, bullet[1]))
        elif line.strip():
            if line[:1].isspace() and current.notes:
                first, before = current.notes[-1]
                current.notes[-1] = (first, f"{before} {line.strip()}")
            else:
                current.notes.append((number, line.strip()))
    yield current


def _writer(text: str, name: str) -> str:
    """Who wrote the notes: a 'by' line, a signature like `Ada B.` under the title, or the file's first word."""
    above = takewhile(lambda line: not _BULLET.match(line), text[:_HEAD].split("\n"))
    if match := _WRITER.search("\n".join(above)):
        return match[1]
    for line in text.splitlines()[:6]:
        if match := _SIGNATURE.match(line.strip()):
            return match[1]
    first = re.match(r"[A-Za-z]+", name)
    return first[0].capitalize() if first and first[0].lower() not in ("call", "calls", "notes", "note") else "Notes"


def _call(raw: RawDocument, section: _Section, writer: str, part: str) -> Call:
    met = _WITH.search(section.heading)
    speakers = [Speaker(writer, "rep", 0.9)]
    if met:
        speakers.append(Speaker(met[1].strip(), "prospect", 0.9))
    said = [Utterance(writer, _MARKS.sub("", note), line=line, note=True) for line, note in section.notes]
    heading = section.heading
    return make_call(raw, "markdown-notes", said, date=date_in(heading), speakers=speakers, title=heading, part=part)
