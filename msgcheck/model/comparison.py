"""How the findings of a run compare with those that were known before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding that was known and is not there any more. `quote` is empty for words that were said on a call."""

    rule: str
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """With what the findings were compared (`against`: a baseline file, or a commit), and what came of it.

    Findings that were known are marked `baselined` in the report; `known` counts them. `unread` counts known findings
    that were not looked for this time: their page was not read, or their rule did not run. `notes` are full sentences
    on what limits the comparison.
    """

    against: str
    known: int = 0
    gone: tuple[Gone, ...] = ()
    unread: int = 0
    notes: tuple[str, ...] = ()
