"""Who asks: by a session's cookie, by a bearer token, or, where nobody has to say so, anybody on this machine."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from msgcheck.web.security.answers import refusal
from msgcheck.web.security.rates import Attempts
from msgcheck.web.security.sessions import COOKIE, Sessions
from msgcheck.web.security.users import Role, User
from msgcheck.web.settings import ServeSettings

LOCAL = User("local", "editor")
TOKEN_USER = User("token", "editor")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, from where. `session` is the cookie's value, or empty; `bearer` tells that a token was sent."""

    name: str
    role: Role
    client: str
    session: str = ""
    bearer: bool = False
    known: bool = True

    @property
    def client_key(self) -> str:
        """Whose rate it counts against: the user, or the address where several may go by one name."""
        shared = self.bearer or self.name in ("", LOCAL.name, TOKEN_USER.name)
        return f"address {self.client}" if shared else f"user {self.name}"


class Identified:
    """Puts the identity into the scope; sends those who have to log in to the login page."""

    def __init__(self, app: ASGIApp, settings: ServeSettings, sessions: Sessions, attempts: Attempts) -> None:
        self._app = app
        self._settings = settings
        self._sessions = sessions
        self._attempts = attempts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, client = Headers(scope=scope), (scope.get("client") or ("unknown", 0))[0]
        given = bearer(headers)
        if given is not None and (wait := self._attempts.wait(client)):
            retry = {"Retry-After": str(round(wait) + 1)}
            await refusal(429, "Too many wrong tokens.", "Wait a moment.", retry)(scope, receive, send)
            return
        found = self._identity(given, _cookie(headers), client)
        if given is not None and not found.known:
            self._attempts.failed(client)
        if found.known or _is_open(scope["path"]):
            scope["msgcheck.identity"] = found
            await self._app(scope, receive, send)
        elif scope["path"].startswith("/api/") or scope["path"] == "/metrics" or scope["method"] != "GET":
            hint = "Send `Authorization: Bearer TOKEN`, or log in."
            answer = refusal(401, "Please say who you are.", hint, {"WWW-Authenticate": "Bearer"})
            await answer(scope, receive, send)
        else:
            back = quote(scope["path"], safe="/")
            await RedirectResponse(f"/login?next={back}", 303)(scope, receive, send)

    def _identity(self, given: str | None, session: str, client: str) -> Identity:
        if given is not None:
            right = is_token(given, self._settings.token)
            return Identity(TOKEN_USER.name if right else "", TOKEN_USER.role, client, bearer=True, known=right)
        if not self._settings.guarded:
            return Identity(LOCAL.name, LOCAL.role, client, session)
        user = self._sessions.user(session)
        if user is None:
            return Identity("", "viewer", client, known=False)
        return Identity(user.name, user.role, client, session)


def _is_open(path: str) -> bool:
    """What one may have without saying who one is."""
    return path in ("/login", "/healthz") or path.startswith("/static/")


def is_token(given: str, token: str) -> bool:
    """Whether this is the server's token; without one, none is."""
    return bool(token) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode("utf-8", "replace"))


def bearer(headers: Headers) -> str | None:
    """The token of an Authorization header, or None where there is none."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def _cookie(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
