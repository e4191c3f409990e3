"""A job's progress as server-sent events (the HTML standard, 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from msgcheck.web.job import Job, Progress
from msgcheck.web.services import Services

#: A comment now and then keeps proxies from closing a quiet stream, in seconds.
_QUIET = 15.0


async def stream(job: Job, shared: Services) -> AsyncIterator[bytes]:
    """`progress` events while the job goes on, then one `done`, `failed` or `cancelled`."""
    shared.streams += 1
    try:
        changes = aiter(job.changes())
        following = asyncio.ensure_future(anext(changes, None))
        while True:
            finished, _ = await asyncio.wait([following], timeout=_QUIET)
            if not finished:
                yield b": still here\n\n"
                continue
            progress = following.result()
            if progress is None:
                return
            yield event(job, progress)
            following = asyncio.ensure_future(anext(changes, None))
    finally:
        shared.streams -= 1
        following.cancel()


def event(job: Job, progress: Progress) -> bytes:
    name = progress.state if progress.ended else "progress"
    return f"event: {name}\ndata: {json.dumps(described(job))}\n\n".encode()


def described(job: Job) -> dict[str, object]:
    """A job as the API shows it."""
    progress, failure = job.progress, job.failure
    return {
        "id": job.id,
        "state": progress.state,
        "stage": progress.stage,
        "done": progress.done,
        "total": progress.total,
        "ahead": progress.ahead,
        "error": {"message": failure.message, "hint": failure.hint} if failure else None,
    }
