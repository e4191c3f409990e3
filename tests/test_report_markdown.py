"""The pull-request comment: what a marketing team reads, and hostile text that stays text in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reports import HOME, HOSTILE, empty, finding, golden, sample

from msgcheck.model import Comparison, Fault, Gone, Report, Skipped
from msgcheck.report.markdown import MARKER, render
from msgcheck.report.markdown_text import code, escape, linked
from msgcheck.report.plain import plain
from msgcheck.report.view import View

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ATTACKS = (
    "| a | b |", "</details><script>alert(1)</script>", "[click](http://bad.example)", "![x](http://bad.example/p.png)",
    "**b** _i_ `c` ~~s~~", "@octocat please merge #12 and owner/repo#3", "<!-- msgcheck-disable -->", "\\`x\\`", "``",
    "http://bad.example www.bad.example", "line\n\n# heading\n- item", "&lt;b&gt; &amp;", "$x^2$", HOSTILE,
)  # fmt: skip
SPECIAL = "|`*_<>[]()@#\\!\n a"
texts = st.text(max_size=60) | st.text(SPECIAL, max_size=20) | st.sampled_from(ATTACKS)
#: What only we may write.
FOREIGN = {"html_inline", "html_block", "link_open", "image", "heading_open", "fence", "hr"}


def read(markdown: str) -> list[Token]:
    """All tokens, inline ones in their places."""
    return [inner for token in PARSER.parse(markdown) for inner in (token, *(token.children or ()))]


def words(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in ("text", "code_inline"))


def folded(text: str) -> str:
    return " ".join(plain(text).split())


@settings(max_examples=150, deadline=None)
@given(texts)
def test_escaped_text_reads_as_itself_wherever_it_stands(text: str) -> None:
    for around in ("{}", "> x {}", "| a | b |\n| --- | --- |\n| {} | x |", "*{}*"):
        tokens = read(around.format(f"x{escape(text)}x"))
        shown, meant = words(tokens), f"x{folded(text)}x"
        assert meant.replace("\N{ZERO WIDTH SPACE}", "") in shown.replace("\N{ZERO WIDTH SPACE}", "")
        assert {token.type for token in tokens} & FOREIGN == set()
        assert sum(token.type == "td_open" for token in tokens) == (2 if "---" in around else 0)


@settings(max_examples=80, deadline=None)
@given(texts)
def test_text_as_code_reads_as_itself_also_in_a_table(text: str) -> None:
    if not folded(text):
        return
    tokens = read(f"| a | b |\n| --- | --- |\n| {code(text)} | x |")
    assert words(tokens).removeprefix("ab") == folded(text).replace("|", "\N{FULLWIDTH VERTICAL LINE}") + "x"
    assert sum(token.type == "td_open" for token in tokens) == 2


@given(st.text(alphabet="abc<>()[]\\ \n\"'é", max_size=20))
def test_no_address_ends_its_link_early(text: str) -> None:
    links = [token for token in read(linked("x", f"https://e.example/{text}")) if token.type == "link_open"]
    assert len(links) == 1


@pytest.mark.parametrize("text", ["@octocat", "fixes #12", "see http://bad.example", "WWW.bad.example", "GH-3", "!7"])
def test_what_services_link_by_themselves_is_broken_up(text: str) -> None:
    assert "\N{ZERO WIDTH SPACE}" in escape(text)


@pytest.mark.parametrize("text", ["$59 a month", "50% off", "AT&T", "C# and F#", "3:30", "a @ b"])
def test_ordinary_copy_is_not(text: str) -> None:
    assert "\N{ZERO WIDTH SPACE}" not in escape(text)


@pytest.mark.parametrize(("name", "report"), [("sample", sample()), ("empty", empty())])
def test_the_comment_is_as_agreed(name: str, report: Report, accept: bool) -> None:
    actual = render(report, View(blob="https://code.example/kiln/blob/abc"))
    assert actual == golden(f"comment-{name}.md", actual, accept=accept)


def test_it_begins_with_the_marker_that_finds_it_again() -> None:
    assert render(sample(), View()).splitlines()[0] == MARKER


@pytest.mark.parametrize(
    ("report", "view", "headline"),
    [
        (sample(), View(), "incomplete, 1 thing could not be checked; 4 findings to mend before this goes live"),
        (replace(empty(), faults=sample().faults), View(),
         "incomplete, 1 thing could not be checked; nothing to mend in what was"),
        (replace(sample(), faults=()), View(), "4 findings to mend before this goes live"),
        (replace(sample(), faults=()), View(fail_on="never"),
         "nothing stops this, 4 errors, 4 warnings and 3 notes to look at"),
        (empty(), View(), "nothing to mend"),
    ],
)  # fmt: skip
def test_the_headline_says_whether_it_can_go_live(report: Report, view: View, headline: str) -> None:
    assert render(report, view).splitlines()[1] == f"### msgcheck: {headline}"


def test_the_ten_worst_are_open_and_the_others_folded_away() -> None:
    warnings = tuple(finding("vague.weasel", "warning", HOME, 4, "seamless", f"Number {n}.") for n in range(70))
    error = finding("mismatch.category", "error", HOME, 3, "platform", "The error.")
    opened, _, closed = render(replace(sample(), findings=(*warnings, error)), View()).partition("<details>")
    assert re.findall(r"^(?:Number \d+|The error)", opened, re.MULTILINE) == [
        "The error",
        *(f"Number {n}" for n in range(9)),
    ]
    assert closed.startswith("<summary>The others: 61 warnings</summary>")
    assert len(re.findall(r"^\|.*Number \d+", closed, re.MULTILINE)) == 50
    assert "And 11 more, which the full report has." in closed


@pytest.mark.parametrize("text", [HOSTILE * 9, "\N{GRINNING FACE}<" * 300, "`" * 800])
def test_it_stays_under_the_limit_and_counts_what_does_not_fit(text: str) -> None:
    one = finding("house.style", "warning", HOME, 4, "seamless", text, text)
    report = replace(
        sample(),
        findings=tuple(replace(one, locations=(replace(one.primary, quote=text),)) for _ in range(300)),
        faults=tuple(Fault("r", f"{n}{text}", text) for n in range(60)),
        skipped=tuple(Skipped(f"{n}{text}", f"{n}{text}") for n in range(100)),
        pages=sample().pages * 60,
    )
    comment = render(report, View())
    assert len(comment.encode()) < 65_000
    assert re.search(r"^And [\d,]+ more, which the full report has\.$", comment, re.MULTILINE)
    assert "**Failed:** 50 more, which the full report has." in comment
    assert comment.count("<details>") == comment.count("</details>") == 3


def test_what_changed_since_the_baseline_is_told_and_what_is_gone_folded_away() -> None:
    gone = Gone("jargon.buzzword", "index.html", "leverage | synergies")
    comment = render(replace(sample(), comparisons=(Comparison("known.txt", 1, (gone,)),)), View())
    assert "**What changed?** Against known.txt: 11 new, 1 known and 1 gone." in comment
    assert "<summary>1 finding gone</summary>" in comment
    assert "| `index.html` | `jargon.buzzword` | leverage \\| synergies |" in comment
