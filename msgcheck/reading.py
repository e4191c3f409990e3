"""Pages, from raw documents to measures, in bounded batches; one that did not change comes from the cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Protocol

from msgcheck.attempt import attempt
from msgcheck.cache import Cache, content_key
from msgcheck.config import Config
from msgcheck.digest import program_digest
from msgcheck.extract.pages import extract_page
from msgcheck.inputs import Progress
from msgcheck.kept import Shelf
from msgcheck.language.identity import models_digest
from msgcheck.language.values import Language
from msgcheck.measure.annotate import annotate_pages
from msgcheck.measure.category import CategoryFrame, embed_frame
from msgcheck.measure.metrics import count_words
from msgcheck.measure.page import measure_page
from msgcheck.measure.values import AnnotatedPage, AnnotatedPositioning, PageMeasures, SentenceMeasure
from msgcheck.model import Block, Document, Fault, Positioning, RawDocument, Skipped
from msgcheck.packed import Packed

_NO_COPY = "has no copy that a reader sees"
#: So many pages are read at a time: enough that their sentences fill the models' batches.
_BATCH = 32


@dataclass(slots=True)
class ReadPages:
    """What reading gave; grows batch by batch."""

    measures: list[PageMeasures] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class KeptPage:
    """One page as it is kept: its measures, or none for a page that is skipped, and what was skipped of it.

    The measures' blocks and sentences stand packed beside them, each with their number.
    """

    measures: PageMeasures | None
    skipped: tuple[Skipped, ...]
    blocks: tuple[bytes, int] = (b"", 0)
    sentences: tuple[bytes, int] = (b"", 0)

    @classmethod
    def of(cls, measures: PageMeasures) -> KeptPage:
        document = measures.document
        blocks = Packed.of(document.blocks, Block)
        sentences = Packed.of([_without_vector(item) for item in measures.sentences], SentenceMeasure)
        return cls(
            replace(measures, document=replace(document, blocks=()), sentences=()),
            document.skipped,
            (blocks.packed, len(blocks)),
            (sentences.packed, len(sentences)),
        )

    def unpacked(self) -> PageMeasures | None:
        if self.measures is None:
            return None
        document = replace(self.measures.document, blocks=Packed(*self.blocks, Block))
        return replace(self.measures, document=document, sentences=Packed(*self.sentences, SentenceMeasure))


def unreadable(document: Document) -> tuple[Skipped, ...]:
    """Why a page cannot be judged, empty where it can: there is no copy in it, or it is in another language."""
    if not count_words(document):
        return document.skipped or (Skipped(document.key, _NO_COPY),)
    if document.language not in ("", "en"):
        reason = f"its language is {document.language!r}; msgcheck reads English"
        return (*document.skipped, Skipped(document.key, reason))
    return ()


def _without_vector(item: SentenceMeasure) -> SentenceMeasure:
    return replace(item, sentence=replace(item.sentence, packed_vector=b""))


#: Pages to read, by their key in the cache.
Batch = Mapping[bytes, RawDocument]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a batch: pages by key, and what failed."""

    pages: dict[bytes, KeptPage]
    faults: tuple[Fault, ...] = ()


class Maker(Protocol):
    """Reads and measures batches of pages, here or in other processes or on other machines."""

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        """One `Made` a batch, in order. Batches are drawn as there is room for them."""
        ...


class PageMaker:
    """Reads and measures pages with these models against this positioning, in this process."""

    def __init__(self, config: Config, positioning: AnnotatedPositioning | None, language: Language) -> None:
        self._keys = config.pages.keys
        self._positioning = positioning
        self._agreed = positioning.positioning if positioning else None
        self._language = language

    @cached_property
    def _frame(self) -> CategoryFrame:
        return embed_frame(self._language)

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        return map(self.make, batches)

    def make(self, batch: Batch) -> Made:
        faults: list[Fault] = []
        made: dict[bytes, KeptPage] = {}
        documents: dict[bytes, Document] = {}
        for key, raw in batch.items():
            document = attempt(partial(extract_page, raw, self._keys), "", raw.key, faults)
            if document is not None and (reasons := unreadable(document)):
                made[key] = KeptPage(None, reasons)
            elif document is not None:
                documents[key] = document
        for key, page in self._annotated(documents, faults):
            work = partial(measure_page, page, self._positioning, self._frame)
            measures = attempt(work, "", page.document.key, faults)
            if measures is not None:
                made[key] = KeptPage.of(measures)
        return Made(made, tuple(faults))

    def _annotated(
        self, documents: Mapping[bytes, Document], faults: list[Fault]
    ) -> Iterator[tuple[bytes, AnnotatedPage]]:
        """Pages read together; where that fails each is read alone, so that the one at fault takes no other with it."""
        together = attempt(partial(self._annotate, documents.values()), "", "", [])
        if together is not None:
            yield from zip(documents, together, strict=True)
            return
        for key, document in documents.items():
            alone = attempt(partial(self._annotate, [document]), "", document.key, faults)
            yield from ((key, page) for page in alone or ())

    def _annotate(self, documents: Iterable[Document]) -> tuple[AnnotatedPage, ...]:
        return annotate_pages(list(documents), self._language, self._agreed)


class PageReader:
    """Gives the measures of pages: those that did not change from the cache, the others from a maker."""

    def __init__(self, config: Config, positioning: Positioning | None, maker: Maker, cache: Cache) -> None:
        self._maker = maker
        self._shelf: Shelf[KeptPage] = Shelf(cache, KeptPage)
        self._space = f"page {program_digest()} {models_digest(config.language)} {positioning!r} {config.pages.keys!r}"

    def read(self, pages: Sequence[RawDocument], progress: Progress) -> ReadPages:
        """Measures in the order of `pages`, without those that are skipped or fail."""
        out = ReadPages()
        asked: deque[tuple[list[bytes], dict[bytes, KeptPage]]] = deque()
        done = 0
        for made in self._maker(self._fresh(pages, asked, out.faults)):
            keys, found = asked.popleft()
            self._shelf.put(made.pages.items())
            out.faults += made.faults
            _add(out, keys, found | made.pages)
            done += len(keys)
            progress("Reading pages", done, len(pages))
        progress("Reading pages", len(pages), len(pages))
        return out

    def _fresh(
        self, pages: Sequence[RawDocument], asked: deque[tuple[list[bytes], dict[bytes, KeptPage]]], faults: list[Fault]
    ) -> Iterator[Batch]:
        """What has to be made of each batch; what is asked of it, and what of that is there, goes to `asked`."""
        for first in range(0, len(pages), _BATCH):
            places = range(first, min(first + _BATCH, len(pages)))
            loaded = [page for place in places if (page := attempt(partial(pages.__getitem__, place), "", "", faults))]
            keys = [self._key(raw) for raw in loaded]
            found = self._shelf.get(keys)
            asked.append((keys, found))
            yield {key: raw for key, raw in zip(keys, loaded, strict=True) if key not in found}

    def _key(self, raw: RawDocument) -> bytes:
        return content_key(f"{self._space} {replace(raw, content=b'')!r}", raw.content)


def _add(out: ReadPages, keys: Sequence[bytes], pages: Mapping[bytes, KeptPage]) -> None:
    for page in (pages[key] for key in keys if key in pages):
        out.skipped += page.skipped
        if (measures := page.unpacked()) is not None:
            out.measures.append(measures)
