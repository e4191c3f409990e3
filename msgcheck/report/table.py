"""Findings as CSV, one a row, for a spreadsheet; where only calls were read, their moments."""

from __future__ import annotations

import csv
import io

from msgcheck.model import CallReport, Finding, Moment, Report
from msgcheck.report.places import Places
from msgcheck.report.plain import plain
from msgcheck.report.view import View

_HEAD = (
    "page", "file", "line", "column", "severity", "rule", "words", "message", "advice", "confidence", "status",
    "fingerprint",
)  # fmt: skip
_MOMENTS = (
    "call", "date", "turn", "start_s", "speaker", "role", "kind", "about", "perceived_category", "term", "confidence",
    "quote",
)  # fmt: skip
#: What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
            "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip


def render(report: Report, view: View) -> str:
    """A heading and one row a finding, in the order of the report.

    It begins with a byte order mark: without one, Excel takes it for another encoding than UTF-8.
    """
    places = Places.of(report, view)
    written = io.StringIO("\N{ZERO WIDTH NO-BREAK SPACE}", newline="")
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written)
    if report.pages:
        writer.writerow(_HEAD)
        writer.writerows(_row(finding, places) for finding in view.findings(report))
    else:
        writer.writerow(_MOMENTS)
        writer.writerows(_moment_row(call, moment) for call in report.calls for moment in call.moments)
    return written.getvalue()


def _row(finding: Finding, places: Places) -> list[object]:
    place = finding.primary
    return [
        _cell(place.document),
        _cell(places.path(place.document)),
        place.line or "",
        place.column or "" if place.line else "",
        finding.severity,
        _cell(finding.rule),
        _cell(place.quote),
        _cell(finding.message),
        _cell(finding.advice),
        finding.confidence,
        "silenced" if finding.suppressed else "known" if finding.baselined else "open",
        _cell(finding.fingerprint),
    ]


def _moment_row(call: CallReport, moment: Moment) -> list[object]:
    return [
        _cell(call.call.key),
        call.call.date,
        moment.turn,
        "" if moment.start_s is None else moment.start_s,
        _cell(moment.speaker),
        moment.role,
        moment.kind,
        _cell(moment.about),
        _cell(moment.perceived_category),
        _cell(moment.term),
        moment.confidence,
        _cell(moment.quote),
    ]


def _cell(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    shown = plain(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
