"""How targets on the web are read, as a run names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a crawl is, in addresses; `pages` are those kept."""

    pages: int = 0
    done: int = 0
    queued: int = 0
    failed: int = 0


#: Told how far a crawl is.
Watch = Callable[[Tally], None]


def unwatched(tally: Tally) -> None:
    """For those who do not watch."""


@dataclass(frozen=True, slots=True)
class WebOptions:
    """`crawl`: the whole site of a URL; `render`: draw pages in a browser; `cache`: where answers are kept."""

    crawl: bool = False
    render: bool = False
    cache: Path | None = None
    watch: Watch = unwatched
