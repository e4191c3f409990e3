"""What a run is given: the documents, how they shall be read, and whom to tell how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from msgcheck.config import Config
from msgcheck.model import Fault, Positioning, RawDocument, Skipped


class Progress(Protocol):
    """Told how far a stage is; a terminal draws a bar, a server sends an event."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress for those who do not watch."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a run reads. `skipped` and `faults` are those of the sources.

    With `calls_until`, a day in ISO 8601, only calls of that day or before are heard, and none without a date.
    """

    pages: Sequence[RawDocument] = ()
    calls: Sequence[RawDocument] = ()
    positioning: Positioning | None = None
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()
    calls_until: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads. `select` and `ignore` are rule-id prefixes, added to those of the configuration."""

    config: Config = field(default_factory=Config)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
