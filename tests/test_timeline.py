"""How measures went from run to run, and calls from week to week."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from histories import Site, recorded
from test_history import ORIGIN, at

from msgcheck.history import History, compare
from msgcheck.history.timeline import _thinned
from msgcheck.model.drift import Drift
from msgcheck.model.history import Origin, RunRow


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(f"sqlite:///{tmp_path / 'history.db'}")


def row(number: int, day: str) -> RunRow:
    started = f"{day}T08:00:00+00:00"
    return RunRow(number, started, ORIGIN, "1", "e", "n", 1, 0, 9, 0.2, 0, 0, 0, complete=True)


def test_a_run_is_marked_where_something_else_than_the_copy_was_new(history: History) -> None:
    for day, origin in ((1, ORIGIN), (2, ORIGIN), (3, Origin("c0ffee", "settings", "other"))):
        history.record(at(day), origin)
    assert [point.marks for point in history.timeline(1, 3).site] == [(), (), ("positioning",)]


def test_measures_of_the_site_weigh_pages_by_their_words(history: History) -> None:
    report = at(1)
    pages = tuple(
        replace(page, words=words, metrics=replace(page.metrics, jargon_per_100_words=jargon, vague_share=0.5))
        for page, words, jargon in zip(report.pages, (30, 10, 0), (4.0, 8.0, 100.0), strict=True)
    )
    history.record(replace(report, pages=pages), ORIGIN)
    point = history.timeline(1, 1).site[0]
    assert (point.jargon, point.vague) == (5.0, 0.5)


def test_runs_after_the_later_one_and_runs_over_other_pages_are_left_out(history: History) -> None:
    history.record(at(1), ORIGIN)
    other = at(2)
    elsewhere = tuple(
        replace(page, document=replace(page.document, key=f"draft/{page.document.key}")) for page in other.pages
    )
    history.record(replace(other, pages=elsewhere), ORIGIN)
    for day in (3, 4):
        history.record(at(day), ORIGIN)
    assert [point.run for point in history.timeline(1, 3).site] == [1, 3]


def test_a_call_counts_once_and_as_the_last_run_heard_it(history: History) -> None:
    for day in (9, 16):
        history.record(at(day), ORIGIN)
    timeline = history.timeline(1, 2)
    assert [(week.start, week.calls) for week in timeline.weeks] == [("2026-03-02", 1), ("2026-03-09", 1)]
    assert timeline.undated == 1


def test_weeks_count_misconceptions_and_minutes(tmp_path: Path) -> None:
    recorded(tmp_path, Site(pages=1, runs=2, calls=3))
    weeks = History(f"sqlite:///{tmp_path / '.msgcheck' / 'history.db'}").timeline(1, 2).weeks
    assert [(week.start, week.calls, week.misconceptions, week.minutes) for week in weeks] == [
        ("2026-01-05", 2, 1, 1.0),
        ("2026-01-12", 1, 2, 2.0),
    ]
    assert weeks[0].rep_distance == 0.5


def test_a_renamed_page_keeps_its_past(history: History) -> None:
    history.record(at(1), ORIGIN)
    report = at(2)
    first, *others = report.pages
    moved = replace(first, document=replace(first.document, key="new.html"))
    history.record(replace(report, pages=(moved, *others)), ORIGIN)
    drift: Drift = compare(history.snapshot(1), history.snapshot(2), history.timeline(1, 2))
    courses = {course.key: [point.run for point in course.points] for course in drift.timeline.pages}
    assert courses["new.html"] == [1, 2]
    assert first.document.key not in courses


def test_nouns_are_counted_run_by_run(tmp_path: Path) -> None:
    recorded(tmp_path, Site(pages=3, runs=3, calls=0))
    nouns = History(f"sqlite:///{tmp_path / '.msgcheck' / 'history.db'}").timeline(1, 3).nouns
    assert [(noun.noun, noun.match, noun.pages) for noun in nouns] == [
        ("class booking software", "exact", (3, 2, 2)),
        ("growth engine", "other", (0, 1, 1)),
    ]


def test_of_many_runs_the_last_of_each_day_stays_and_the_one_compared_with() -> None:
    runs = [row(number, f"2026-01-{number // 4 + 1:02}") for number in range(80)]
    kept = [run.id for run in _thinned(runs, {1, 79})]
    assert kept == [1, *range(3, 80, 4)]


def test_a_comparison_backwards_knows_the_same_runs(history: History) -> None:
    for day in (1, 2, 3):
        history.record(at(day), ORIGIN)
    assert history.timeline(3, 1) == history.timeline(1, 3)
