"""Which findings stand on words that were changed since a commit."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from msgcheck.gate.compare import Changed
from msgcheck.model import Location, Report
from msgcheck.sources.git import Repository


def changed_since(report: Report, repository: Repository, texts: Mapping[str, bytes]) -> Changed:
    """Tells of a finding, by its index, whether one of its places was changed; `texts` is what stood there before."""
    sources = {page.document.key: page.document.source for page in report.pages}

    @cache
    def lines(document: str) -> frozenset[int]:
        source = Path(sources[document])
        before = texts.get(repository.relative(source) or "")
        return frozenset() if before is None else changed_lines(before, source.read_bytes())

    def is_changed(place: Location) -> bool:
        covered = range(place.line, max(place.line, place.end_line) + 1)
        return place.document in sources and not lines(place.document).isdisjoint(covered)

    return lambda index: any(map(is_changed, report.findings[index].locations))


def changed_lines(before: bytes, now: bytes) -> frozenset[int]:
    """The lines of `now`, from 1, that do not stand in `before`."""
    matcher = SequenceMatcher(None, before.splitlines(), now.splitlines())
    blocks = (range(start + 1, end + 1) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal")
    return frozenset(line for block in blocks for line in block)
