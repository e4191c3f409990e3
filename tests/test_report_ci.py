"""The formats that CI services read: annotations, JUnit XML, reviewdog's diagnostics and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import HOME, HOSTILE, empty, finding, sample

from msgcheck.model import Comparison, Fault, Finding, Location, Report, Severity
from msgcheck.report import github, junit, rdjson, table
from msgcheck.report.plain import plain
from msgcheck.report.view import View

COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)")
texts = st.text(max_size=50) | st.sampled_from(
    [HOSTILE, "::error::x", "a%0Ab,c:d", "\r\n::stop-commands::x", "]]>&lt;"]
)


def one(text: str, severity: Severity = "error") -> Report:
    """A report in which every text of a finding, fault and file is the given one."""
    place = Location(text, line=2, column=3, end_line=2, end_column=9, quote=text)
    found = Finding(text, severity, 0.5, text, text, (place,), text)
    return replace(empty(), findings=(found,), faults=(Fault(text, text, text),))


# --- GitHub annotations


def commands(written: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands as a runner reads them; every other line must be an ordinary one."""
    found = []
    for line in written.splitlines():
        if line.startswith("::"):
            match = COMMAND.fullmatch(line)
            assert match, line
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {key: unescape(value) for key, value in pairs}, unescape(match[3])))
        else:
            assert line.startswith("msgcheck: ")
    return found


def unescape(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_a_finding_is_an_annotation_on_its_words() -> None:
    (found,) = [
        item for item in commands(github.render(sample(), View())) if item[1]["title"] == "jargon.undefined-acronym"
    ]
    said = "“OMS” is never spelt out here. Write the words once, then the letters."
    place = {"file": "site/index.html", "line": "20", "endLine": "20", "col": "8", "endColumn": "11"}
    assert found == ("warning", {"title": "jargon.undefined-acronym", **place}, said)


def test_files_are_named_from_the_root_of_the_repository() -> None:
    view = View(folder=Path("/repo/web"), root=Path("/repo"))
    files = {item[1].get("file") for item in commands(github.render(sample(), view))}
    assert files == {"web/site/index.html", "web/site/<b>odd</b>.html", None}


def test_ten_of_a_kind_are_written_and_the_rest_is_counted() -> None:
    many = [
        finding("x.y", severity, HOME, 4, "seamless", f"{n}")
        for severity in ("note", "error", "warning")
        for n in range(14)
    ]
    written = commands(github.render(replace(sample(), findings=tuple(many), skipped=()), View()))
    counts = [sum(item[0] == name for item in written) for name in ("error", "warning", "notice")]
    assert counts == [10, 10, 10]
    assert written[0][1]["title"] == "vague.weasel"
    assert written[-1][2] == (
        "5 errors, 4 warnings and 5 notes more: GitHub shows 10 of a kind, the other reports show all."
    )


def test_what_was_not_read_is_told_in_a_notice_and_a_clean_run_in_the_log() -> None:
    last = commands(github.render(sample(), View()))[-1]
    assert last == (
        "notice",
        {"title": "msgcheck"},
        "1 file not read. blog/fr.html: its language is 'fr'; msgcheck reads English.",
    )
    assert github.render(empty(), View()) == "msgcheck: Yes: nothing to mend on 1 page.\n"


def test_what_changed_is_told_in_the_log() -> None:
    written = github.render(replace(empty(), comparisons=(Comparison("known.txt", 2),)), View())
    assert written.splitlines()[0] == "msgcheck: Against known.txt: 0 new, 2 known and 0 gone."


@settings(max_examples=80, deadline=None)
@given(texts)
def test_hostile_text_makes_no_command_and_comes_back_whole(text: str) -> None:
    written = commands(github.render(one(text), View(redacted=False)))
    assert [item[0] for item in written] == ["error", "error"]
    assert written[1][1]["title"] == plain(text)
    assert plain(text) in written[1][2]


# --- JUnit


def suites(report: Report, view: View = View()) -> dict[str, dict[str, Any]]:  # noqa: B008
    """Outcomes of the cases by suite and name."""
    root = ElementTree.fromstring(junit.render(report, view).encode())
    assert all(int(suite.attrib["tests"]) == len(suite) for suite in root)
    assert int(root.attrib["tests"]) == sum(len(suite) for suite in root)
    return {
        suite.attrib["name"]: {case.attrib["name"]: next((child.tag for child in case), "passed") for case in suite}
        for suite in root
    }


def test_a_page_is_a_suite_and_what_fails_the_run_a_failure() -> None:
    found = suites(sample())
    assert list(found) == ["site/index.html", "site/<b>odd</b>.html", "pricing.html", "msgcheck"]
    assert found["site/index.html"]["mismatch.category: “customer platform”"] == "failure"
    assert found["site/index.html"]["jargon.buzzword: “seamless”"] == "system-out"
    assert suites(sample(), View(fail_on="warning"))["site/index.html"]["jargon.buzzword: “seamless”"] == "failure"


def test_faults_are_errors_and_what_was_left_out_is_skipped() -> None:
    assert suites(sample())["msgcheck"] == {"vague.weasel on index.html": "error", "blog/fr.html": "skipped"}


def test_silenced_findings_are_skipped_cases_when_asked_for() -> None:
    shown = suites(sample(), View(suppressed=True, baselined=True))["pricing.html"]
    assert sorted(shown.values()) == ["failure", "skipped", "skipped"]


def test_a_clean_page_passes() -> None:
    assert suites(empty()) == {"site/fine.html": {"no findings": "passed"}}


def test_names_that_come_twice_are_numbered() -> None:
    twice = (finding("x.y", "error", HOME, 4, "seamless", "a"),) * 2
    assert list(suites(replace(empty(), findings=twice))["index.html"]) == ["x.y: “seamless”", "x.y: “seamless” (2)"]


@settings(max_examples=80, deadline=None)
@given(texts)
def test_any_text_is_valid_xml(text: str) -> None:
    found = suites(one(text))
    assert "error" in found["msgcheck"].values()


# --- reviewdog


def test_a_diagnostic_has_whole_lines_because_columns_would_be_bytes() -> None:
    found = json.loads(rdjson.render(sample(), View()))
    (acronym,) = [item for item in found["diagnostics"] if item.get("code") == {"value": "jargon.undefined-acronym"}]
    assert found["source"] == {"name": "msgcheck"}
    assert acronym == {
        "message": "“OMS” is never spelt out here. Write the words once, then the letters.",
        "location": {"path": "site/index.html", "range": {"start": {"line": 20}, "end": {"line": 20}}},
        "severity": "WARNING",
        "code": {"value": "jargon.undefined-acronym"},
    }


@settings(max_examples=50, deadline=None)
@given(texts)
def test_any_text_is_a_diagnostic(text: str) -> None:
    first, second = json.loads(rdjson.render(one(text), View(redacted=False)))["diagnostics"]
    assert (first["severity"], second["code"]["value"]) == ("ERROR", plain(text))


# --- CSV


def rows(report: Report, view: View = View()) -> list[dict[str, str]]:  # noqa: B008
    written = table.render(report, view)
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written[1:], newline="")))


