"""The report as SARIF 2.1.0, for GitHub code scanning and other viewers.

Everything that GitHub refuses is avoided: empty strings, other URI schemes than `file`, results without a place, and
more than 25,000 results. Silenced findings are left out unless they are asked for, because code scanning shows them
like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.model import Fault, Finding, Location, Report, Severity
from msgcheck.report.json_text import json_text
from msgcheck.report.places import Places
from msgcheck.report.plain import plain
from msgcheck.report.sarif_rules import descriptors
from msgcheck.report.view import View
from msgcheck.report.wording import worst_first

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: GitHub's limits for one run, and for the locations of one result.
_MOST_RESULTS = 25_000
_MOST_RELATED = 100
#: `[words](target)` is a link in SARIF's plain text, too.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")

_Json = dict[str, object]


def render(report: Report, view: View) -> str:
    """One run with all results, or with the 25,000 most important, errors first."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Writer(report, view).run()]}
    return json_text(log, indent=None)


@dataclass(frozen=True, slots=True)
class _Writer:
    report: Report
    view: View

    def run(self) -> _Json:
        found = worst_first(self.view.findings(self.report))
        kept = found[:_MOST_RESULTS]
        rules = descriptors(finding.rule for finding in kept)
        index = {str(rule["id"]): number for number, rule in enumerate(rules)}
        places = Places.of(self.report, self.view)
        driver = {"name": self.report.tool.name, "version": self.report.tool.version, "rules": rules}
        return {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": not self.report.faults,
                    "toolExecutionNotifications": list(self.notifications(len(found) - len(kept), places)),
                }
            ],
            "results": [self.result(finding, index[finding.rule], places) for finding in kept],
        }

    def result(self, finding: Finding, rule_index: int, places: Places) -> _Json:
        advised = " ".join(filter(None, (finding.message, finding.advice)))
        content: _Json = {
            "ruleId": finding.rule,
            "ruleIndex": rule_index,
            "level": finding.severity,
            "message": _message(advised or finding.rule),
            "locations": [{"physicalLocation": self.physical(finding.primary, places)}],
            "rank": round(finding.confidence * 100, 1),
        }
        if related := [
            {"id": number, "physicalLocation": self.physical(place, places), "message": _message(_told(place))}
            for number, place in enumerate(finding.locations[1 : 1 + _MOST_RELATED], 1)
        ]:
            content["relatedLocations"] = related
        if finding.fingerprint:
            # Not as `primaryLocationLineHash`: the upload works that out itself, and complains of every other value.
            content["partialFingerprints"] = {"msgcheck/v1": finding.fingerprint}
        if self.view.suppressed or self.view.baselined:
            silenced = (("inSource", finding.suppressed), ("external", finding.baselined))
            content["suppressions"] = [{"kind": kind} for kind, applies in silenced if applies]
        if self.report.comparisons:
            content["baselineState"] = "unchanged" if finding.baselined else "new"
        return content

    def physical(self, place: Location, places: Places) -> _Json:
        """Where it is. What is about a whole document stands at its beginning, about a whole site in its first page."""
        first = self.report.pages[0].document.key if self.report.pages else "."
        region: _Json = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
        if place.line:
            region = {"startLine": place.line, "startColumn": place.column or 1}
            if place.end_line >= place.line:
                region |= {"endLine": place.end_line, "endColumn": place.end_column or 1}
            if place.quote:
                region["snippet"] = {"text": plain(place.quote)}
        return {"artifactLocation": {"uri": places.uri(place.document) or places.uri(first)}, "region": region}

    def notifications(self, dropped: int, places: Places) -> Iterator[_Json]:
        if dropped:
            said = f"Only the {_MOST_RESULTS:,} most important findings are listed; {dropped:,} more are left out."
            yield _notification("warning", said)
        for fault in self.report.faults:
            yield self.fault(fault, places)
        for skip in self.report.skipped:
            yield _notification("note", f"Left out: {skip.what}: {skip.reason}")

    def fault(self, fault: Fault, places: Places) -> _Json:
        content = _notification("error", str(fault))
        if uri := places.uri(fault.document):
            content["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]
        if fault.rule:
            content["associatedRule"] = {"id": fault.rule}
        return content


def _notification(level: Severity, text: str) -> _Json:
    return {"level": level, "message": _message(text)}


def _told(place: Location) -> str:
    quote = f"“{place.quote}”" if place.quote else ""
    return " ".join(filter(None, (place.note, quote))) or place.document or "the same words"


def _message(text: str) -> _Json:
    return {"text": _LINK.sub(r"\\[", plain(text))}
