"""What changed between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgcheck.model.history import FindingRow, RunRow

PageState = Literal["kept", "added", "removed", "renamed"]
Cause = Literal["copy", "version", "model", "positioning", "configuration"]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after; None where it was not taken."""

    before: float | None
    after: float | None

    @property
    def by(self) -> float:
        return 0.0 if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class MessageDrift:
    """An agreed message that a page says otherwise than before: covered, partial or missing, '' where not asked."""

    message: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PageDrift:
    """A page now and then. `gone` and `new` are the sentences of its copy that only one of the runs saw."""

    key: str
    state: PageState
    earlier_key: str
    copy_changed: bool
    confusion: Change
    jargon: Change
    vague: Change
    alignment: Change
    category_before: str
    category_after: str
    messages: tuple[MessageDrift, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeliefDrift:
    """A misconception: on how many calls it was heard before and now."""

    label: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Drift:
    """All that changed. `causes` tells what may lie behind it, the copy first; pages that moved most come first.

    `moved` findings have the same rule and words on another page, or beside other words, than before.
    """

    before: RunRow
    after: RunRow
    causes: tuple[Cause, ...]
    pages: tuple[PageDrift, ...]
    new: tuple[FindingRow, ...]
    fixed: tuple[FindingRow, ...]
    moved: tuple[FindingRow, ...]
    same: int
    beliefs: tuple[BeliefDrift, ...]
    clarifying: Change
