"""Puts the app together: services, layers of protection, endpoints and pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware

from msgcheck import __version__
from msgcheck.web.api import routers as api_routers
from msgcheck.web.counting import Counted
from msgcheck.web.failures import add_handlers
from msgcheck.web.jobs import Jobs, Runs
from msgcheck.web.metrics import Metrics
from msgcheck.web.positions import Positions
from msgcheck.web.security.audit import AuditLog
from msgcheck.web.security.bodies import BoundedBodies
from msgcheck.web.security.forgery import OwnOrigin, not_forged
from msgcheck.web.security.frequency import BoundedFrequency
from msgcheck.web.security.headers import SecurityHeaders
from msgcheck.web.security.hosts import KnownHosts
from msgcheck.web.security.identity import Identified
from msgcheck.web.security.rates import Attempts, Rate
from msgcheck.web.security.sessions import Sessions
from msgcheck.web.services import Services
from msgcheck.web.settings import ServeSettings
from msgcheck.web.views import routers as view_routers
from msgcheck.web.workers import Worker

_ABOUT = "Where a page confuses the people it is for: post copy, get findings. Nothing that is sent leaves this server."


def create_app(settings: ServeSettings, workers: Sequence[Runs] | None = None) -> FastAPI:
    """The whole app. `workers` are for tests; by default they are processes that hold the models."""
    limits, metrics = settings.limits, Metrics()
    sessions, attempts = Sessions(), Attempts()
    if workers is None:
        workers = [Worker(settings.home) for _ in range(limits.workers)]
    services = Services(
        settings=settings,
        jobs=Jobs(limits, workers, metrics),
        metrics=metrics,
        sessions=sessions,
        audit=AuditLog(settings.kept / "audit.jsonl"),
        attempts=attempts,
        checks=Rate(limits.checks_per_minute),
        positions=Positions(settings.home, settings.kept / "positioning"),
    )
    app = FastAPI(
        title="msgcheck",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(not_forged)],
        middleware=[
            Middleware(Counted, metrics=metrics),
            Middleware(SecurityHeaders),
            Middleware(KnownHosts, names=settings.names),
            Middleware(Identified, settings=settings, sessions=sessions, attempts=attempts),
            Middleware(BoundedFrequency, rate=Rate(limits.requests_per_minute)),
            Middleware(OwnOrigin),
            Middleware(BoundedBodies, most=limits.body_bytes, seconds=limits.body_seconds),
        ],
    )
    app.state.services = services
    add_handlers(app)
    for router in (*api_routers, *view_routers):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("msgcheck.web").joinpath("static"))), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    services.audit.prepare()
    services.jobs.start()
    yield
    await services.jobs.close()
