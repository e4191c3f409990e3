"""The JSON report: the contract that other programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest
from reports import HOSTILE, empty, golden, sample

from msgcheck.model import Report
from msgcheck.report.formats import FORMATS
from msgcheck.report.json_text import json_text
from msgcheck.report.json_v1 import SCHEMA_VERSION
from msgcheck.report.view import View

#: What schema 1.0 promises, by place. More may stand there; nothing of this may be missing.
PROMISED = {
    "": "schema_version tool run summary pages calls misconceptions findings skipped faults",
    "tool": "name version encoder nlp",
    "run": "started duration_s config",
    "summary": "pages calls words findings confusion suppressed baselined",
    "summary.findings": "error warning note",
    "pages": "key source title language words confusion clarity category_guess metrics messages",
    "pages.clarity": "what who why",
    "pages.category_guess": "category score",
    "pages.metrics": "jargon_per_100_words vague_share alignment reading_grade words_kept_share",
    "pages.messages": "id status score quote",
    "sentences": "page text role vagueness claim jargon",
    "sentences.jargon": "start end text kind score",
    "calls": "key format date speakers turns duration_s clarifying_s moments rep_drift",
    "calls.speakers": "name role confidence",
    "calls.moments": "turn start_s speaker role kind quote about perceived_category term confidence suspects",
    "calls.moments.suspects": "page quote score",
    "calls.rep_drift": "turn speaker quote message score",
    "misconceptions": "label count calls quotes suspects",
    "misconceptions.suspects": "page quote score",
    "findings": "rule severity confidence message advice fingerprint suppressed locations",
    "findings.locations": "document kind line column end_line end_column selector start end quote note",
    "skipped": "what reason",
    "faults": "rule document error",
}


def read(report: Report, *, sentences: bool = True, suppressed: bool = True, redacted: bool = True) -> dict[str, Any]:
    view = View(sentences=sentences, suppressed=suppressed, baselined=suppressed, redacted=redacted)
    loaded: dict[str, Any] = json.loads(FORMATS["json"].render(report, view))
    return loaded


def at(content: dict[str, Any], place: str) -> list[dict[str, Any]]:
    """Every object that stands at a dotted place; lists are walked through."""
    found: list[Any] = [content]
    for name in filter(None, place.split(".")):
        found = [value for each in found for value in (each[name] if isinstance(each[name], list) else [each[name]])]
    return found


@pytest.mark.parametrize("place", PROMISED)
def test_every_promised_field_is_there(place: str) -> None:
    objects = at(read(sample()), place)
    assert objects, "the sample must show it"
    assert [set(PROMISED[place].split()) - set(each) for each in objects] == [set()] * len(objects)


@pytest.mark.parametrize("report", [sample(), empty()])
def test_json_lines_hold_what_json_holds(report: Report) -> None:
    view = View(sentences=True)
    head, *lines = map(json.loads, FORMATS["jsonl"].render(report, view).splitlines())
    lists: dict[str, list[Any]] = {}
    for line in lines:
        lists.setdefault(line.pop("list"), []).append(line)
    whole = json.loads(FORMATS["json"].render(report, view))
    assert {name: value for name, value in (whole | {name: [] for name in lists}).items() if value != []} == head
    assert {name: value for name, value in whole.items() if isinstance(value, list) and value} == lists


def test_json_is_laid_out_as_one_object() -> None:
    text = FORMATS["json"].render(sample(), View(sentences=True))
    assert text == json_text(json.loads(text))


def test_the_version_is_the_first() -> None:
    assert read(empty())["schema_version"] == SCHEMA_VERSION == "1.0"


def test_sentences_are_told_only_when_asked_for() -> None:
    assert "sentences" not in read(sample(), sentences=False)


def test_silenced_findings_are_told_only_when_asked_for_but_always_counted() -> None:
    quiet, loud = read(sample(), suppressed=False), read(sample(), suppressed=True)
    assert [found["rule"] for found in quiet["findings"] if found["suppressed"] or found["baselined"]] == []
    assert len(loud["findings"]) - len(quiet["findings"]) == 2
    assert (quiet["summary"]["suppressed"], quiet["summary"]["baselined"]) == (1, 1)


def test_scores_have_three_digits() -> None:
    report = read(sample())
    assert report["pages"][0]["confusion"] == 0.713
    assert report["pages"][0]["metrics"]["jargon_per_100_words"] == 6.124
    assert report["calls"][0]["moments"][0]["confidence"] == 0.912
    assert report["findings"][1]["confidence"] == 0.875


@pytest.mark.parametrize("value", [nan, inf])
def test_what_is_no_number_is_null(value: float) -> None:
    report = empty()
    assert read(replace(report, summary=replace(report.summary, confusion=value)))["summary"]["confusion"] is None


def test_a_finding_about_a_whole_page_has_no_line() -> None:
    place = read(sample())["findings"][0]["locations"][0]
    assert [place[name] for name in ("line", "column", "end_line", "end_column", "start", "end")] == [None] * 6


def test_quotes_are_letter_for_letter_when_nothing_is_to_be_taken_out() -> None:
    report = read(sample(), redacted=False)
    assert report["calls"][0]["moments"][0]["quote"] == "So you're a CRM, right?  That's what the site said, Ines."
    assert report["calls"][1]["moments"][0]["quote"] == (
        "Rosalind (Ferris & Co) wasn't sure that it is for a studio of two."
    )
    assert report["misconceptions"][0]["quotes"][1] == "Dana told us: a CRM."


def test_only_the_list_of_speakers_names_outside_people_beside_their_labels() -> None:
    report = read(sample())
    speakers = report["calls"][0].pop("speakers") + report["calls"][1].pop("speakers")
    assert [(each["name"], each["label"]) for each in speakers if each["name"] != each["label"]] == [
        ("Dana Whitfield", "Prospect A"),
        ("Maud", "Speaker A"),
        ("Rosalind (Ferris & Co)", "Prospect B"),
    ]
    assert [name for name in ("Dana", "Whitfield", "Maud", "Rosalind", "Ferris") if name in json.dumps(report)] == []


def test_hostile_text_comes_back_whole_and_prints_harmless() -> None:
    written = FORMATS["json"].render(sample(), View(sentences=True, suppressed=True, baselined=True))
    assert [found["message"] for found in json.loads(written)["findings"] if found["rule"] == "house.style"] == [
        f"Says {HOSTILE}"
    ]
    assert [character for character in "\x1b\u202e\ud83d" if character in written] == []
    assert written.encode("utf-8").decode("utf-8") == written


@pytest.mark.parametrize(("name", "report"), [("sample", sample()), ("empty", empty())])
def test_the_report_is_as_agreed(name: str, report: Report, accept: bool) -> None:
    actual = FORMATS["json"].render(report, View(sentences=True, suppressed=True, baselined=True))
    assert actual == golden(f"report-{name}.json", actual, accept=accept)
