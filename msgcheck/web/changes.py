"""Words of a page replaced where they stand in its source, so that the changed copy can be checked again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgcheck.extract.decode import decode_html, decode_text
from msgcheck.model import Document, Finding, Location, RawDocument

#: In these, words stand as they read, or nearly so; in code and office files they do not.
_PLAIN = frozenset({"html", "markdown", "text"})
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start`..`end` of a source; `words` are the plain ones that fit there, or empty."""

    start: int
    end: int
    words: str


class Source:
    """The text of a page, in which the words of its findings can be replaced."""

    def __init__(self, raw: RawDocument, document: Document) -> None:
        self._raw = raw
        self._html = document.kind == "html"
        self.text = decode_html(raw) if self._html else decode_text(raw)
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    @staticmethod
    def can_hold(document: Document) -> bool:
        return document.kind in _PLAIN

    def places(self, finding: Finding) -> tuple[Place, ...]:
        """Where the words of a finding can be replaced, in their order; none where markup runs through them."""
        return tuple(sorted(self._places(finding), key=lambda place: place.start))

    def _places(self, finding: Finding) -> Iterator[Place]:
        first = finding.primary
        for location in finding.locations:
            if location.kind == "primary" and location.document == first.document and location.end_line:
                start = self._offset(location.line, location.column)
                end = self._offset(location.end_line, location.end_column)
                alike = location.quote.casefold() == first.quote.casefold()
                if (alike or location.replacement) and self._reads_as(start, end, location):
                    yield Place(start, end, location.replacement)

    def _reads_as(self, start: int, end: int, location: Location) -> bool:
        inside = html.unescape(self.text[start:end]) if self._html else self.text[start:end]
        return bool(location.quote) and inside.split() == location.quote.split()

    def _offset(self, line: int, column: int) -> int:
        begins = self._lines[line - 1] if line <= len(self._lines) else len(self.text)
        return begins + column - 1

    def with_words(self, finding: Finding, words: str) -> RawDocument:
        """The page with other words at every place of a finding; without `words`, with the plain ones that fit."""
        text = self.text
        for place in reversed(self.places(finding)):
            new = words or place.words
            if new:
                text = text[: place.start] + (html.escape(new, quote=False) if self._html else new) + text[place.end :]
        return self.with_text(text)

    def with_text(self, text: str) -> RawDocument:
        """The page with another source."""
        return replace(self._raw, content=text.encode("utf-8", "replace"), charset="utf-8")
