"""Pages from templates: the report's own templates and marks, everything escaped, no script or style inline."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, PackageLoader

from msgcheck import __version__
from msgcheck.report import wording
from msgcheck.report.html import environment
from msgcheck.web.security.sessions import COOKIE, new_id
from msgcheck.web.services import identity, services

_SOURCES = ChoiceLoader([PackageLoader("msgcheck.web"), PackageLoader("msgcheck.report.html")])
_TEMPLATES = environment(_SOURCES)
#: The places of the app, in the order of the navigation: path, name.
PLACES = (
    ("/check", "Check"),
    ("/positioning", "Positioning"),
    ("/site", "Site"),
    ("/calls", "Calls"),
    ("/drift", "Drift"),
    ("/rules", "Rules"),
)


def page(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Render a template; beside `values` it knows `places`, `here`, `who`, `csrf` and the wording helpers."""
    shared, asking = services(request), identity(request)
    session = asking.session or new_id()
    common = {
        "places": PLACES,
        "here": "/" + request.url.path.split("/")[1],
        "who": asking,
        "guarded": shared.settings.guarded,
        "csrf": shared.sessions.csrf(session),
        "version": __version__,
        "counted": wording.counted,
    }
    response = HTMLResponse(_TEMPLATES.get_template(template).render(common | values), status)
    if not asking.session and not shared.settings.guarded:
        # On this machine alone nobody logs in: the cookie only ties forms to this browser.
        response.set_cookie(COOKIE, session, httponly=True, samesite="lax", path="/")
    return response
