"""How reports show what was known before, what is new and what is gone."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from gate_reports import RULE, report
from rich.console import Console

from msgcheck.gate.compare import Scope, compared, match
from msgcheck.gate.known import known_of
from msgcheck.model import Comparison, Report
from msgcheck.report import html, json_v1
from msgcheck.report.terminal import print_report
from msgcheck.report.view import View

PAGE = ("Fernlight takes flower orders.", "Our seamless checkout takes two minutes.", "You leverage one list.")


@pytest.fixture
def changed() -> Report:
    """One finding new, one known, one gone, and two of a page that was not read."""
    before = known_of(report({"a.md": PAGE, "b.md": PAGE}))
    now = report({"a.md": (*PAGE[:2], "It is all synergy.")})
    comparison = Comparison("known.jsonl", notes=("A note.",))
    return compared(now, match(now, before, Scope([RULE])), comparison)


def terminal(report: Report, view: View) -> str:
    stream = io.StringIO()
    print_report(report, Console(file=stream, width=100), view, limit=40)
    return " ".join(stream.getvalue().split())


def test_the_terminal_counts_what_is_new_known_gone_and_not_looked_for(changed: Report) -> None:
    shown = terminal(changed, View())
    assert "Against known.jsonl: 1 new, 1 known, 1 gone and 2 not looked for. A note." in shown
    assert "Known before" not in shown


@pytest.mark.parametrize("view", [View(baselined=True), View(verbose=True)])
def test_the_terminal_lists_known_and_gone_findings_on_demand(changed: Report, view: View) -> None:
    shown = terminal(changed, view)
    assert "Known before a.md:3:5 jargon.buzzword “seamless”" in shown
    assert "Gone a.md jargon.buzzword “leverage”" in shown


def test_the_terminal_lists_suppressed_findings_on_demand(changed: Report) -> None:
    silenced = replace(changed, findings=tuple(replace(found, suppressed=True) for found in changed.findings))
    assert "Silenced by comments a.md:3:5 jargon.buzzword" in terminal(silenced, View(suppressed=True))
    assert "Silenced by comments" not in terminal(silenced, View())


def test_json_tells_the_comparison_and_shows_known_findings_on_demand(changed: Report) -> None:
    quiet, loud = (json.loads(json_v1.render(changed, View(baselined=shown))) for shown in (False, True))
    assert quiet["comparisons"] == [
        {
            "against": "known.jsonl",
            "known": 1,
            "gone": [{"rule": RULE, "document": "a.md", "quote": "leverage"}],
            "unread": 2,
            "notes": ["A note."],
        }
    ]
    assert [found["baselined"] for found in quiet["findings"]] == [False]
    assert [found["baselined"] for found in loud["findings"]] == [True, False]


def test_html_counts_what_is_known(changed: Report) -> None:
    assert "Against known.jsonl: 1 new, 1 known, 1 gone and 2 not looked for. A note." in html.render(changed, View())


def test_the_terminal_names_the_file_of_a_fetched_page_beside_its_lines() -> None:
    fetched = report({"https://x.example/a": PAGE})
    pages = tuple(replace(page, document=replace(page.document, source="content/a.md")) for page in fetched.pages)
    shown = terminal(replace(fetched, pages=pages), View())
    assert "content/a.md warning 3:5 jargon.buzzword" in shown
    assert "content/a.md:3:5: A buzzword." in shown
