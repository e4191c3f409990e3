"""Checks one page after another, with models that stay loaded; all of it in one thread."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path

from msgcheck.attempt import attempt
from msgcheck.cache import Cache, cache_folder
from msgcheck.config import LanguageSettings
from msgcheck.engine import judge_page, listen
from msgcheck.extract.pages import extract_page
from msgcheck.inputs import Inputs, Settings, silent
from msgcheck.language.core import CachedLanguage, load_language
from msgcheck.measure.annotate import annotate_pages, annotate_positioning
from msgcheck.measure.category import CategoryFrame, embed_frame
from msgcheck.measure.page import measure_page
from msgcheck.measure.values import AnnotatedPositioning, CallsMeasures
from msgcheck.model import Document, Fault, Finding, RawDocument
from msgcheck.projects import Project, Projects
from msgcheck.reading import unreadable
from msgcheck.sources.single import page_key

#: So many blocks are read at a time: between them a newer version of the page calls a run off.
_BLOCKS = 16
#: What is checked while the models are loaded, so that all else that a check needs is there as well.
_SAMPLE = RawDocument("page.md", "page.md", "page.md", b"# Order bread online\n\nWe bake it at four.\n")


@dataclass(frozen=True, slots=True)
class Buffer:
    """A page as an editor holds it, which may differ from the file. The suffix of `path` tells its type."""

    path: Path
    text: str

    def raw(self, key: str) -> RawDocument:
        """As if the page had been found in a folder: it may be no copy at all."""
        content = self.text.encode("utf-8", "replace")
        return RawDocument(key, str(self.path), self.path.name, content, charset="utf-8", found=True)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one page found; `problems` says in a line each what it could not do.

    `keys` are those of the configuration with which the page was read.
    """

    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    calls: CallsMeasures = field(default_factory=CallsMeasures)
    keys: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A project as its language model reads it."""

    language: CachedLanguage
    frame: CategoryFrame
    positioning: AnnotatedPositioning | None
    calls: CallsMeasures
    problems: tuple[str, ...]


class Checker:
    """Checks buffers against the project that each belongs to."""

    def __init__(self) -> None:
        self._projects = Projects()
        self._language = lru_cache(maxsize=4)(self._load)
        self._read = lru_cache(maxsize=4)(self._read_project)

    @cached_property
    def _cache(self) -> Cache:
        return Cache(cache_folder())

    def warm_up(self) -> None:
        """Load the models that come with msgcheck, which takes longer than the check of a page."""
        self._language("", "").load()
        project = Project(Settings(), None, ())
        _judged(extract_page(_SAMPLE), project, self._read(project), [])

    def check(self, buffer: Buffer, wanted: Callable[[], bool]) -> Checked:
        """Check a page. Raises CancelledError once `wanted` says no, and MsgcheckError when something is wrong with the
        files of its project or the models that it names."""
        project = self._projects.of(buffer.path)
        key = page_key(buffer.path, project.config)
        if key is None or not buffer.text.strip():
            return Checked()
        keys = tuple(project.config.pages.keys)
        faults: list[Fault] = []
        document = attempt(partial(extract_page, buffer.raw(key), keys), "", key, faults)
        if document is None:
            return Checked(problems=tuple(map(str, faults)))
        if reasons := unreadable(document):
            return Checked(document, keys=keys, problems=tuple(f"{skip.what}: {skip.reason}" for skip in reasons))
        read = self._read(project)
        _read_ahead(document, read.language, wanted)
        findings = attempt(partial(_judged, document, project, read, faults), "", key, faults) or ()
        return Checked(document, findings, read.calls, keys, (*read.problems, *map(str, faults)))

    def _read_project(self, project: Project) -> _Read:
        settings = project.config.language
        language = self._language(settings.encoder, settings.nlp)
        agreed = annotate_positioning(project.agreed, language) if project.agreed else None
        inputs = Inputs(calls=project.calls, positioning=project.agreed)
        calls, faults = listen(inputs, project.config, (), agreed, language, silent)
        return _Read(language, embed_frame(language), agreed, calls, tuple(map(str, faults)))

    def _load(self, encoder: str, nlp: str) -> CachedLanguage:
        return load_language(LanguageSettings(encoder=encoder, nlp=nlp), cache=self._cache)


def _read_ahead(document: Document, language: CachedLanguage, wanted: Callable[[], bool]) -> None:
    """Read the page's words in small parts, so that a newer version can call it off; what was read is kept."""
    texts = [block.text for block in document.blocks if block.is_copy]
    for first in range(0, len(texts), _BLOCKS):
        if not wanted():
            raise CancelledError
        language.annotate(texts[first : first + _BLOCKS])
    if not wanted():
        raise CancelledError


def _judged(document: Document, project: Project, read: _Read, faults: list[Fault]) -> tuple[Finding, ...]:
    (page,) = annotate_pages([document], read.language, project.agreed)
    measures = measure_page(page, read.positioning, read.frame)
    findings, broken = judge_page(measures, project.settings, project.agreed, read.calls)
    faults += broken
    return findings
