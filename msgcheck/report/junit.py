"""The report as JUnit XML, which every CI service shows: a suite a page, a test case a finding.

A finding that fails the run is a failure, one below `--fail-on` passes and says what it is; what failed is an error,
and what was left out is a skipped test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgcheck.model import Finding, Report
from msgcheck.report.places import Places
from msgcheck.report.plain import plain, shorten
from msgcheck.report.view import View

_QUOTE = 80
_RUN = "msgcheck"


def render(report: Report, view: View) -> str:
    """One document; without times, so that the same input gives the same bytes."""
    places = Places.of(report, view)
    suites = {page.document.key: _Suite(_file(page.document.key, places)) for page in report.pages}
    for finding in view.findings(report):
        document = finding.primary.document
        suites.setdefault(document, _Suite(_file(document, places))).add_finding(finding, view)
    for suite in suites.values():
        if not suite.cases:
            suite.add("no findings")
    rest = _Suite(_RUN)
    for fault in report.faults:
        rest.add(" on ".join(filter(None, (fault.rule, fault.document))) or "the run", "error", fault.error)
    for skip in report.skipped:
        rest.add(skip.what, "skipped", skip.reason)
    return _document([*suites.values(), *([rest] if rest.cases else [])])


def _file(document: str, places: Places) -> str:
    return places.path(document) or document or "the whole site"


@dataclass(slots=True)
class _Suite:
    """Test cases of one page; a name that comes twice gets a number, because CI services tell cases by their names."""

    name: str
    cases: list[Element] = field(default_factory=list)
    _names: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, outcome: str = "", message: str = "", **attributes: str) -> Element:
        self._names[name] += 1
        number = f" ({self._names[name]})" if self._names[name] > 1 else ""
        case = _element("testcase", classname=self.name, name=f"{name}{number}", **attributes)
        if outcome:
            case.append(_element(outcome, message=message))
        self.cases.append(case)
        return case

    def add_finding(self, finding: Finding, view: View) -> None:
        place = finding.primary
        quoted = f": “{shorten(place.quote, _QUOTE)}”" if place.quote else ""
        where = {"file": self.name, "line": str(place.line)} if place.line else {"file": self.name}
        case = self.add(f"{finding.rule}{quoted}", **where)
        said = " ".join(filter(None, (finding.message, finding.advice)))
        spot = f"{self.name}:{place.line}:{place.column}" if place.line else self.name
        if finding.suppressed or finding.baselined:
            case.append(_element("skipped", message="silenced" if finding.suppressed else "known"))
        elif view.fails(finding):
            case.append(_element("failure", f"{spot}\n{said}", type=finding.severity, message=finding.message))
        else:
            case.append(_element("system-out", f"{finding.severity} at {spot}\n{said}"))

    def element(self) -> Element:
        suite = _element("testsuite", name=self.name, **_counts(self.cases))
        suite.extend(self.cases)
        return suite


def _counts(cases: Iterable[Element]) -> dict[str, str]:
    outcomes = Counter(child.tag for case in cases for child in case)
    total = {"tests": sum(1 for _ in cases)}
    total |= {f"{name}s": outcomes[name] for name in ("failure", "error")}
    total["skipped"] = outcomes["skipped"]
    return {name: str(number) for name, number in total.items()}


def _document(suites: list[_Suite]) -> str:
    root = _element("testsuites", name=_RUN, **_counts([case for suite in suites for case in suite.cases]))
    root.extend(suite.element() for suite in suites)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _element(tag: str, text: str = "", /, **attributes: str) -> Element:
    """Without the characters that XML forbids."""
    element = Element(tag, {name: plain(value) for name, value in attributes.items()})
    element.text = "\n".join(plain(line) for line in text.split("\n")) if text else None
    return element
