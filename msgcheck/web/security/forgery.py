"""Requests that another site made a browser send: refused by their origin, and by the token that ours carry."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from msgcheck.web.errors import AnswerError
from msgcheck.web.security.answers import refusal
from msgcheck.web.security.identity import Identity
from msgcheck.web.security.sessions import Sessions

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"
HEADER = "x-csrf-token"
_HINT = "Open the app in this browser and do it there."


class OwnOrigin:
    """Refuses what changes something and comes from a page of another origin. Programs say no origin, and may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not _is_own(Headers(scope=scope)):
            await refusal(403, "This came from a page of another site.", _HINT)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_own(headers: Headers) -> bool:
    origin, fetched = headers.get("origin"), headers.get("sec-fetch-site")
    if fetched is not None and fetched not in ("same-origin", "none"):
        return False
    return origin is None or origin.partition("://")[2].lower() == headers.get("host", "").lower()


async def not_forged(request: Request) -> None:
    """Raise AnswerError unless a request that changes something, made with a session, carries the session's token."""
    identity: Identity = request.scope["msgcheck.identity"]
    if request.method in SAFE or not identity.session:
        return
    token = request.headers.get(HEADER)
    if token is None and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(FIELD)
        token = field if isinstance(field, str) else None
    sessions: Sessions = request.app.state.services.sessions
    if token is None or not sessions.is_csrf(identity.session, token):
        raise AnswerError(403, "The form is too old, or not ours.", "Reload the page and send it again.")


_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
