"""What the history gives back: runs as they were recorded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """What a run was made from, beside its inputs: the git commit ('' outside git), and digests of settings."""

    commit: str = ""
    config: str = ""
    positioning: str = ""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run. `started` is ISO 8601 in UTC; a run is `complete` when nothing failed while it was made.

    What a version did not measure yet is None, here and in the rows of a run: `distance`, `spread`, `rep_distance`.
    """

    id: int
    started: str
    origin: Origin
    version: str
    encoder: str
    nlp: str
    pages: int
    calls: int
    words: int
    confusion: float
    errors: int
    warnings: int
    notes: int
    complete: bool
    distance: float | None = None
    spread: float | None = None
    rep_distance: float | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of a run. `copy` is the text that a reader sees, a block a line; the scores are those of the report.

    `opening` is what a first-time reader sees, `noun` the plainest of the category nouns and `match` how it compares
    with the agreed category; empty where a version did not keep them yet.
    """

    key: str
    source: str
    title: str
    copy: str
    words: int
    confusion: float
    what: float
    who: float
    why: float
    jargon: float
    vague: float
    alignment: float | None
    grade: float
    category: str
    nouns: tuple[str, ...]
    opening: str = ""
    category_score: float | None = None
    distance: float | None = None
    noun: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    page: str
    message: str
    status: str
    score: float
    quote: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. `first` and `last` are the times of the runs that saw it first and, so far, last."""

    fingerprint: str
    rule: str
    severity: str
    document: str
    line: int
    quote: str
    message: str
    silenced: bool
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call, without outside people. `date` is empty when the call does not tell it."""

    key: str
    date: str
    turns: int
    duration_s: float | None
    clarifying_s: float | None
    rep_distance: float | None = None


@dataclass(frozen=True, slots=True)
class MomentRow:
    call: str
    turn: int
    kind: str
    quote: str
    about: str
    category: str
    term: str
    confidence: float


@dataclass(frozen=True, slots=True)
class BeliefRow:
    """A misconception: its label, in how many moments and on how many calls it was heard, and some of the words.

    `page` and `sentence` are what most likely caused it, empty where nothing is suspected.
    """

    label: str
    moments: int
    calls: int
    quotes: tuple[str, ...]
    page: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that was recorded of one run, sorted as the report was."""

    run: RunRow
    pages: tuple[PageRow, ...]
    coverage: tuple[CoverageRow, ...]
    findings: tuple[FindingRow, ...]
    calls: tuple[CallRow, ...]
    moments: tuple[MomentRow, ...]
    beliefs: tuple[BeliefRow, ...]
