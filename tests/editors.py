"""An editor for tests: a real client that talks to `python -m msgcheck lsp` over its stdin and stdout."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

T = TypeVar("T")
#: Seconds after which an answer is taken to be missing; loading the models on a busy machine takes a while.
_PATIENCE = 180.0
_LANGUAGES = {".md": "markdown", ".mdx": "mdx", ".html": "html", ".txt": "plaintext"}


class Editor:
    """Opens, changes and closes pages, and keeps whatever the server publishes, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, root: Path) -> None:
        self.published: list[types.PublishDiagnosticsParams] = []
        self.messages: list[str] = []
        self.client = LanguageClient("tests", "1")
        self._loop = loop
        self._root = root
        self._arrived = asyncio.Event()
        self._versions: dict[str, int] = {}
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._publish(params))
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self._message(params))
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: None)

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.append(params)
        self._arrived.set()

    def _message(self, params: types.ShowMessageParams) -> None:
        self.messages.append(params.message)
        self._arrived.set()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, _PATIENCE), self._loop).result()

    async def start(self) -> None:
        await self.client.start_io(sys.executable, "-m", "msgcheck", "lsp", cwd=str(self._root))
        document = types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        )
        await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(text_document=document), root_uri=self._root.as_uri()
            )
        )
        self.client.initialized(types.InitializedParams())

    async def leave(self) -> int | None:
        """Shut the server down as the protocol wants it, and give back its exit code."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        return await self.client._server.wait()

    def open(self, path: Path, text: str) -> list[types.Diagnostic]:
        self.open_unanswered(path, text)
        return self.diagnostics(path)

    def open_unanswered(self, path: Path, text: str) -> None:
        uri = path.as_uri()
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, _LANGUAGES.get(path.suffix, "unknown"), 1, text)
        self.tell(self.client.text_document_did_open, types.DidOpenTextDocumentParams(item))

    def type(self, path: Path, text: str) -> int:
        """Put another text into the buffer, and give back its version."""
        uri = path.as_uri()
        self._versions[uri] += 1
        version = self._versions[uri]
        change = types.TextDocumentContentChangeWholeDocument(text)
        identifier = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        self.tell(self.client.text_document_did_change, types.DidChangeTextDocumentParams(identifier, [change]))
        return version

    def change(self, path: Path, text: str) -> list[types.Diagnostic]:
        self.type(path, text)
        return self.diagnostics(path)

    def files_changed(self, path: Path) -> None:
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
        self.tell(self.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([event]))

    def close(self, path: Path) -> None:
        identifier = types.TextDocumentIdentifier(path.as_uri())
        self.tell(self.client.text_document_did_close, types.DidCloseTextDocumentParams(identifier))

    def tell(self, notify: Any, params: Any) -> None:
        async def told() -> None:
            notify(params)

        self.run(told())

    def diagnostics(self, path: Path) -> list[types.Diagnostic]:
        """The last ones of the newest version, once they have come."""
        uri = path.as_uri()

        def newest() -> list[list[types.Diagnostic]]:
            wanted = (uri, self._versions[uri])
            return [list(params.diagnostics) for params in self.published if (params.uri, params.version) == wanted]

        self.wait(lambda: bool(newest()))
        return newest()[-1]

    def wait(self, arrived: Callable[[], bool]) -> None:
        """Until the server has sent what is wanted."""

        async def wait() -> None:
            while not arrived():
                self._arrived.clear()
                await self._arrived.wait()

        self.run(wait())

    def hover(self, path: Path, line: int, character: int) -> str:
        where = types.HoverParams(types.TextDocumentIdentifier(path.as_uri()), types.Position(line, character))
        answer = self.run(self.client.text_document_hover_async(where))
        assert answer is None or isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value if answer else ""

    def actions(self, path: Path, diagnostic: types.Diagnostic) -> dict[str, types.CodeAction]:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(path.as_uri()), diagnostic.range, types.CodeActionContext([diagnostic])
        )
        answer = self.run(self.client.text_document_code_action_async(params)) or []
        return {action.title: action for action in answer if isinstance(action, types.CodeAction)}


@contextmanager
def editor(root: Path) -> Iterator[Editor]:
    """An editor with a running server, which is asked to leave in the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        made = asyncio.run_coroutine_threadsafe(_made(loop, root), loop).result()
        made.run(made.start())
        yield made
        if not made.client.stopped:
            made.run(made.leave())
            made.run(made.client.stop())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _made(loop: asyncio.AbstractEventLoop, root: Path) -> Editor:
    return Editor(loop, root)


def apply(text: str, edits: list[types.TextEdit]) -> str:
    """The text after edits as an editor makes them: places count UTF-16 units."""
    lines = text.replace("\r\n", "\n").split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        start, end = edit.range.start, edit.range.end
        before = units(lines[start.line])[: 2 * start.character].decode("utf-16-le")
        behind = units(lines[end.line])[2 * end.character :].decode("utf-16-le")
        lines[start.line : end.line + 1] = (before + edit.new_text + behind).split("\n")
    return "\n".join(lines)


def said(text: str, place: types.Range) -> str:
    """The words of a text at a range on one line."""
    assert place.start.line == place.end.line
    line = units(text.replace("\r\n", "\n").split("\n")[place.start.line])
    return line[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")


def units(line: str) -> bytes:
    return line.encode("utf-16-le", "surrogatepass")
