"""Check a page: paste, upload or name it, and watch the work."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from msgcheck.web.errors import AnswerError
from msgcheck.web.intake import PastedKind, at_url, pasted, uploaded
from msgcheck.web.services import IdentityDep, ServicesDep
from msgcheck.web.task import Task
from msgcheck.web.templating import page
from msgcheck.web.views.result import shown

router = APIRouter(include_in_schema=False)
Kind = Literal["auto"] | PastedKind
_NOTHING = {"text": "", "kind": "auto", "url": "", "name": ""}
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|main|header|section|article|div|h[1-6]|p|ul|ol)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} |[*+-] |> |\d+\. |---$|```)|\]\(|\*\*\S", re.MULTILINE)


@router.get("/check")
async def form(request: Request, shared: ServicesDep) -> Response:
    return page(request, "check.html.j2", agreed=await shared.agreed(), problem=None, given=_NOTHING)


@router.post("/check")
async def begin(
    request: Request,
    shared: ServicesDep,
    who: IdentityDep,
    text: Annotated[str, Form()] = "",
    kind: Annotated[Kind, Form()] = "auto",
    url: Annotated[str, Form()] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    file: UploadFile | None = None,
) -> Response:
    """Check the one of them that was given. What was pasted comes back with whatever is wrong."""
    try:
        job = await shared.submit(await _task(text, kind, url, name, file), who)
    except AnswerError as error:
        given = {"text": text, "kind": kind, "url": url, "name": name}
        agreed = await shared.agreed()
        return page(request, "check.html.j2", error.status, agreed=agreed, problem=error, given=given)
    return RedirectResponse(f"/check/{job.id}", 303)


@router.get("/check/{id}")
async def result(request: Request, id: str, shared: ServicesDep, was: str = "") -> Response:
    """The result, or how far it is. `was` names the checks of the copy before its words were changed."""
    job = shared.job(id)
    if job.result is None:
        return page(request, "progress.html.j2", job=job, at=request.url.path)
    return await shown(request, job, job.result, was)


@router.post("/check/{id}/cancel")
async def cancel(id: str, shared: ServicesDep, who: IdentityDep) -> Response:
    shared.jobs.cancel(shared.job(id))
    await shared.note("cancel", who, job=id)
    return RedirectResponse(f"/check/{id}", 303)


async def _task(text: str, kind: Kind, url: str, name: str, file: UploadFile | None) -> Task:
    has_file = file is not None and bool(file.filename)
    given = [what for what, is_there in (("text", text.strip()), ("a file", has_file), ("an address", url.strip()))
             if is_there]  # fmt: skip
    if len(given) > 1:
        raise AnswerError(422, f"You gave {' and '.join(given)}.", "Give one of them, and leave the others empty.")
    if not given:
        raise AnswerError(422, "There is nothing to check yet.", "Paste your copy, choose a file or give an address.")
    if file is not None and has_file:
        return uploaded([(file.filename or "", await file.read())])
    if url.strip():
        return at_url(url.strip() if "://" in url else f"https://{url.strip()}")
    return pasted(text, _kind(text) if kind == "auto" else kind, name)


def _kind(text: str) -> PastedKind:
    """What pasted copy is, by what only HTML or Markdown has."""
    if _HTML.match(text):
        return "html"
    return "markdown" if _MARKDOWN.search(text) else "text"
