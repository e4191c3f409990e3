"""Change the copy of a result, a few words or all of it, and check it again at once."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from msgcheck.model import Finding, RawDocument
from msgcheck.web.changes import Source
from msgcheck.web.errors import AnswerError
from msgcheck.web.job import Job
from msgcheck.web.security.identity import Identity
from msgcheck.web.services import IdentityDep, Services, ServicesDep
from msgcheck.web.task import Task
from msgcheck.web.views.result import Trail, source_of

router = APIRouter(include_in_schema=False)
#: So long a change waits for its result; then the page that shows the progress takes over. In seconds.
_PATIENCE = 15.0


@router.post("/check/{id}/words")
async def use(
    id: str,
    shared: ServicesDep,
    who: IdentityDep,
    finding: Annotated[str, Form(max_length=200)],
    words: Annotated[str, Form(max_length=5000)] = "",
    was: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Put other words in the place of those that a finding is about."""
    job = shared.job(id)
    source = _source(job)
    found = _finding(job, finding)
    changed = await asyncio.to_thread(source.with_words, found, " ".join(words.split()))
    return await _again(shared, who, job, changed, was, f"#p1-b{max(0, found.primary.block)}")


@router.post("/check/{id}/copy")
async def write(
    id: str,
    shared: ServicesDep,
    who: IdentityDep,
    text: Annotated[str, Form()],
    was: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Put other copy in the place of the whole."""
    job = shared.job(id)
    changed = _source(job).with_text(text.replace("\r\n", "\n"))
    return await _again(shared, who, job, changed, was, "")


def _source(job: Job) -> Source:
    """The page's source. Raises AnswerError where the words cannot be changed here."""
    source = source_of(job, job.result.report.pages[0]) if job.result else None
    if source is None:
        hint = "Change it where it comes from, and check it again."
        raise AnswerError(409, "This copy cannot be changed here.", hint)
    return source


def _finding(job: Job, fingerprint: str) -> Finding:
    found = job.result.report.findings if job.result else ()
    wanted = next((finding for finding in found if finding.fingerprint == fingerprint), None)
    if wanted is None:
        raise AnswerError(404, "There is no such note.", "Load the result again.")
    return wanted


async def _again(shared: Services, who: Identity, job: Job, changed: RawDocument, was: str, spot: str) -> Response:
    """Check the changed copy, and go to its result."""
    new = await shared.submit(Task(pages=(changed,)), who)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(new.wait(), _PATIENCE)
    trail = Trail.read(was)
    if new.id != job.id:
        trail = trail.after(job.id)
    return RedirectResponse(trail.address(new.id) + spot, 303)
