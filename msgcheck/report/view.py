"""What the reader of a report asked for: renderers are told, and decide nothing themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from msgcheck.config import FailOn
from msgcheck.model import Finding, Report, Severity

_FAILING: Mapping[FailOn, tuple[Severity, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "note": ("error", "warning", "note"),
    "never": (),
}


@dataclass(frozen=True, slots=True)
class View:
    """How a report is shown.

    `sentences` adds the judgement of every sentence, `suppressed` the findings that comments silence, `baselined` those
    that were known before, `verbose` scores and everything that was left out. `redacted` takes outside people out of
    what was said on calls. `fail_on` is the severity from which on a finding fails the run. Paths of documents start in
    `folder`, and are shown from `root`, the repository's; `blob` is the address under which its files can be looked at,
    or empty.
    """

    sentences: bool = False
    suppressed: bool = False
    baselined: bool = False
    verbose: bool = False
    redacted: bool = True
    fail_on: FailOn = "error"
    folder: Path = Path()
    root: Path = Path()
    blob: str = ""

    def findings(self, report: Report) -> tuple[Finding, ...]:
        """The findings to show: those that count, and those silenced in a way that shall be shown all the same."""
        return tuple(
            found
            for found in report.findings
            if (self.suppressed or not found.suppressed) and (self.baselined or not found.baselined)
        )

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the run fail: bad enough, and neither silenced nor known."""
        return finding.severity in _FAILING[self.fail_on] and not finding.suppressed and not finding.baselined
