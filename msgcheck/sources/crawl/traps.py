"""Addresses without end: calendars, pagination, filters that combine, and links that nest in themselves."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

#: So many addresses of one shape are read. A hundred months of a calendar or pages of a list hold no further copy
#: that the first did not; sites with numbered products are not of these shapes.
MOST_OF_A_SHAPE = 50
_MOST_SEGMENTS = 16
_MOST_PARAMETERS = 8
_PAGED = re.compile(r"(/(?:page|seite)[/-]?)\d+(?=/|$)", re.IGNORECASE)
#: A year alone is as likely the number of a product, and there are not many years.
_DATED = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}){1,2}/?$")


class Traps:
    """Counts addresses by shape, and tells when there are enough of one."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def admits(self, url: str) -> bool:
        """Whether a new address is worth reading; counts it."""
        if _nests(url):
            return False
        shape = shape_of(url)
        if not shape:
            return True
        self._seen[shape] += 1
        return self._seen[shape] <= MOST_OF_A_SHAPE

    def refused(self) -> list[tuple[str, int]]:
        """The shapes of which addresses were left out, with how many."""
        over = ((shape, count - MOST_OF_A_SHAPE) for shape, count in self._seen.items())
        return sorted((shape, count) for shape, count in over if count > 0)


def shape_of(url: str) -> str:
    """What an address has in common with its endless siblings; empty for an ordinary one."""
    parts = urlsplit(url)
    path = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if parts.query:
        return f"{path}?…"
    if _PAGED.search(parts.path):
        return _PAGED.sub(r"\1…", path)
    if _DATED.search(parts.path):
        return _DATED.sub("/(date)", path)
    return ""


def _nests(url: str) -> bool:
    """Relative links on a page served at any depth give /a/b/a/b/a/b and so on."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > _MOST_SEGMENTS or parts.query.count("&") >= _MOST_PARAMETERS:
        return True
    named = Counter(segment for segment in segments if not segment.isdigit())
    return max(named.values(), default=0) > 2
