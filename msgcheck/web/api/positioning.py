"""The agreed positioning: read it, change it, see its versions, take a paragraph apart."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field

from msgcheck.extract.positioning import PositioningFields
from msgcheck.extract.statement import parse_statement
from msgcheck.web.api.shapes import Shape, refusals
from msgcheck.web.positions import Current, Version
from msgcheck.web.services import EditorDep, ServicesDep

router = APIRouter(prefix="/api/v1/positioning", tags=["positioning"])
_LONGEST = 10_000


class PositioningAnswer(Shape):
    """The positioning as it is. `tag` stands for this state of it; `missing` names what is agreed nowhere."""

    file: str
    tag: str
    fields: PositioningFields
    missing: list[str]


class PositioningChange(Shape):
    """What the file shall say; `tag` is that of the state that was edited, empty where there was none."""

    fields: PositioningFields
    tag: str = Field("", max_length=64)
    note: str = Field("", max_length=200, description="What changed, in a few words.")


class VersionAnswer(Shape):
    """One saved state: who saved it, and when."""

    number: int
    at: str
    who: str
    note: str


class VersionFields(VersionAnswer):
    fields: PositioningFields


class Statement(Shape):
    statement: str = Field(max_length=_LONGEST)


class Slots(Shape):
    """What a paragraph says, in its own words; what was not found is empty, and named in `missing`."""

    product: str
    audience: str
    need: str
    category: str
    value: str
    alternatives: list[str]
    difference: str
    missing: list[str]


@router.get("", responses=refusals())
async def positioning(shared: ServicesDep) -> PositioningAnswer:
    """What is agreed, as the project's file says it."""
    return _answer(await asyncio.to_thread(shared.positions.current))


@router.put("", responses=refusals(409))
async def change(body: PositioningChange, shared: ServicesDep, who: EditorDep) -> PositioningAnswer:
    """Change what is agreed; the state before stays among the versions."""
    saved = await asyncio.to_thread(shared.positions.save, body.fields, body.tag, who.name, body.note)
    await shared.note("positioning-saved", who, tag=saved.tag)
    return _answer(saved)


@router.get("/versions", responses=refusals())
async def versions(shared: ServicesDep) -> list[VersionAnswer]:
    """All versions, the newest first."""
    return [VersionAnswer(**_facts(kept)) for kept in await asyncio.to_thread(shared.positions.versions)]


@router.get("/versions/{number}", responses=refusals(404))
async def version(number: Annotated[int, Path(ge=1, le=999_999)], shared: ServicesDep) -> VersionFields:
    """One version with its content."""
    kept = await asyncio.to_thread(shared.positions.version, number)
    return VersionFields(**_facts(kept), fields=await asyncio.to_thread(lambda: kept.fields))


@router.post("/parse", responses=refusals())
def parse(body: Statement) -> Slots:
    """The slots of a paragraph such as 'For X who Y, P is a C that V. Unlike A, it D.'."""
    found = parse_statement(body.statement)
    values = {name: getattr(found, name) for name in Slots.model_fields if name != "missing"}
    missing = [name for name, value in values.items() if not value]
    return Slots(**values | {"alternatives": list(found.alternatives), "missing": missing})


def _answer(current: Current) -> PositioningAnswer:
    missing = list(current.agreed.missing) if current.agreed else []
    return PositioningAnswer(file=current.name, tag=current.tag, fields=current.fields, missing=missing)


def _facts(kept: Version) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in VersionAnswer.model_fields}
