"""Findings as an editor lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from msgcheck.editor.checker import Checked
from msgcheck.editor.places import Places
from msgcheck.model import Finding, Location, Severity
from msgcheck.report.plain import plain, shorten

_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
#: A quoted turn of a call may be long; so many characters of it tell which one is meant.
_QUOTE = 200


def diagnostic(finding: Finding, checked: Checked, uri: str, places: Places, *, related: bool) -> types.Diagnostic:
    """One finding of the page at `uri`; `related`: whether the editor shows places beside the first."""
    beside = list(_related(finding, checked, uri, places)) if related else []
    return types.Diagnostic(
        range=places.range_of(finding.primary),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source="msgcheck",
        message=f"{plain(finding.message)}\n{plain(finding.advice)}",
        related_information=beside or None,
    )


def _related(
    finding: Finding, checked: Checked, uri: str, places: Places
) -> Iterator[types.DiagnosticRelatedInformation]:
    key = finding.primary.document
    for location in finding.locations[1:]:
        said = shorten(plain(location.note or location.quote), _QUOTE)
        if location.document == key:
            yield types.DiagnosticRelatedInformation(types.Location(uri, places.range_of(location)), said)
        elif (turn := _turn(location, checked)) is not None:
            yield types.DiagnosticRelatedInformation(turn, shorten(plain(location.quote), _QUOTE))


def _turn(location: Location, checked: Checked) -> types.Location | None:
    """The line of a call at which a turn begins."""
    for measures in checked.calls.calls:
        if measures.call.key == location.document:
            line = measures.call.turns[location.block].line - 1
            start = types.Position(line, 0)
            return types.Location(Path(measures.call.source).absolute().as_uri(), types.Range(start, start))
    return None
