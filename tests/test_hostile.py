"""Whatever comes from outside, the answer is one clear line or a report in which it is inert."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from msgcheck.engine import Inputs, Settings, check
from msgcheck.extract.pages import extract_page
from msgcheck.extract.positioning import read_positioning
from msgcheck.model import RawDocument, Report
from msgcheck.report import html, json_v1, terminal
from msgcheck.report.view import View
from tests.fakes import FakeLanguage

ATTACK = "</script><img src=x onerror=alert(1)> \x1b]0;owned\x07 \u202eevil\u202c [red]b[/red] &lt;b&gt; {{7*7}}"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def raw(name: str, content: bytes) -> RawDocument:
    return RawDocument(name, name, name, content)


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 10_000 + b"A line that matters." + b"</div>" * 10_000,
        b"<p>" + b"word " * 200_000,
        b"<table>" * 300 + b"<tr><td>A line that matters.",
        "<h1>A line that matters.</h1>".encode("utf-16"),
        b"\xef\xbb\xbf<h1>A line\x00 that matters.</h1>",
        b"<h1>A line that matters.</h1><script>" + b"x" * 1_000_000,
    ],
    ids=["deep", "long", "tables", "utf-16", "nul", "script"],
)
def test_monstrous_html_is_read(content: bytes) -> None:
    text = " ".join(block.text for block in extract_page(raw("x.html", content)).blocks)
    assert "line that matters" in text or text.startswith("word word")


@pytest.fixture(scope="module")
def report() -> Report:
    page = f"# {ATTACK}\n\nWe help {ATTACK} grow.\n".encode()
    talk = f"Ada {ATTACK}: Hello there.\nBo: I thought you were a {ATTACK}.\n".encode()
    agreed = read_positioning(
        raw("p.yaml", b"product: Fern\ncategory: '<b>moss</b> software'\nmessages: [{id: m, text: '<i>m</i>'}]\n")
    )
    inputs = Inputs(pages=(raw(f"{ATTACK}.md", page),), calls=(raw("call.txt", talk),), positioning=agreed)
    return check(inputs, Settings(), FakeLanguage(vagueness=0.9))


def test_the_terminal_shows_no_control_codes(report: Report) -> None:
    stream = io.StringIO()
    terminal.print_report(report, Console(file=stream, width=100), View(verbose=True), limit=None)
    assert CONTROL.findall(stream.getvalue()) == []
    assert "onerror" in stream.getvalue()


def test_the_html_report_runs_nothing_from_outside(report: Report) -> None:
    page = html.render(report, View())
    assert "<img src=x" not in page
    assert "<i>m</i>" not in page
    assert CONTROL.findall(page) == []
    assert page.lower().count("<script") == page.lower().count("</script>")


def test_the_json_report_is_plain_json(report: Report) -> None:
    import json

    shown = json.loads(json_v1.render(report, View(sentences=True, suppressed=True)))
    assert shown["schema_version"] == "1.0"
