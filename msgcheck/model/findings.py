"""Problems, and the places that they point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
LocationKind = Literal["primary", "related"]

#: Most important first; the order in which findings are shown.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a page or call. `block` is an index into the document's blocks (or the call's turns);
    `start` and `end` are character offsets in that block's text. `line` is 0 where a whole document is meant.

    `replacement` are words that can be put in the place of the quote as they are; empty where the sentence has to be
    written anew.
    """

    document: str
    kind: LocationKind = "primary"
    block: int = -1
    start: int = 0
    end: int = 0
    quote: str = ""
    note: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    selector: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. Where its words stand at several places alike, all of them are primary; the first one is where it is
    shown. `fingerprint`, `suppressed` and `baselined` are filled in by the engine."""

    rule: str
    severity: Severity
    confidence: float
    message: str
    advice: str
    locations: tuple[Location, ...]
    fingerprint: str = ""
    suppressed: bool = False
    baselined: bool = False

    @property
    def primary(self) -> Location:
        return self.locations[0]
