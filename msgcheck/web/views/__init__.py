"""The pages that people look at."""

from __future__ import annotations

from msgcheck.web.views import check, login, static

routers = (check.router, login.router, static.router)
