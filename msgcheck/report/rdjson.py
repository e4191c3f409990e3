"""Findings as reviewdog's diagnostic format, one object.

Places are whole lines: reviewdog counts columns in bytes of the source line, which a report does not hold.
"""

from __future__ import annotations

from msgcheck.model import Fault, Finding, Report
from msgcheck.report.json_text import json_text
from msgcheck.report.places import Places
from msgcheck.report.plain import plain
from msgcheck.report.view import View
from msgcheck.report.wording import worst_first

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}

_Json = dict[str, object]


def render(report: Report, view: View) -> str:
    """All findings, errors first, and what failed."""
    places = Places.of(report, view)
    diagnostics = [_fault(fault, places) for fault in report.faults]
    diagnostics += [_finding(finding, places) for finding in worst_first(view.findings(report))]
    return json_text({"source": {"name": report.tool.name}, "diagnostics": diagnostics})


def _finding(finding: Finding, places: Places) -> _Json:
    place = finding.primary
    location: _Json = {"path": plain(places.path(place.document) or place.document)}
    if place.line:
        end = max(place.line, place.end_line)
        location["range"] = {"start": {"line": place.line}, "end": {"line": end}}
    return {
        "message": plain(" ".join(filter(None, (finding.message, finding.advice)))),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": plain(finding.rule)},
    }


def _fault(fault: Fault, places: Places) -> _Json:
    path = plain(places.path(fault.document) or fault.document)
    return {"message": plain(str(fault)), "location": {"path": path}, "severity": "ERROR"}
