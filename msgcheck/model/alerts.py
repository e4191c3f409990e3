"""Where a drift goes further than the configuration allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AlertMeasure = Literal[
    "confusion",
    "vague",
    "jargon",
    "distance",
    "coverage",
    "misconceptions",
    "new_error",
    "new_warning",
    "new_note",
]


@dataclass(frozen=True, slots=True)
class Alert:
    """A measure that got worse by more than its limit, on a page or, where `page` is empty, on the whole site.

    `before` and `after` are counts where the measure is one. `about` names what was counted: messages, rules, a belief.
    """

    page: str
    measure: AlertMeasure
    before: float
    after: float
    limit: float
    about: tuple[str, ...] = ()

    @property
    def by(self) -> float:
        return round(self.after - self.before, 3)
