"""Words of a page replaced where they stand in its source, so that the changed copy can be checked again."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgcheck.extract.decode import decode_html, decode_text
from msgcheck.model import Document, Finding, Location, RawDocument
from msgcheck.rules.base import locate

#: In these, words stand as they read, or nearly so; in code and office files they do not.
_PLAIN = frozenset({"html", "markdown", "text"})
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start`..`end` of a source, which read as `quote`; `words` are plain ones that fit there, or empty."""

    start: int
    end: int
    quote: str
    words: str


class Source:
    """The text of a page, in which the words of its findings can be replaced."""

    def __init__(self, raw: RawDocument, document: Document) -> None:
        self._raw = raw
        self._document = document
        self._html = document.kind == "html"
        self.text = decode_html(raw) if self._html else decode_text(raw)
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    @staticmethod
    def can_hold(document: Document) -> bool:
        return document.kind in _PLAIN

    def places(self, finding: Finding) -> tuple[Place, ...]:
        """Where the words of a finding can be replaced, in their order; none where markup runs through them.

        Different words in one stretch of copy are replaced together, with what stands between them.
        """
        first = finding.primary
        found = [place for place in finding.locations if place.kind == "primary" and place.document == first.document]
        alike = [place for place in found if place.replacement or place.quote.casefold() == first.quote.casefold()]
        if first.block >= 0 and len(alike) < len(found) and all(place.block == first.block for place in found):
            alike = [self._stretch(found)]
        places = (self._place(location) for location in alike if location.end_line)
        return tuple(sorted(filter(None, places), key=lambda place: place.start))

    def _stretch(self, locations: Sequence[Location]) -> Location:
        start, end = min(place.start for place in locations), max(place.end for place in locations)
        return locate(self._document, locations[0].block, start, end)

    def _place(self, location: Location) -> Place | None:
        start = self._offset(location.line, location.column)
        end = self._offset(location.end_line, location.end_column)
        inside = html.unescape(self.text[start:end]) if self._html else self.text[start:end]
        reads_so = bool(location.quote) and inside.split() == location.quote.split()
        return Place(start, end, location.quote, location.replacement) if reads_so else None

    def _offset(self, line: int, column: int) -> int:
        begins = self._lines[line - 1] if line <= len(self._lines) else len(self.text)
        return begins + column - 1

    def with_words(self, finding: Finding, words: str) -> RawDocument:
        """The page with other words at every place of a finding; without `words`, with the plain ones that fit."""
        text, places = self.text, self.places(finding)
        plain = words in ("", *(place.words for place in places[:1]))
        for place in reversed(places):
            if new := place.words if plain else words:
                text = text[: place.start] + (html.escape(new, quote=False) if self._html else new) + text[place.end :]
        return self.with_text(text)

    def with_text(self, text: str) -> RawDocument:
        """The page with another source."""
        return replace(self._raw, content=text.encode("utf-8", "replace"), charset="utf-8")
