"""The machine interface under /api/v1, described by its OpenAPI document."""

from __future__ import annotations

from msgcheck.web.api import checks, health, jobs, positioning, rules

routers = (checks.router, jobs.router, positioning.router, rules.router, health.router)
