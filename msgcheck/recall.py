"""`check`, answered from the cache when nothing has changed: no page is read again, and no model is loaded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgcheck.cache import Cache, content_key
from msgcheck.digest import program_digest, update_with
from msgcheck.inputs import Inputs, Progress, Settings, silent
from msgcheck.kept import Shelf
from msgcheck.language.identity import models_digest
from msgcheck.model import Block, Finding, PageReport, Positioning, Report, Run, SentenceReport
from msgcheck.packed import Joined, Packed
from msgcheck.scale.readers import Readers

if TYPE_CHECKING:
    from msgcheck.language.core import CachedLanguage
    from msgcheck.reading import Maker

#: The long lists of a report are kept in parts of so many, lest a report of thousands of pages be held twice.
_PART = 100
#: New pages are read in this process.
_HERE = Readers()


class Checker:
    """Checks inputs with the configured models, which are loaded once, when first something has to be read."""

    def __init__(self, settings: Settings, cache: Cache, progress: Progress = silent, readers: Readers = _HERE) -> None:
        self._settings = settings
        self._cache = cache
        self._progress = progress
        self._readers = readers

    def load(self) -> None:
        """Load the models and the engine now, not with the first text that is new."""
        import_module("msgcheck.engine")
        self._language.load()

    @cached_property
    def _language(self) -> CachedLanguage:
        from msgcheck.language.core import load_language

        return load_language(self._settings.config.language, cache=self._cache, watcher=self._progress)

    def check(self, inputs: Inputs) -> Report:
        """The report of `msgcheck.engine.check`; only its `run` is new when nothing changed.

        What could not be read or judged is tried again: a report with faults is not kept.
        """
        started, clock = datetime.now(UTC), time.monotonic()
        settings = self._settings
        key = _run_key(inputs, settings)
        kept = _KeptReports(self._cache)
        if (report := kept.get(key)) is not None:
            duration = round(time.monotonic() - clock, 3)
            return replace(report, run=Run(started.isoformat(timespec="seconds"), duration, settings.config.source))

        from msgcheck import engine

        report = engine.check(
            inputs, settings, self._language, self._progress, self._cache, self._elsewhere(inputs.positioning)
        )
        if not report.faults and _run_key(inputs, settings) == key:
            kept.put(key, report)
        return report

    def _elsewhere(self, positioning: Positioning | None) -> Callable[[Maker], Maker] | None:
        from msgcheck.scale.order import Order

        return self._readers.instead(Order(self._settings.config, positioning, self._cache.folder))


def _run_key(inputs: Inputs, settings: Settings) -> bytes:
    """Of all that a report depends on."""
    config = settings.config
    own = (settings.select, settings.ignore, config.source)
    given = (*own, inputs.positioning, inputs.skipped, inputs.faults, inputs.calls_until)
    state = hashlib.blake2b(config.model_dump_json().encode())
    state.update(repr(given).encode("utf-8", "surrogatepass"))
    for documents in (inputs.pages, inputs.calls):
        update_with(state, documents)
    return content_key(f"run {program_digest()} {models_digest(config.language)}", state.digest())


@dataclass(frozen=True, slots=True)
class _Header:
    """A report without its long lists, and how many items each of those has; sentences stand in packed lists."""

    report: Report
    pages: int
    sentences: int
    findings: int


@dataclass(frozen=True, slots=True)
class _KeptPage:
    """A page of a report, its document's blocks packed, with their number."""

    page: PageReport
    blocks: tuple[bytes, int]

    @classmethod
    def of(cls, page: PageReport) -> _KeptPage:
        blocks = Packed.of(page.document.blocks, Block)
        bare = replace(page, document=replace(page.document, blocks=()))
        return cls(bare, (blocks.packed, len(blocks)))

    def unpacked(self) -> PageReport:
        return replace(self.page, document=replace(self.page.document, blocks=Packed(*self.blocks, Block)))


class _KeptReports:
    """Reports in the cache, their long lists in parts."""

    def __init__(self, cache: Cache) -> None:
        self._headers: Shelf[_Header] = Shelf(cache, _Header)
        self._lists: dict[str, Shelf[Any]] = {
            "pages": Shelf(cache, tuple[_KeptPage, ...]),
            "sentences": Shelf(cache, tuple[tuple[bytes, int], ...]),
            "findings": Shelf(cache, tuple[Finding, ...]),
        }

    def get(self, key: bytes) -> Report | None:
        header = self._headers.get([key]).get(key)
        if header is None:
            return None
        lists: dict[str, Any] = {name: self._list(key, name, getattr(header, name)) for name in self._lists}
        if any(len(items) != getattr(header, name) for name, items in lists.items()):
            return None
        pages = tuple(page.unpacked() for page in lists.pop("pages"))
        sentences = Joined(Packed(packed, count, SentenceReport) for packed, count in lists.pop("sentences"))
        return replace(header.report, pages=pages, sentences=sentences, **lists)

    def _list(self, key: bytes, name: str, count: int) -> tuple[Any, ...]:
        parts = _part_keys(key, name, count)
        found = self._lists[name].get(parts)
        return tuple(item for part in parts for item in found.get(part, ()))

    def put(self, key: bytes, report: Report) -> None:
        sentences = [(part.packed, len(part)) for part in Joined.of(report.sentences, SentenceReport).parts]
        lists: dict[str, Sequence[Any]] = {"pages": report.pages, "sentences": sentences, "findings": report.findings}
        for name, items in lists.items():
            for number, part in enumerate(_part_keys(key, name, len(items))):
                kept = items[number * _PART : (number + 1) * _PART]
                self._lists[name].put([(part, tuple(map(_KeptPage.of, kept)) if name == "pages" else kept)])
        bare = replace(report, pages=(), sentences=(), findings=())
        header = _Header(bare, **{name: len(items) for name, items in lists.items()})
        self._headers.put([(key, header)])


def _part_keys(key: bytes, name: str, count: int) -> list[bytes]:
    return [content_key(f"{name} {first}", key) for first in range(0, count, _PART)]
