"""Where one arrives: at the form, or, where the project has nothing yet, at what to do first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from msgcheck.web.services import ServicesDep
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/")
async def start(request: Request, shared: ServicesDep) -> Response:
    project = await shared.project()
    if project.agreed is None and not project.config.pages.include:
        return page(request, "start.html.j2", folder=shared.settings.folder.resolve().name)
    return RedirectResponse("/check", 303)
