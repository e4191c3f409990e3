"""The machine interface under /api/v1, described by its OpenAPI document."""

from __future__ import annotations

from msgcheck.web.api import checks, health, jobs, rules

routers = (checks.router, jobs.router, rules.router, health.router)
