"""What requests share, and how a view or an endpoint asks for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from msgcheck.model import Positioning
from msgcheck.projects import Project, Projects
from msgcheck.web.errors import AnswerError
from msgcheck.web.job import Job
from msgcheck.web.jobs import RETRY_AFTER, BusyError, Jobs
from msgcheck.web.metrics import Metrics
from msgcheck.web.positions import Positions
from msgcheck.web.security.audit import AuditLog
from msgcheck.web.security.identity import Identity
from msgcheck.web.security.rates import Attempts, Rate
from msgcheck.web.security.sessions import Sessions
from msgcheck.web.settings import ServeSettings
from msgcheck.web.task import Task


@dataclass(eq=False)
class Services:
    """One of each for the whole server."""

    settings: ServeSettings
    jobs: Jobs
    metrics: Metrics
    sessions: Sessions
    audit: AuditLog
    attempts: Attempts
    checks: Rate
    positions: Positions
    projects: Projects = field(default_factory=Projects)
    streams: int = 0
    #: The id of the last check of the whole site.
    site_check: str = ""
    #: Logins are looked at one after the other: each takes memory and a good part of a second, on purpose.
    tries: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def project(self) -> Project:
        """The project as its files are now. Raises MsgcheckError naming the file that is wrong."""
        return await asyncio.to_thread(lambda: self.projects.at(self.settings.home.config()))

    async def agreed(self) -> Positioning | None:
        return (await self.project()).agreed

    async def submit(self, task: Task, identity: Identity) -> Job:
        """Queue a check, or raise AnswerError: too often (429), or too busy (503)."""
        wait = self.checks.wait(identity.client_key)
        if wait:
            raise AnswerError(429, "Too many checks from you in a minute.", "Wait a moment.", retry_after=wait)
        project = await self.project()
        try:
            job = self.jobs.submit(task, identity.name, project.state)
        except BusyError as error:
            hint = "Nothing was taken on. Try again in a moment."
            raise AnswerError(503, "Too many checks wait already.", hint, retry_after=RETRY_AFTER) from error
        await self.note("check", identity, job=job.id)
        return job

    def job(self, id: str) -> Job:
        """The job with this id. Raises AnswerError (404) where there is none, or none any more."""
        job = self.jobs.get(id)
        if job is None:
            minutes = self.settings.limits.result_minutes
            raise AnswerError(404, "There is no such check.", f"Results are kept for {minutes} minutes. Check again.")
        return job

    async def note(self, action: str, identity: Identity, **details: str | int) -> None:
        """Put it into the audit log."""
        await asyncio.to_thread(self.audit.note, action, identity.name, identity.client, **details)


def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


def identity(request: Request) -> Identity:
    found: Identity = request.scope["msgcheck.identity"]
    return found


def editor(request: Request) -> Identity:
    """The identity, if it may change the project. Raises AnswerError (403)."""
    found = identity(request)
    if found.role != "editor":
        raise AnswerError(403, "You may look and check, but not change the project.", "Ask an editor.")
    return found


ServicesDep = Annotated[Services, Depends(services)]
IdentityDep = Annotated[Identity, Depends(identity)]
EditorDep = Annotated[Identity, Depends(editor)]