def test_a_row_is_a_finding_with_its_place_and_words() -> None:
    (acronym,) = [row for row in rows(sample()) if row["rule"] == "jargon.undefined-acronym"]
    assert acronym == {
        "page": "index.html", "file": "site/index.html", "line": "20", "column": "8", "severity": "warning",
        "rule": "jargon.undefined-acronym", "words": "OMS", "message": "“OMS” is never spelt out here.",
        "advice": "Write the words once, then the letters.", "confidence": "0.8754", "status": "open",
        "fingerprint": "jargon.undefined-acronym-10-3",
    }  # fmt: skip


def test_silenced_rows_say_so_when_asked_for() -> None:
    shown = rows(sample(), View(suppressed=True, baselined=True))
    assert [row["status"] for row in shown[-2:]] == ["silenced", "known"]


@settings(max_examples=80, deadline=None)
@given(texts | st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '"=1', "\n=cmd|' /C calc'!A0"]))
def test_no_cell_is_a_formula_and_each_finding_is_one_row(text: str) -> None:
    (row,) = rows(one(text), View(redacted=False))
    assert [cell for cell in row.values() if re.match(r"\s*[=+\-@＝＋－＠]", cell)] == []
    assert row["words"].removeprefix("'") == plain(text) or row["words"] == plain(text)


@pytest.mark.parametrize("renderer", [github, junit, rdjson, table])
def test_a_report_without_findings_is_a_whole_one(renderer: Any) -> None:
    assert renderer.render(replace(empty(), pages=()), View())
