"""Findings as annotations of GitHub Actions: workflow commands that a runner reads from the log.

GitHub shows ten errors, ten warnings and ten notices of a step. The most important ones are written, and a last notice
says how many more there are and what was left out. The verdict is an ordinary line of the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgcheck.model import Fault, Finding, Report, Severity, Skipped
from msgcheck.report.places import Places
from msgcheck.report.plain import plain
from msgcheck.report.view import View
from msgcheck.report.wording import active, by_reason, compared, counted, severities, some, unread, verdict

_SHOWN = 10
_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, view: View) -> str:
    """One line an annotation, errors first, and the verdict."""
    places = Places.of(report, view)
    lines = [_fault(fault, places) for fault in report.faults[:_SHOWN]]
    room: dict[Severity, int] = {"error": _SHOWN - len(lines), "warning": _SHOWN, "note": _SHOWN - 1}
    hidden: dict[Severity, int] = {"error": len(report.faults) - len(lines), "warning": 0, "note": 0}
    for severity in _COMMANDS:
        found = [finding for finding in view.findings(report) if finding.severity == severity]
        lines += [_finding(finding, places) for finding in found[: room[severity]]]
        hidden[severity] += max(0, len(found) - room[severity])
    rest = " ".join([*_more(hidden), *_left_out(unread(report.skipped))])
    if rest:
        lines.append(_command("notice", {"title": "msgcheck"}, rest))
    told = [compared(comparison, len(active(report))) for comparison in report.comparisons]
    lines += [f"msgcheck: {plain(said)}" for said in (*told, verdict(report))]
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, places: Places) -> str:
    place, properties = finding.primary, {"title": finding.rule}
    path = places.path(place.document)
    message = " ".join(filter(None, (finding.message, finding.advice)))
    if not path:
        return _command(_COMMANDS[finding.severity], properties, f"{place.document or 'the whole site'}: {message}")
    properties["file"] = path
    if place.line:
        properties |= {"line": str(place.line), "endLine": str(max(place.line, place.end_line))}
    if place.line and place.line == place.end_line:
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return _command(_COMMANDS[finding.severity], properties, message)


def _fault(fault: Fault, places: Places) -> str:
    properties = {"title": fault.rule or "msgcheck"}
    if path := places.path(fault.document):
        properties["file"] = path
    return _command("error", properties, str(fault))


def _more(hidden: Mapping[Severity, int]) -> Iterator[str]:
    if any(hidden.values()):
        yield f"{severities(hidden)} more: GitHub shows {_SHOWN} of a kind, the other reports show all."


def _left_out(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    if skipped:
        reasons = "; ".join(f"{some(what)}: {reason}" for reason, what in by_reason(skipped).items())
        yield f"{counted(len(skipped), 'file')} not read. {reasons}."


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_data(message)}"


def _data(text: str) -> str:
    """As the runner unescapes messages; line ends have become spaces already."""
    return plain(text).replace("%", "%25")


def _property(text: str) -> str:
    """As the runner unescapes values of properties."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
