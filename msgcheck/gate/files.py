"""Findings on fetched pages, placed in the files that the pages are made from."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from msgcheck.config import Config, PageMap
from msgcheck.gate.placing import placed
from msgcheck.model import Document, Location, Report

_WILDCARD = re.compile(r"(\*\*|\*)")


def in_files(report: Report, config: Config) -> Report:
    """The report with the fetched pages that `[pages] map` knows placed in their files.

    A finding gets the line on which its words stand there, or none where that is not certain. Keys of pages, and so
    fingerprints, stay what they are.
    """
    documents = {page.document.key: page.document for page in report.pages}
    files = {key: file for key in documents if (file := file_of(key, config)) is not None}
    if not files:
        return report
    texts = {key: file.read_text(encoding="utf-8", errors="replace") for key, file in files.items()}

    def moved(place: Location) -> Location:
        known = place.document in files
        return placed(place, documents[place.document], texts[place.document]) if known else place

    findings = (replace(item, locations=tuple(map(moved, item.locations))) for item in report.findings)
    pages = (replace(page, document=_from_file(page.document, files)) for page in report.pages)
    return replace(report, findings=tuple(findings), pages=tuple(pages))


def _from_file(document: Document, files: Mapping[str, Path]) -> Document:
    return replace(document, source=str(files[document.key])) if document.key in files else document


def file_of(url: str, config: Config) -> Path | None:
    """The file that a page is made from, as the first entry of `[pages] map` says that names one that is there.

    A file outside the folder of the configuration is none, whatever the address of a page says.
    """
    for entry in config.pages.map:
        path = _path(url, entry)
        if path is None:
            continue
        file = (config.folder / path).resolve()
        if file.is_relative_to(config.folder.resolve()) and file.is_file():
            return Path(os.path.relpath(file))
    return None


def _path(url: str, entry: PageMap) -> str | None:
    """The entry's path with what its wildcards stand for in the address; None for another address."""
    parts = _WILDCARD.split(entry.url.rstrip("/"))
    pattern = "".join({"*": "([^/]+)", "**": "(.*)"}.get(part, re.escape(part)) for part in parts)
    found = re.fullmatch(f"{pattern}/?", re.split(r"[?#]", url, maxsplit=1)[0])
    if found is None:
        return None
    said = iter(found.groups())
    return _WILDCARD.sub(lambda _: unquote(next(said)).strip("/"), entry.path)
