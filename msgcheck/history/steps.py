"""Which commits stand for the history of a content repository: the last one of each step of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgcheck.errors import UsageError
from msgcheck.sources.git import Commit

_STRIDE = re.compile(r"([1-9][0-9]{0,3})([dwm])")
_DAYS = {"d": 1, "w": 7}


@dataclass(frozen=True, slots=True)
class Stride:
    """So many days, weeks or months. It cuts the calendar the same way whatever the first commit is and whenever one
    asks, weeks from Monday on, in UTC: who asks again finds the same steps."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Stride:
        """'1d', '2w' or '1m'. Raises UsageError for anything else."""
        found = _STRIDE.fullmatch(text)
        if found is None:
            raise UsageError(f"--every {text!r} is no step of time.", "Write 1d, 2w or 1m: days, weeks or months.")
        return cls(int(found[1]), found[2])

    def number(self, moment: datetime) -> int:
        """Which step a moment lies in."""
        if self.unit == "m":
            return (moment.year * 12 + moment.month - 1) // self.count
        monday_first = moment.date().toordinal() - 1
        return monday_first // (self.count * _DAYS[self.unit])


def last_of_each(commits: Iterable[Commit], stride: Stride, since: datetime, until: datetime) -> tuple[Commit, ...]:
    """Of commits, the newest first, the last of each step between two moments, in the order of their time."""
    chosen: dict[int, Commit] = {}
    for commit in commits:
        if since <= commit.made <= until:
            chosen.setdefault(stride.number(commit.made), commit)
    return tuple(sorted(chosen.values(), key=lambda commit: commit.made))
