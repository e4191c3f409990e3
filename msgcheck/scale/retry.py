"""What becomes of a batch whose reader was lost, perhaps by one of its pages: the others are read all the same."""

from __future__ import annotations

from collections.abc import Callable

from msgcheck.model import Fault
from msgcheck.reading import Batch, Made


def in_halves(batch: Batch, again: Callable[[Batch], Made]) -> Made:
    """Each half read once more by `again`, which halves what is lost anew; a page lost alone is a fault."""
    if len(batch) == 1:
        (raw,) = batch.values()
        return Made({}, (Fault("", raw.key, "the process that read it died; its copy may be too large"),))
    items = list(batch.items())
    halves = [again(dict(half)) for half in (items[: len(items) // 2], items[len(items) // 2 :])]
    pages = {key: page for half in halves for key, page in half.pages.items()}
    return Made(pages, tuple(fault for half in halves for fault in half.faults))
