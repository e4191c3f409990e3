"""Where the documents of a report lie: as files of a repository, or as pages of the web."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from urllib.parse import quote

from msgcheck.model import Report
from msgcheck.report.view import View

#: Halves of surrogate pairs, but for those that stand for a byte of a file name.
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """Finds the file or address of a document by its key."""

    sources: Mapping[str, str]
    view: View

    @classmethod
    def of(cls, report: Report, view: View) -> Places:
        """The places of all pages and calls of a report."""
        sources = {page.document.key: page.document.source for page in report.pages}
        sources |= {call.call.key: call.call.source for call in report.calls}
        return cls(sources, view)

    def path(self, document: str) -> str:
        """The file's path from the repository's root, with `/`; empty for a page of the web and for no document."""
        source = self.sources.get(document, document)
        return "" if not source or _WEB.match(source) else _within(source, self.view.folder, self.view.root)

    def uri(self, document: str) -> str:
        """A relative reference, percent-encoded, as SARIF wants it.

        Code scanning refuses a report with other schemes than `file`, so a page of the web becomes `host/path`.
        """
        source = self.sources.get(document, document)
        name = _WEB.sub("", source).rstrip("/") if _WEB.match(source) else self.path(document)
        return _quoted(name)

    def link(self, document: str, line: int) -> str:
        """Where a reader can open the document, in the browser; empty where nothing is known."""
        source = self.sources.get(document, document)
        if _WEB.match(source):
            return source
        path = self.path(document)
        if not self.view.blob or not path or Path(path).is_absolute():
            return ""
        anchor = f"#L{line}" if line else ""
        return f"{self.view.blob}/{_quoted(path)}{anchor}"


@lru_cache(maxsize=4096)
def _within(source: str, folder: Path, root: Path) -> str:
    path = os.path.normpath(folder / source)
    within = os.path.relpath(path, root)
    return PurePath(path if within.startswith("..") else within).as_posix()


def _quoted(path: str) -> str:
    """Percent-encoded; bytes of a file name that are no text stay what they are."""
    return quote(_HALVES.sub("\N{REPLACEMENT CHARACTER}", path).encode("utf-8", "surrogateescape"), safe="/")
