"""How measures went from run to run, and calls from week to week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: How a noun compares with the agreed category where it is as good as that.
AGREED = ("exact", "alias")
Cause = Literal["copy", "calls", "version", "model", "positioning", "configuration"]


@dataclass(frozen=True, slots=True)
class SitePoint:
    """All pages of a run. `day` is the date of the run; `marks` are what changed since the run before, beside the copy.

    `agreed` counts the pages whose plainest category noun is the agreed one, `named` those that have one.
    """

    run: int
    day: str
    confusion: float
    jargon: float
    vague: float
    distance: float | None
    spread: float | None
    rep_distance: float | None
    named: int
    agreed: int
    marks: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class PagePoint:
    """A page in a run."""

    run: int
    day: str
    confusion: float
    jargon: float
    vague: float
    distance: float | None
    noun: str
    match: str


@dataclass(frozen=True, slots=True)
class PageCourse:
    """A page through all runs that saw it, under its latest key."""

    key: str
    points: tuple[PagePoint, ...]


@dataclass(frozen=True, slots=True)
class NounCourse:
    """A category noun, how it compares with the agreed one, and on how many pages it stood in each run."""

    noun: str
    match: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CallWeek:
    """The calls of the week that begins on a Monday. `minutes` went into clearing up; `rep_distance` is their mean."""

    start: str
    calls: int
    misconceptions: int
    moments: int
    minutes: float
    rep_distance: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the history knows up to a run; `undated` counts the calls that are in no week because they have no date."""

    site: tuple[SitePoint, ...] = ()
    pages: tuple[PageCourse, ...] = ()
    nouns: tuple[NounCourse, ...] = ()
    weeks: tuple[CallWeek, ...] = ()
    undated: int = 0
