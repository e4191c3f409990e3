"""Errors as answers: one shape for programs, a page for people, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from msgcheck.errors import MsgcheckError
from msgcheck.web.errors import AnswerError
from msgcheck.web.security.answers import refusal
from msgcheck.web.security.headers import HEADERS
from msgcheck.web.templating import page

_STATUS = {404: "There is nothing here.", 405: "That cannot be done here."}


def add_handlers(app: FastAPI) -> None:
    """Make every error of the app an answer."""

    @app.exception_handler(MsgcheckError)
    async def known(request: Request, error: MsgcheckError) -> Response:
        status = error.status if isinstance(error, AnswerError) else 422 if error.exit_code == 2 else 500
        headers = error.headers if isinstance(error, AnswerError) else {}
        return answer(request, status, error.message, error.hint, headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"][1:]) or "body"
        return answer(request, 422, f"{where}: {problem['msg']}.", "The API is described in /api/v1/openapi.json.", {})

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        message = _STATUS.get(error.status_code, f"{error.detail}.")
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(sorted(_methods(request)))
        return answer(request, error.status_code, message, "Check the address.", headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        message = "Something went wrong on the server."
        # This answer passes by the layers that protect the others.
        return answer(request, 500, message, "Try again; nothing of yours is lost.", HEADERS)


def _methods(request: Request) -> set[str]:
    """What may be done at the address, by all routes together: each knows only its own method."""
    routes = [route for route in request.app.routes if isinstance(route, APIRoute)]
    fitting = [route for route in routes if route.path_regex.match(request.url.path)]
    return {method for route in fitting for method in route.methods or ()}


def answer(request: Request, status: int, message: str, hint: str, headers: Mapping[str, str]) -> Response:
    """JSON under /api, else a page."""
    if request.url.path.startswith("/api/") or "msgcheck.identity" not in request.scope:
        return refusal(status, message, hint, headers)
    response = page(request, "error.html.j2", status, message=message, hint=hint)
    response.headers.update(headers)
    return response
