"""The baseline file: what is written, read back, kept and dropped, and what is said of a damaged one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from gate_reports import RULE, report

from msgcheck.errors import InputError
from msgcheck.gate.baseline import read_baseline, render, scope_of, updated
from msgcheck.gate.compare import match
from msgcheck.gate.known import Known, known_of
from msgcheck.model import Fault, Report

PAGE = ("Fernlight takes flower orders.", "Our seamless checkout takes two minutes.", "You leverage one list.")


def after(now: Report, before: Known, *, accept: bool) -> Known:
    return updated(now, before, match(now, before, scope_of(now, before, [RULE])), accept=accept)


def quotes(known: Known) -> list[tuple[str, str]]:
    return sorted((item.document, item.quote) for item in known.findings)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "site" / name).write_text("\n\n".join(PAGE), encoding="utf-8")
    return tmp_path


def test_the_file_has_a_header_and_one_sorted_entry_a_line() -> None:
    lines = [json.loads(line) for line in render(known_of(report({"b.md": PAGE, "a.md": PAGE})), Path()).splitlines()]
    assert lines[0] == {"msgcheck_baseline": 1}
    assert [(line.get("page") or line["document"], line.get("quote")) for line in lines[1:]] == [
        ("a.md", None), ("a.md", "leverage"), ("a.md", "seamless"),
        ("b.md", None), ("b.md", "leverage"), ("b.md", "seamless"),
    ]  # fmt: skip
    assert set(lines[2]) == {"fingerprint", "rule", "document", "quote", "near"}


def test_words_that_one_finding_is_about_are_kept_together(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"
    path.write_text(render(known_of(report({"a.md": ("We leverage seamless synergy.",)})), tmp_path), encoding="utf-8")
    assert [(item.quote, item.others) for item in read_baseline(path).findings] == [
        ("leverage", ("seamless", "synergy"))
    ]


def test_what_is_written_is_read_back_from_another_folder(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_of(report({"a.md": PAGE, "\ud83d\u2028 odd.md": ("A seamless \ud83d half.",)}))
    path = site / "known" / "baseline.jsonl"
    path.parent.mkdir()
    path.write_text(render(known, path.parent), encoding="utf-8")
    assert {page.source for page in read_baseline(Path("known/baseline.jsonl")).pages} == {
        "site/a.md", "site/\ud83d\u2028 odd.md",
    }  # fmt: skip
    monkeypatch.chdir(path.parent)
    assert read_baseline(Path("baseline.jsonl")).pages[0].source == "../site/a.md"
    assert quotes(read_baseline(Path("baseline.jsonl"))) == quotes(known)


def test_lines_that_a_merge_doubled_count_once(tmp_path: Path) -> None:
    text = render(known_of(report({"a.md": PAGE})), tmp_path)
    path = tmp_path / "baseline.jsonl"
    path.write_text(text + "\n" + text, encoding="utf-8")
    assert len(read_baseline(path).findings) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no msgcheck baseline"),
        ("[1]\n", "is no msgcheck baseline"),
        ("{}\n", "is no msgcheck baseline"),
        ('{"msgcheck_baseline": 2}\n', "newer msgcheck (format 2)"),
        ('{"msgcheck_baseline": 1}\n{"fingerprint": 3}\n', "line 2 is damaged"),
        ('{"msgcheck_baseline": 1}\n[]\n', "line 2 is damaged"),
        ('{"msgcheck_baseline": 1}\n{"finger\n', "line 2 is damaged"),
        ('{"msgcheck_baseline": 1}\n<<<<<<< HEAD\n{}\n=======\n', "line 2: a merge conflict is not resolved"),
    ],
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "baseline.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_baseline(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_and_a_binary_file_are_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("missing", "binary"):
        with pytest.raises(InputError) as caught:
            read_baseline(tmp_path / name)
        assert name in str(caught.value)


def test_writing_anew_takes_what_is_new_and_drops_what_is_gone(site: Path) -> None:
    before = known_of(report({"a.md": PAGE}))
    now = report({"a.md": (*PAGE[:2], "It is all synergy.")})
    assert quotes(after(now, before, accept=True)) == [("a.md", "seamless"), ("a.md", "synergy")]


def test_pruning_drops_what_is_gone_and_takes_nothing_new(site: Path) -> None:
    before = known_of(report({"a.md": PAGE}))
    now = report({"a.md": (*PAGE[:2], "It is all synergy.")})
    assert quotes(after(now, before, accept=False)) == [("a.md", "seamless")]


@pytest.mark.parametrize("accept", [True, False])
def test_pages_that_were_not_read_keep_their_entries(site: Path, accept: bool) -> None:
    before = known_of(report({"a.md": PAGE, "b.md": PAGE}))
    kept = after(report({"a.md": PAGE[:2]}), before, accept=accept)
    assert quotes(kept) == [("a.md", "seamless"), ("b.md", "leverage"), ("b.md", "seamless")]
    assert [page.page for page in kept.pages] == ["a.md", "b.md"]


def test_pages_whose_file_is_gone_lose_their_entries(site: Path) -> None:
    before = known_of(report({"a.md": PAGE, "b.md": PAGE}))
    (site / "site" / "b.md").unlink()
    kept = after(report({"a.md": PAGE}), before, accept=False)
    assert ({item.document for item in kept.findings}, [page.page for page in kept.pages]) == ({"a.md"}, ["a.md"])


def test_what_a_rule_that_failed_would_have_found_is_kept(site: Path) -> None:
    before = known_of(report({"a.md": PAGE}))
    broken = replace(report({"a.md": PAGE}), findings=(), faults=(Fault(RULE, "a.md", "boom"),))
    assert quotes(after(broken, before, accept=True)) == [("a.md", "leverage"), ("a.md", "seamless")]


def test_pruning_follows_a_page_that_was_renamed(site: Path) -> None:
    before = known_of(report({"old.md": PAGE}))
    kept = after(report({"b.md": PAGE}), before, accept=False)
    assert quotes(kept) == [("b.md", "leverage"), ("b.md", "seamless")]
    assert [page.page for page in kept.pages] == ["b.md"]
