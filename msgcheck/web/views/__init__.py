"""The pages that people look at."""

from __future__ import annotations

from msgcheck.web.views import calls, check, drift, login, positioning, result, rules, site, start, static, words

routers = tuple(
    view.router for view in (start, check, result, words, positioning, site, calls, drift, rules, login, static)
)
