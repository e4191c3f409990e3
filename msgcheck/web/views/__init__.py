"""The pages that people look at."""

from __future__ import annotations

from msgcheck.web.views import check, login, result, site, static, words

routers = (check.router, result.router, words.router, site.router, login.router, static.router)
