"""What editors may ask of the server, and what they tell it."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from msgcheck.editor.actions import Action, actions
from msgcheck.editor.comments import Silencer
from msgcheck.editor.hover import hover
from msgcheck.editor.server import Server, Shown

#: So many seconds after the last key a page is checked.
_PAUSE = 0.1
#: What a project is made of; a call may be any file, and is seen when a page is checked next.
_WATCHED = ("**/msgcheck.toml", "**/pyproject.toml", "**/*.yaml", "**/*.yml")


def serve() -> Server:
    """A server that knows all features, ready to be started."""
    server = Server()
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))(_actions)
    server.feature(types.SHUTDOWN)(_shut_down)
    return server


async def _initialized(ls: Server, params: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([wanted]))
    await ls.warm_up()


async def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.schedule(params.text_document.uri)


async def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    ls.schedule(params.text_document.uri, _PAUSE)


async def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    ls.schedule_all()


async def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.forget(params.text_document.uri)


async def _files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    ls.schedule_all()


async def _shut_down(ls: Server, params: None) -> None:
    ls.stop()


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    shown = ls.shown(params.text_document.uri)
    found = list(shown.at(types.Range(params.position, params.position))) if shown else []
    if not found:
        return None
    asked = ls.client_capabilities.text_document
    kinds = (asked.hover.content_format if asked and asked.hover else None) or []
    kind = types.MarkupKind.Markdown if types.MarkupKind.Markdown in kinds else types.MarkupKind.PlainText
    text = hover([finding for finding, _ in found], kind)
    return types.Hover(types.MarkupContent(kind, text), found[0][1].range)


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    shown = ls.shown(params.text_document.uri)
    only = params.context.only
    if shown is None or (only and not any(types.CodeActionKind.QuickFix.startswith(kind) for kind in only)):
        return None
    offered = await asyncio.to_thread(_offered, shown, params.range)
    return [_action(ls, params.text_document.uri, shown.version, *offer) for offer in offered]


def _offered(shown: Shown, asked: types.Range) -> list[tuple[types.Diagnostic, Action]]:
    document = shown.checked.document
    if document is None:
        return []
    silencer = Silencer(shown.buffer, document, shown.checked.keys)
    return [
        (listed, action) for finding, listed in shown.at(asked) for action in actions(finding, shown.places, silencer)
    ]


def _action(
    ls: Server, uri: str, version: int | None, diagnostic: types.Diagnostic, action: Action
) -> types.CodeAction:
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic],
        is_preferred=action.preferred or None,
        edit=_edit(ls, uri, version, action),
    )


def _edit(ls: Server, uri: str, version: int | None, action: Action) -> types.WorkspaceEdit:
    """The edits for this very version, where the editor can hold them to it."""
    workspace = ls.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace else None
    if not (edits and edits.document_changes):
        return types.WorkspaceEdit(changes={uri: list(action.edits)})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(action.edits))])
