"""Log in with a name and password, or with the server's token; log out."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from msgcheck.web.errors import AnswerError
from msgcheck.web.security.identity import TOKEN_USER, Identity, is_token
from msgcheck.web.security.sessions import COOKIE
from msgcheck.web.security.users import User
from msgcheck.web.services import IdentityDep, Services, ServicesDep
from msgcheck.web.settings import ServeSettings
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/login")
async def form(request: Request, next: str = "/") -> Response:
    return page(request, "login.html.j2", next=_own(next), wrong=False)


@router.post("/login")
async def login(
    request: Request,
    shared: ServicesDep,
    who: IdentityDep,
    password: Annotated[str, Form(max_length=1000)],
    name: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Wrong tries make the next ones wait, by address and by name."""
    user = await _user(shared, who, name, password)
    if user is None:
        await shared.note("login-failed", who)
        return page(request, "login.html.j2", 401, next=_own(next), wrong=True)
    shared.sessions.end(who.session)
    response = RedirectResponse(_own(next), 303)
    secure = request.url.scheme == "https"
    session = shared.sessions.begin(user)
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", path="/", secure=secure)
    await asyncio.to_thread(shared.audit.note, "login", user.name, who.client)
    return response


@router.post("/logout")
async def logout(shared: ServicesDep, who: IdentityDep) -> Response:
    shared.sessions.end(who.session)
    await shared.note("logout", who)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


async def _user(shared: Services, who: Identity, name: str, password: str) -> User | None:
    """Who this is. Tries are looked at in turn, so that many at once do not slip past the wait that failures bring.

    Raises AnswerError (429) while there is one.
    """
    tried = (who.client, f"name {name}")
    async with shared.tries:
        if wait := shared.attempts.wait(*tried):
            raise AnswerError(429, "Too many wrong tries.", "Wait before the next one.", retry_after=wait)
        user = await _authenticated(shared.settings, name, password)
        if user is None:
            shared.attempts.failed(*tried)
        else:
            shared.attempts.passed(*tried)
    return user


async def _authenticated(settings: ServeSettings, name: str, password: str) -> User | None:
    if is_token(password, settings.token):
        return TOKEN_USER
    if settings.users is None or not name:
        return None
    return await asyncio.to_thread(settings.users.authenticate, name, password)


def _own(path: str) -> str:
    """A path of this app to go on to, never another site."""
    fine = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if fine else "/"
