"""What changed between two runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from msgcheck.model.alerts import Alert
from msgcheck.model.history import FindingRow, RunRow
from msgcheck.model.positioning import Positioning
from msgcheck.model.timeline import Cause, Timeline

__all__ = ["BeliefDrift", "Cause", "Change", "CopyChange", "Drift", "MessageDrift", "PageDrift", "PageState"]

PageState = Literal["kept", "added", "removed", "renamed"]


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
    """How a page says an agreed message: covered, partial or missing, '' where not asked; `quote` and `now` are the
    words before and now that come nearest to it."""

    message: str
    before: str
    after: str
    quote: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class CopyChange:
    """Sentences of a page that went (`gone`) beside those that came in their place (`new`), and what that did.

    `confusion`: how much less of it the page would have with the old words; None where they are not in its opening.
    `messages` changed with these words, `found` and `mended` are findings on them; the nouns are those that the page
    filed the product under.
    """

    gone: tuple[str, ...]
    new: tuple[str, ...]
    confusion: float | None = None
    messages: tuple[MessageDrift, ...] = ()
    noun_before: str = ""
    noun_after: str = ""
    found: tuple[FindingRow, ...] = ()
    mended: tuple[FindingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PageDrift:
    """A page now and then. `gone` and `new` are the sentences of its copy that only one of the runs saw.

    `messages` holds the agreed messages that changed, `coverage` all of them; `by_copy` is what the changed copy alone
    did to confusion, None where that was not found out. A category that is not `sure` is only the nearest of many.
    """

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
    sure: bool = False
    distance: Change = Change(None, None)
    noun_before: str = ""
    noun_after: str = ""
    match_before: str = ""
    match_after: str = ""
    coverage: tuple[MessageDrift, ...] = ()
    changes: tuple[CopyChange, ...] = ()
    by_copy: float | None = None


@dataclass(frozen=True, slots=True)
class BeliefDrift:
    """A misconception: on how many calls it was heard before and now, and as the later run that heard it told it.

    `page` and `sentence` are what most likely caused it, empty where nothing is suspected.
    """

    label: str
    before: int
    after: int
    quotes: tuple[str, ...] = ()
    page: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """All that changed. `causes` tells what may lie behind it, the copy first; pages that moved most come first.

    `moved` findings have the same rule and words on another page, or beside other words, than before. `agreed` is the
    positioning of today, for the names and texts of what was agreed; `alerts` tell where the limits of the
    configuration are crossed.
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
    distance: Change = Change(None, None)
    spread: Change = Change(None, None)
    rep_distance: Change = Change(None, None)
    timeline: Timeline = field(default=Timeline())
    agreed: Positioning | None = None
    alerts: tuple[Alert, ...] = ()
