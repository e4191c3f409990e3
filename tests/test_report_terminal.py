"""The report for a terminal: aligned, within the width, readable without colour."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from reports import empty, golden, sample
from rich.cells import cell_len
from rich.console import Console

from msgcheck.model import Report
from msgcheck.report.formats import FORMATS
from msgcheck.report.terminal import print_report
from msgcheck.report.view import View

WIDTHS = (80, 40)


def shown(
    report: Report, *, width: int = 80, limit: int | None = None, verbose: bool = False, redacted: bool = True
) -> str:
    out = StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False)
    view = View(verbose=verbose, redacted=redacted)
    print_report(FORMATS["text"].shown(report, view), console, view, limit=limit)
    return out.getvalue()


def long_named() -> Report:
    """The sample with a page whose key is far longer than a line."""
    report = sample()
    document = replace(report.pages[1].document, key="/resources/guides/how-to-" + "fire-a-kiln-" * 9 + "safely.html")
    return replace(report, pages=(report.pages[0], replace(report.pages[1], document=document), report.pages[2]))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "report"), [("sample", sample()), ("empty", empty())])
def test_the_report_is_as_agreed(name: str, report: Report, width: int, accept: bool) -> None:
    actual = shown(report, width=width)
    assert actual == golden(f"report-{name}-{width}.txt", actual, accept=accept)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("width", [*WIDTHS, 120])
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(width: int, verbose: bool) -> None:
    lines = shown(long_named(), width=width, verbose=verbose).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_page_key_is_shortened_in_the_middle_and_stays_on_its_line(width: int) -> None:
    rows = [line for line in shown(long_named(), width=width).splitlines() if "0.40" in line]
    assert [(row.startswith("/res"), "…" in row, "y.html" in row) for row in rows] == [(True, True, True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_table_names_every_page(width: int) -> None:
    table = shown(sample(), width=width).partition("Confusion:")[0]
    assert [key for key in ("index.html", "pricing.html", "<b>odd</b>.html") if key not in table] == []


def test_no_control_code_reaches_the_terminal_and_markup_is_not_obeyed() -> None:
    text = shown(sample())
    assert [character for character in text if not character.isprintable() and character != "\n"] == []
    assert "[bold]markup[/bold]" in text


def test_colour_is_used_where_there_is_colour() -> None:
    out = StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system="standard", legacy_windows=False)
    print_report(sample(), console, View(), limit=None)
    assert "\x1b[" in out.getvalue()
    assert "«" not in out.getvalue()


def test_an_output_that_knows_few_characters_gets_others_in_their_place() -> None:
    raw = BytesIO()
    console = Console(file=TextIOWrapper(raw, encoding="ascii"), width=80, color_system=None, legacy_windows=False)
    print_report(sample(), console, View(verbose=True), limit=None)
    console.file.flush()
    assert b"index.html" in raw.getvalue()


def test_outside_people_are_taken_out_unless_asked_for() -> None:
    private = ("Whitfield", "Rosalind", "dana@", "7946")
    assert [word for word in private if word in shown(sample(), verbose=True)] == []
    assert "Whitfield" in shown(sample(), verbose=True, redacted=False)


def test_a_limit_keeps_the_worst_and_says_how_many_are_hidden() -> None:
    text = shown(sample(), limit=4)
    assert "  warning " not in text
    assert "… and 7 findings more" in text


def test_words_that_the_message_repeats_are_not_shown_twice() -> None:
    report = sample()
    found = report.findings[4]
    place = found.primary
    whole = report.pages[0].document.blocks[place.block].text
    echo = replace(
        found,
        message=f"After “{whole.rstrip('.')}” a reader still cannot say what you do.",
        locations=(replace(place, start=0, end=len(whole), quote=whole),),
    )
    text = " ".join(shown(replace(report, findings=(echo,))).partition("What prospects believe")[0].split())
    assert text.count("Kilnhouse unlocks seamless growth") == 1


def test_the_last_lines_answer_whether_it_is_all_right_and_what_comes_first() -> None:
    lines = shown(empty(), width=100).splitlines()
    assert lines[-2:] == [
        "Is it all right? Yes: nothing to mend on 1 page.",
        "What first?      Nothing. Add calls with --calls FOLDER to hear what prospects believe.",
    ]


def test_what_comes_first_is_what_calls_bear_out_and_names_the_place() -> None:
    last = " ".join(shown(sample()).partition("What first?")[2].split())
    assert last.startswith("index.html:13:9: Two prospects took you for a CRM")


def test_a_run_without_pages_shows_calls() -> None:
    report = sample()
    summary = replace(report.summary, pages=0, words=0, findings={"error": 0, "warning": 0, "note": 0})
    text = shown(replace(report, pages=(), findings=(), summary=summary))
    assert "Prospect A takes it for a CRM: “" in text
    assert "Speaker A tells of a prospect who doubts that it is for companies like theirs: “" in " ".join(text.split())
    assert "No pages were read, only calls." in text


def test_a_rule_is_parted_from_a_place_far_down_a_page() -> None:
    report = sample()
    found = report.findings[0]
    far = replace(found, locations=(replace(found.primary, line=4422, column=1221), *found.locations[1:]))
    assert f"4422:1221 {found.rule}" in shown(replace(report, findings=(far,)))


def test_a_call_without_a_date_shows_no_empty_place_for_it() -> None:
    report = sample()
    calls = tuple(replace(call, call=replace(call.call, date="")) for call in report.calls)
    text = shown(replace(report, pages=(), calls=calls))
    assert report.calls[0].call.key in text
    assert "  ," not in text


def test_findings_on_calls_are_not_counted_among_the_pages() -> None:
    report = sample()
    call = report.calls[0].call.key
    on_call = replace(report.findings[0], locations=(replace(report.findings[0].primary, document=call),))
    on_page = report.findings[1]
    text = " ".join(shown(replace(report, findings=(on_call, on_page))).split())
    assert "on 1 of 3 pages and 1 call" in text
