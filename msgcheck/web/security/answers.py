"""Refusals, in the one shape that the API and the pages understand."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse


def refusal(status: int, message: str, hint: str = "", headers: Mapping[str, str] | None = None) -> JSONResponse:
    """What went wrong and what to do, as JSON."""
    return JSONResponse({"error": {"message": message, "hint": hint}}, status, headers=headers)
