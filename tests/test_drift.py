"""Drift: what changed between two runs, told apart from what only moved, and from what msgcheck itself changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from reports import HOSTILE
from test_history import ORIGIN, at

from msgcheck.cli.demo import demo_folder
from msgcheck.cli.main import cli
from msgcheck.errors import UsageError
from msgcheck.history import History, compare, with_effects
from msgcheck.model import Report
from msgcheck.model.history import CallRow, CoverageRow, FindingRow, Origin, PageRow, RunRow, Snapshot
from msgcheck.report.drift import FORMATS
from msgcheck.report.drift.wording import NOTICEABLE, headline

RUN = RunRow(1, "2026-10-01T08:00:00+00:00", ORIGIN, "1", "e", "n", 1, 0, 9, 0.2, 0, 0, 0, complete=True)
PAGE = PageRow(
    "a.md", "a.md", "A", "We sell pears.\nThey keep.", 5, 0.2, 0.9, 0.9, 0.9, 1.0, 0.1, None, 5.0, "shop", ()
)


def snapshot(*pages: PageRow, findings: tuple[FindingRow, ...] = (), run: RunRow = RUN) -> Snapshot:
    return Snapshot(run, pages, (), findings, (), (), ())


def later(*pages: PageRow, findings: tuple[FindingRow, ...] = (), **changed: object) -> Snapshot:
    run = replace(RUN, id=2, started="2026-11-08T08:00:00+00:00", **changed)  # type: ignore[arg-type]
    return snapshot(*pages, findings=findings, run=run)


def finding(fingerprint: str, quote: str = "seamless", document: str = "a.md") -> FindingRow:
    rule = "jargon.buzzword"
    return FindingRow(fingerprint, rule, "warning", document, 3, quote, "Hm.", silenced=False, first="", last="")


def test_nothing_changed_is_said() -> None:
    drift = compare(snapshot(PAGE), later(PAGE))
    assert (drift.causes, drift.pages[0].copy_changed) == ((), False)
    assert headline(drift) == "Clarity is as it was on 1 page since 1 October 2026."


def test_the_headline_tells_where_clarity_fell_and_what_a_page_now_reads_as() -> None:
    worse = replace(PAGE, copy="We leverage pears.", confusion=0.5, category="CRM")
    drift = compare(snapshot(PAGE, replace(PAGE, key="b.md")), later(worse, replace(PAGE, key="b.md")))
    assert headline(drift) == "Clarity fell on 1 of 2 pages since 1 October 2026; a.md now reads as “CRM”."
    assert [page.key for page in drift.pages] == ["a.md", "b.md"]


@pytest.mark.parametrize(("score", "told"), [(0.6, True), (0.3, False)])
@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_category_that_is_only_the_nearest_of_many_is_not_told(format: str, score: float, told: bool) -> None:
    after = replace(PAGE, copy="We leverage pears.", category="CRM", category_score=score)
    assert ("CRM" in FORMATS[format](compare(snapshot(PAGE), later(after)))) == told


def test_only_sentences_that_are_not_there_any_more_are_gone() -> None:
    moved = replace(PAGE, copy="They keep.\nWe sell pears.\nCall us.")
    page = compare(snapshot(PAGE), later(moved)).pages[0]
    assert (page.gone, page.new) == ((), ("Call us.",))


def test_a_page_with_the_same_copy_elsewhere_was_renamed() -> None:
    drift = compare(snapshot(PAGE), later(replace(PAGE, key="b.md"), replace(PAGE, key="c.md", copy="New here.")))
    assert [(page.key, page.state, page.earlier_key) for page in drift.pages] == [
        ("b.md", "renamed", "a.md"),
        ("c.md", "added", ""),
    ]


def test_a_page_that_is_gone_is_told() -> None:
    drift = compare(snapshot(PAGE, replace(PAGE, key="b.md", copy="Other words here.")), later(PAGE))
    assert [(page.key, page.state) for page in drift.pages] == [("a.md", "kept"), ("b.md", "removed")]


def test_a_finding_in_other_surroundings_moved_and_is_neither_new_nor_gone() -> None:
    before = snapshot(PAGE, findings=(finding("1"), finding("2", "robust"), finding("3", "synergy")))
    after = later(PAGE, findings=(finding("1"), finding("4", "Robust", "b.md"), finding("5", "agile")))
    drift = compare(before, after)
    told = [[row.fingerprint for row in rows] for rows in (drift.new, drift.fixed, drift.moved)]
    assert (told, drift.same) == ([["5"], ["3"], ["4"]], 1)


def test_a_call_that_only_one_run_heard_is_a_cause() -> None:
    heard = replace(later(PAGE), calls=(CallRow("calls/ada.txt", "2026-11-02", 9, None, None),))
    drift = compare(snapshot(PAGE), heard)
    assert drift.causes == ("calls",)
    assert "What changed between these runs: the calls.\n" in FORMATS["text"](drift)


def test_a_new_version_and_another_positioning_are_told_apart_from_the_copy() -> None:
    after = later(replace(PAGE, confusion=0.6), version="2", origin=Origin("c0ffee", "settings", "other"))
    drift = compare(snapshot(PAGE), after)
    assert drift.causes == ("version", "positioning")
    assert "same copy" in FORMATS["text"](drift)


def test_pages_that_only_one_run_saw_stand_in_one_line_each_after_those_that_changed() -> None:
    added, removed = replace(PAGE, key="new.md", copy="New here."), replace(PAGE, key="old.md", copy="Old words there.")
    on_new, on_kept = finding("1", document="new.md"), finding("2")
    before = snapshot(PAGE, removed)
    told = FORMATS["text"](
        compare(before, later(replace(PAGE, copy="We sell plums."), added, findings=(on_new, on_kept)))
    )
    assert told.splitlines()[2:] == [
        "",
        "a.md",
        "  confusion 0.20 → 0.20 (+0.00)   jargon 1.0 → 1.0 (+0.0) a 100 words",
        "  - We sell pears.",
        "  - They keep.",
        "  + We sell plums.",
        "",
        "New pages:",
        "  new.md: confusion 0.20, 1 finding",
        "",
        "Pages that are gone:",
        "  old.md: confusion 0.20, 0 findings",
        "",
        "Findings: 2 new, 0 gone, 0 moved, 0 as before.",
        "  new  warning  a.md:3 jargon.buzzword: Hm.",
    ]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_hostile_copy_stays_text(format: str) -> None:
    pages = replace(PAGE, copy=HOSTILE, category=HOSTILE), replace(PAGE, key=HOSTILE, copy=HOSTILE)
    drift = compare(snapshot(PAGE), later(*pages))
    shown = FORMATS[format](drift)
    assert not {"\x1b", "\u202e", "\ud83d"} & set(shown)
    assert "<script>" not in shown.replace("\\<script", "").replace("`<script", "") or format != "markdown"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the runs of three days."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    history = History(f"sqlite:///{tmp_path / '.msgcheck' / 'history.db'}")
    for day in (1, 8, 15):
        history.record(changed(at(day), day), ORIGIN)
    return tmp_path


def changed(report: Report, day: int) -> Report:
    first, *others = report.pages
    return replace(report, pages=(replace(first, confusion=day / 20), *others))


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["drift", *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "runs"),
    [
        ([], (2, 3)),
        (["--since", "2026-03-05"], (1, 3)),
        (["--since", "2026-01-01"], (1, 3)),
        (["--from", "1"], (1, 3)),
        (["--to", "2"], (1, 2)),
        (["--from", "3", "--to", "1"], (3, 1)),
    ],
)
def test_the_runs_to_compare_are_the_last_two_or_those_asked_for(
    project: Path, arguments: list[str], runs: tuple[int, int]
) -> None:
    drift = json.loads(ran(*arguments, "--format", "json").output)
    assert (drift["before"]["id"], drift["after"]["id"]) == runs
    assert drift["pages"][0]["confusion"]["by"] != 0


def test_files_are_written_by_their_suffix(project: Path) -> None:
    ran("-o", "drift.md", "-o", "drift.json")
    assert (project / "drift.md").read_text(encoding="utf-8").startswith("## Clarity fell on 1 of 3 pages")
    assert json.loads((project / "drift.json").read_text(encoding="utf-8"))["schema_version"] == "1.0"


@pytest.mark.parametrize("wrong", [["-o", "x.doc"], ["--since", "soon"], ["--since", "2026-01-01", "--from", "1"]])
def test_wrong_use_gets_one_line(project: Path, wrong: list[str]) -> None:
    with pytest.raises(UsageError):
        ran(*wrong)


def test_one_run_is_not_enough(project: Path) -> None:
    History(f"sqlite:///{project / '.msgcheck' / 'history.db'}").prune("2026-03-10")
    with pytest.raises(UsageError, match="not two runs"):
        ran()


OPENING = "Pears for bakers. We sell pears."


def changed_page(**more: object) -> tuple[PageRow, PageRow]:
    copy = "Pears for bakers.\nWe sell pears.\nThey keep."
    old = replace(PAGE, opening=OPENING, copy=copy, noun="pear shop", match="exact")
    new = {
        "opening": "The fruit cloud. We sell pears.",
        "copy": "The fruit cloud.\nWe sell pears.\nThey keep long.",
        "confusion": 0.5,
        "noun": "fruit cloud",
        "match": "other",
    }
    return old, replace(old, **{**new, **more})  # type: ignore[arg-type]


def test_each_change_tells_which_message_noun_and_finding_rest_on_its_words() -> None:
    old, new = changed_page()
    said = CoverageRow("a.md", "bakers", "covered", 0.7, "Pears for bakers.")
    unsaid = CoverageRow("a.md", "bakers", "missing", 0.2, "They keep long.")
    before = replace(snapshot(old), coverage=(said,))
    after = replace(later(new, findings=(finding("9", "fruit cloud"),)), coverage=(unsaid,))
    first, second = compare(before, after).pages[0].changes
    assert (first.gone, first.new) == (("Pears for bakers.",), ("The fruit cloud.",))
    assert [(item.message, item.before, item.after) for item in first.messages] == [("bakers", "covered", "missing")]
    assert (first.noun_before, first.noun_after) == ("", "fruit cloud")
    assert [row.fingerprint for row in first.found] == ["9"]
    assert (second.messages, second.found) == ((), ())


def test_a_line_without_words_or_a_part_of_a_word_is_no_reason() -> None:
    old, new = changed_page(copy="* * *\nWe sell pears.\nfru")
    before, after = snapshot(old), later(new, findings=(finding("9", "fruit cloud"),))
    assert [row for change in compare(before, after).pages[0].changes for row in change.found] == []


def test_what_a_change_did_to_confusion_is_read_from_the_opening_with_it_taken_back() -> None:
    old, new = changed_page()
    readings = {OPENING: 0.2, "The fruit cloud. We sell pears.": 0.5}
    asked: list[str] = []

    def read(openings: Sequence[str]) -> list[float]:
        asked.extend(openings)
        return [readings[opening] for opening in openings]

    before, after = snapshot(old), later(new)
    page = with_effects(compare(before, after), before, after, read).pages[0]
    assert asked == [OPENING, "The fruit cloud. We sell pears.", OPENING]
    assert (page.by_copy, [change.confusion for change in page.changes]) == (0.3, [0.3, None])


def test_nothing_is_said_of_effects_where_another_version_read_the_page() -> None:
    old, new = changed_page(confusion=0.9)
    before, after = snapshot(old), later(new)
    page = with_effects(compare(before, after), before, after, lambda openings: [0.5] * len(openings)).pages[0]
    assert (page.by_copy, [change.confusion for change in page.changes]) == (None, [None, None])


def test_no_model_is_asked_where_no_opening_changed() -> None:
    before, after = snapshot(PAGE), later(replace(PAGE, copy="We sell pears.\nThey keep well."))

    def read(openings: Sequence[str]) -> list[float]:
        raise AssertionError("the models were loaded for nothing")

    assert with_effects(compare(before, after), before, after, read).pages[0].by_copy is None


def test_what_the_positioning_moved_is_told_apart_from_what_the_copy_moved() -> None:
    old, new = changed_page(confusion=0.6)
    before, after = snapshot(old), later(new, origin=Origin("c0ffee", "settings", "other"))
    readings = {old.opening: 0.4, new.opening: 0.6}
    drift = with_effects(compare(before, after), before, after, lambda texts: [readings[text] for text in texts])
    assert "The new copy alone moved it by +0.20; the rest comes from another positioning." in FORMATS["text"](drift)


def test_a_kind_of_product_that_the_page_is_only_nearest_to_is_not_told() -> None:
    unsure = replace(PAGE, copy="Pears.", confusion=0.5, category="CRM", category_score=0.3)
    assert "CRM" not in headline(compare(snapshot(PAGE), later(unsure)))


def test_a_page_that_now_calls_the_product_something_else_is_told() -> None:
    drift = compare(*(make(page) for make, page in zip((snapshot, later), changed_page(), strict=True)))
    assert headline(drift).endswith("a.md now calls it “fruit cloud”.")


def test_distances_over_time_are_told_in_every_form(project: Path) -> None:
    text, markdown = (ran("--format", name).output for name in ("text", "markdown"))
    assert "run of" in text
    assert "### Over time" in markdown
    timeline = json.loads(ran("--format", "json").output)["timeline"]
    assert [point["day"] for point in timeline["site"]] == ["2026-03-01", "2026-03-08", "2026-03-15"]
    assert {course["key"] for course in timeline["pages"]} == {page.document.key for page in at(1).pages}


DATED = (
    ("Every visitor and contractor, signed in", "Arrivals, reimagined"),
    (
        "Gatewren is visitor sign-in software for factories and warehouses.",
        "One intelligent layer that connects people, places and possibilities.",
    ),
    ("Records are read-only from the first second.", "Gatewren leverages best-of-breed technology"),
)


@pytest.mark.models
def test_the_demo_site_tells_which_sentence_made_its_product_page_less_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_folder(), tmp_path / "demo")
    monkeypatch.chdir(tmp_path / "demo")
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    Path("msgcheck.toml").write_text('positioning = "positioning.yaml"\n', encoding="utf-8")
    page = Path("site/product.html")
    now = page.read_text(encoding="utf-8")
    past = now
    for was, later_words in DATED:
        assert later_words in past
        past = past.replace(later_words, was, 1)
    for text in (past, now):
        page.write_text(text, encoding="utf-8")
        CliRunner().invoke(cli, ["check", str(page), "--fail-on", "never", "-q"], catch_exceptions=False)
    drift = json.loads(ran("--format", "json", "-o", "drift.html").output)["pages"][0]
    effects = {change["new"][0]: change["confusion"] for change in drift["changes"]}
    assert drift["confusion"]["by"] > NOTICEABLE
    assert drift["distance"]["by"] > 0.02
    assert abs(drift["by_copy"] - drift["confusion"]["by"]) < 0.01
    assert effects["One intelligent layer that connects people, places and possibilities."] > 0.05
    assert [change["confusion"] for change in drift["changes"]][-1] is None
    assert "Makes the page less clear: with the old words" in Path("drift.html").read_text(encoding="utf-8")
