"""The pages that are open in an editor: each is checked in a thread beside, and only its newest version is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path, urlparse
from pygls.workspace import TextDocument

from msgcheck import __version__
from msgcheck.editor.checker import Buffer, Checked, Checker
from msgcheck.editor.diagnostics import diagnostic
from msgcheck.editor.places import Places, overlaps
from msgcheck.errors import MsgcheckError
from msgcheck.model import Finding
from msgcheck.report.plain import plain
from msgcheck.sources.single import TEXT_SUFFIXES

#: The suffix that stands for an editor's name of a language, where that of the file is none that msgcheck knows.
_SUFFIXES = {"markdown": ".md", "mdx": ".mdx", "html": ".html", "plaintext": ".txt"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an editor shows of one version of a page."""

    version: int | None
    buffer: Buffer
    checked: Checked
    places: Places
    findings: tuple[tuple[Finding, types.Diagnostic], ...]

    def at(self, asked: types.Range) -> Iterator[tuple[Finding, types.Diagnostic]]:
        """The findings whose words a range touches."""
        return (found for found in self.findings if overlaps(found[1].range, asked))


@dataclass(slots=True)
class _Page:
    """An open page: the check that is under way, and what was shown and said last."""

    task: asyncio.Task[None] | None = None
    shown: Shown | None = None
    complaint: str = ""
    problems: tuple[str, ...] = ()


class Server(LanguageServer):
    """Knows the open pages. Everything but the checks themselves runs in the event loop."""

    def __init__(self) -> None:
        super().__init__("msgcheck", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.shut_down = False
        self._pages: dict[str, _Page] = {}
        self._checker = Checker()
        self._worker = ThreadPoolExecutor(1, "msgcheck")

    async def warm_up(self) -> None:
        """Load the models before the first page asks for them."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._worker, self._checker.warm_up)
        except MsgcheckError as error:
            self._show(str(error))

    def schedule(self, uri: str, pause: float = 0.0) -> None:
        """Check a page after a pause; a check of an older version of it is called off."""
        page = self._pages.setdefault(uri, _Page())
        if page.task is not None:
            page.task.cancel()
        page.task = asyncio.ensure_future(self._check(uri, page, pause))

    def schedule_all(self) -> None:
        for uri in self._pages:
            self.schedule(uri)

    def forget(self, uri: str) -> None:
        """Call off what is under way for a page, and take away what is shown of it."""
        page = self._pages.pop(uri, None)
        if page is not None and page.task is not None:
            page.task.cancel()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def stop(self) -> None:
        for page in self._pages.values():
            if page.task is not None:
                page.task.cancel()
        self._pages.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)
        self.shut_down = True

    def shown(self, uri: str) -> Shown | None:
        """What is shown of a page, if it is about the version that the editor has."""
        page = self._pages.get(uri)
        if page is None or page.shown is None:
            return None
        return page.shown if page.shown.version == self.workspace.get_text_document(uri).version else None

    async def _check(self, uri: str, page: _Page, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self.workspace.get_text_document(uri)
        buffer = self._buffer(document)
        if buffer is None:
            return
        version, task = document.version, asyncio.current_task()
        work = partial(self._checker.check, buffer, lambda: page.task is task and self._pages.get(uri) is page)
        try:
            checked = await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except MsgcheckError as error:
            self._complain(page, str(error))
            return
        page.complaint = ""
        page.shown = self._publish(uri, version, buffer, checked)
        if checked.problems != page.problems:
            page.problems = checked.problems
            for problem in checked.problems:
                self._log(problem)

    def _buffer(self, document: TextDocument) -> Buffer | None:
        """A page as it stands in the editor; None for what msgcheck does not read."""
        scheme, _, name, *_ = urlparse(document.uri)
        if scheme not in ("file", "untitled"):
            return None
        path = Path(to_fs_path(document.uri) or Path(self.workspace.root_path or Path.cwd(), name))
        if path.suffix.lower() not in TEXT_SUFFIXES:
            suffix = _SUFFIXES.get(document.language_id or "")
            if suffix is None:
                return None
            path = path.with_name(f"{path.name}{suffix}")
        return Buffer(path, document.source)

    def _publish(self, uri: str, version: int | None, buffer: Buffer, checked: Checked) -> Shown:
        places = Places(buffer.text, self.workspace.position_codec)
        sent = self.client_capabilities.text_document
        published = sent.publish_diagnostics if sent else None
        related = bool(published and published.related_information)
        findings = tuple(finding for finding in checked.findings if not finding.suppressed)
        listed = [diagnostic(finding, checked, uri, places, related=related) for finding in findings]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, listed, version))
        return Shown(version, buffer, checked, places, tuple(zip(findings, listed, strict=True)))

    def _complain(self, page: _Page, complaint: str) -> None:
        """Say once what is wrong with a project, however many pages are open and however often they change."""
        if all(other.complaint != complaint for other in self._pages.values()):
            self._show(f"{complaint} Pages are not checked until this is mended.")
        page.complaint = complaint

    def _show(self, text: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, plain(f"msgcheck: {text}")))

    def _log(self, text: str) -> None:
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, plain(text)))
