"""The agreed positioning: read it, edit it in a form, take a paragraph apart, look at older versions."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from msgcheck.errors import MsgcheckError
from msgcheck.extract.positioning import read_positioning
from msgcheck.extract.statement import Slots, parse_statement
from msgcheck.model import RawDocument
from msgcheck.web.forms import KINDS, Sheet, checked, filled, from_form, to_sheet, with_slots
from msgcheck.web.services import EditorDep, IdentityDep, Services, ServicesDep
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False, prefix="/positioning")
Number = Annotated[int, Path(ge=1, le=999_999)]
_SLOTS = {
    "product": "Product",
    "category": "What kind of product it is",
    "audience": "Who it is for",
    "need": "What they need",
    "value": "What it does for them",
    "alternatives": "What they would use instead",
    "difference": "What is different",
}


@router.get("")
async def view(request: Request, shared: ServicesDep) -> Response:
    """What is agreed now, and the versions before."""
    current, versions = await asyncio.to_thread(lambda: (shared.positions.current(), shared.positions.versions()))
    return page(
        request,
        "positioning.html.j2",
        agreed=current.agreed,
        file=current.name,
        versions=versions,
        kept=None,
        saved="saved" in request.query_params,
    )


@router.get("/edit")
async def edit(request: Request, shared: ServicesDep, who: EditorDep) -> Response:
    current = await asyncio.to_thread(shared.positions.current)
    return _form(request, to_sheet(current.fields), current.tag)


@router.post("")
async def save(request: Request, shared: ServicesDep, who: EditorDep) -> Response:
    """Save the form, or show it again with what is wrong at each field."""
    form = await request.form()
    sheet, tag, note = checked(from_form(form)), str(form.get("tag") or ""), str(form.get("note") or "")[:200]
    if "more" in form:
        return _form(request, from_form(form), tag)
    if sheet.problems:
        return _form(request, sheet, tag, status=422)
    try:
        saved = await asyncio.to_thread(lambda: shared.positions.save(filled(sheet), tag, who.name, note))
    except MsgcheckError as error:
        return _form(request, sheet, tag, status=409, problem=error)
    await shared.note("positioning-saved", who, tag=saved.tag)
    return RedirectResponse("/positioning?saved=1", 303)


@router.post("/parse")
async def parse(request: Request, shared: ServicesDep, who: EditorDep) -> Response:
    """Take a statement apart into the fields of the form; nothing is saved yet."""
    form = await request.form()
    sheet = from_form(form)
    statement = sheet.words["statement"]
    slots = parse_statement(statement)
    return _form(request, with_slots(sheet, slots, statement), str(form.get("tag") or ""), slots=slots)


@router.get("/versions/{number}")
async def version(request: Request, number: Number, shared: ServicesDep, who: IdentityDep) -> Response:
    """What was agreed once."""
    kept = await asyncio.to_thread(shared.positions.version, number)
    raw = RawDocument(kept.name, kept.name, kept.name, kept.text.encode("utf-8", "replace"))
    agreed = await asyncio.to_thread(read_positioning, raw)
    return page(request, "positioning.html.j2", agreed=agreed, file=kept.name, versions=(), kept=kept, saved=False)


@router.post("/versions/{number}/restore")
async def restore(number: Number, shared: ServicesDep, who: EditorDep) -> Response:
    """Let an older version hold again; the one that held until now stays among the versions."""
    saved = await asyncio.to_thread(_restored, shared, number, who.name)
    await shared.note("positioning-restored", who, version=number, tag=saved)
    return RedirectResponse("/positioning?saved=1", 303)


def _restored(shared: Services, number: int, who: str) -> str:
    kept, current = shared.positions.version(number), shared.positions.current()
    return shared.positions.save(kept.fields, current.tag, who, f"as in version {number}").tag


def _form(
    request: Request,
    sheet: Sheet,
    tag: str,
    *,
    status: int = 200,
    problem: MsgcheckError | None = None,
    slots: Slots | None = None,
) -> Response:
    found: list[tuple[str, Any]] = []
    if slots is not None:
        values = {item.name: getattr(slots, item.name) for item in fields(slots)}
        found = [(name, _told(values[key])) for key, name in _SLOTS.items()]
    return page(
        request, "positioning_form.html.j2", status, sheet=sheet, tag=tag, problem=problem, found=found, kinds=KINDS
    )


def _told(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
