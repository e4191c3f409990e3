"""Limits on drift: what crosses them is told with page, measure and amount, and ends `msgcheck drift` with 1."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from limits import over_a_limit, ran
from test_drift import PAGE, finding, later, snapshot

from msgcheck.config import DriftThresholds, FindingLimits, SiteThresholds, Thresholds, load_config
from msgcheck.errors import ConfigError
from msgcheck.history import compare, crossed
from msgcheck.model.alerts import Alert
from msgcheck.model.history import BeliefRow, CoverageRow, Snapshot
from msgcheck.report.drift.alerts import sentence

NEW_WORDS = replace(PAGE, copy="We leverage pears.")


def alerts(
    before: Snapshot, after: Snapshot, page: Thresholds | None = None, site: SiteThresholds | None = None
) -> list[Alert]:
    limits = DriftThresholds(page=page or Thresholds(), site=site or SiteThresholds())
    return list(crossed(before, after, compare(before, after), limits))


def test_without_limits_nothing_is_alarming() -> None:
    worse = replace(NEW_WORDS, confusion=0.9, jargon=50.0, vague=1.0)
    assert alerts(snapshot(PAGE), later(worse, findings=(finding("1"),))) == []


@pytest.mark.parametrize(("after", "count"), [(0.3, 0), (0.301, 1), (0.1, 0)])
def test_a_limit_may_be_reached_but_not_crossed(after: float, count: int) -> None:
    found = alerts(snapshot(PAGE), later(replace(NEW_WORDS, confusion=after)), Thresholds(confusion=0.1))
    assert found == [Alert("a.md", "confusion", 0.2, after, 0.1)] * count


@pytest.mark.parametrize("measure", ["vague", "jargon", "distance"])
def test_each_measure_of_a_page_has_its_limit(measure: str) -> None:
    before = replace(PAGE, distance=0.1)
    after = replace(NEW_WORDS, vague=0.8, jargon=9.0, distance=0.6)
    found = alerts(snapshot(before), later(after), Thresholds(**{measure: 0.2}))  # type: ignore[arg-type]
    assert [(alert.page, alert.measure) for alert in found] == [("a.md", measure)]


def test_what_a_version_did_not_measure_is_no_alarm() -> None:
    assert alerts(snapshot(PAGE), later(replace(NEW_WORDS, distance=0.9)), Thresholds(distance=0)) == []


def test_a_new_page_got_no_worse_but_its_findings_are_new() -> None:
    added = replace(PAGE, key="b.md", copy="New here.", confusion=0.9)
    limits = Thresholds(confusion=0, new_findings=FindingLimits(warning=0))
    found = alerts(snapshot(PAGE), later(PAGE, added, findings=(finding("1", document="b.md"),)), limits)
    assert found == [Alert("b.md", "new_warning", 0, 1, 0, ("jargon.buzzword",))]


def test_a_page_whose_copy_is_the_same_is_not_blamed_for_another_version() -> None:
    moved = replace(PAGE, confusion=0.9)
    limits = Thresholds(confusion=0.1, new_findings=FindingLimits(warning=0))
    site = SiteThresholds(confusion=0.1, new_findings=FindingLimits(warning=0))
    updated = later(moved, findings=(finding("1"),), version="2")
    assert alerts(snapshot(PAGE), updated, limits, site) == []
    reworded = later(replace(moved, copy="Other words."), findings=(finding("1"),), version="2")
    assert [(alert.page, alert.measure) for alert in alerts(snapshot(PAGE), reworded, limits, site)] == [
        ("", "confusion"),
        ("", "new_warning"),
        ("a.md", "confusion"),
        ("a.md", "new_warning"),
    ]


def test_findings_that_a_comment_silences_do_not_count() -> None:
    after = later(NEW_WORDS, findings=(replace(finding("1"), silenced=True),))
    assert alerts(snapshot(PAGE), after, Thresholds(new_findings=FindingLimits(warning=0))) == []


def test_the_site_is_judged_by_the_means_over_its_words() -> None:
    long = replace(PAGE, key="b.md", words=15)
    after = later(replace(NEW_WORDS, confusion=0.6), long)
    found = alerts(snapshot(PAGE, long), after, site=SiteThresholds(confusion=0.09))
    assert found == [Alert("", "confusion", 0.2, 0.3, 0.09)]


def coverage(page: str, message: str, status: str) -> CoverageRow:
    return CoverageRow(page, message, status, 0.5, "")


def test_messages_that_are_less_well_said_count_on_their_page_and_where_no_page_says_them_on_the_site() -> None:
    two = [replace(PAGE, key=key, copy=f"The page {key}.") for key in ("a.md", "b.md")]
    told = [
        coverage("a.md", "price", "covered"),
        coverage("b.md", "price", "covered"),
        coverage("a.md", "lock", "partial"),
    ]
    now = [
        coverage("a.md", "price", "missing"),
        coverage("b.md", "price", "covered"),
        coverage("a.md", "lock", "missing"),
    ]
    before = replace(snapshot(*two), coverage=tuple(told))
    after = replace(later(replace(two[0], copy="Reworded."), two[1]), coverage=tuple(now))
    found = alerts(before, after, Thresholds(coverage=0), SiteThresholds(coverage=0))
    assert found == [
        Alert("", "coverage", 0, 1, 0, ("lock",)),
        Alert("a.md", "coverage", 0, 2, 0, ("lock", "price")),
    ]


def test_a_wrong_belief_that_is_heard_more_often_is_named() -> None:
    before = replace(snapshot(PAGE), beliefs=(BeliefRow("took it for a CRM", 2, 2, ()),))
    after = replace(
        later(PAGE), beliefs=(BeliefRow("took it for a CRM", 9, 5, ()), BeliefRow("thought it is free", 1, 1, ()))
    )
    found = alerts(before, after, site=SiteThresholds(misconceptions=1))
    assert found == [Alert("", "misconceptions", 2, 5, 1, ("took it for a CRM",))]


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (
            Alert("a.md", "confusion", 0.25, 0.41, 0.1),
            "a.md: confusion rose by 0.16, from 0.25 to 0.41; the limit is 0.1.",
        ),
        (
            Alert("", "jargon", 2.0, 3.25, 1.0),
            "The whole site: words of jargon in 100 rose by 1.2, from 2.0 to 3.2; the limit is 1.",
        ),
        (
            Alert("a.md", "coverage", 0, 2, 1, ("price", "lock")),
            "a.md: 2 agreed messages less well said than before (price and lock); the limit is 1.",
        ),
        (
            Alert("", "misconceptions", 2, 5, 1, ("took it for a CRM",)),
            "The whole site: “took it for a CRM” was heard on 5 calls, 3 more than before; the limit is 1.",
        ),
        (
            Alert("a.md", "new_error", 0, 5, 0, ("a", "b", "c", "d", "e")),
            "a.md: 5 new errors (a, b, c and 2 more); the limit is 0.",
        ),
    ],
)
def test_an_alert_says_which_page_what_and_by_how_much(alert: Alert, words: str) -> None:
    assert sentence(alert) == words


def test_what_is_done_about_drift_is_no_other_configuration() -> None:
    from msgcheck.config import Config, DriftSettings
    from msgcheck.history.origin import settings_of

    strict = Config(drift=DriftSettings(thresholds=DriftThresholds(page=Thresholds(confusion=0.1))))
    assert settings_of(strict, None) == settings_of(Config(), None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("page = {confusin = 0.1}", "unknown key `drift.thresholds.page.confusin`. Did you mean `confusion`?"),
        ("page = {confusion = 10}", "`drift.thresholds.page.confusion`: input should be less than or equal to 1"),
        ("page = {misconceptions = 1}", "unknown key `drift.thresholds.page.misconceptions`"),
        ("site = {coverage = 0.5}", "`drift.thresholds.site.coverage`: input should be a valid integer"),
        (
            "site = {new_findings = {errors = 0}}",
            "unknown key `drift.thresholds.site.new_findings.errors`. Did you mean",
        ),
        ("confusion = 0.1", "unknown key `drift.thresholds.confusion`. Valid keys here: page, site."),
    ],
)
def test_a_wrong_limit_is_one_clear_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "msgcheck.toml"
    path.write_text(f"[drift.thresholds]\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert line in str(caught.value)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with limits and two runs: on one page confusion rose from 0.05 to 0.4."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    return over_a_limit(tmp_path)


def test_drift_over_a_limit_ends_with_1_and_is_said_first(project: Path) -> None:
    told = ran()
    assert told.exit_code == 1
    assert told.output.splitlines()[1:3] == [
        "Over 1 limit:",
        "  index.html: confusion rose by 0.35, from 0.05 to 0.40; the limit is 0.3.",
    ]
    assert ran("--from", "2", "--to", "1").exit_code == 0


def test_every_format_tells_the_alerts(project: Path) -> None:
    found = json.loads(ran("--format", "json").output)["alerts"]
    assert found == [
        {
            "page": "index.html",
            "measure": "confusion",
            "before": 0.05,
            "after": 0.4,
            "limit": 0.3,
            "about": [],
            "by": 0.35,
        }
    ]
    markdown = ran("--format", "markdown").output
    assert "**Over 1 limit**\n\n- index.html: confusion rose by 0.35, from 0.05 to 0.40; the limit is 0.3." in markdown
    html = ran("--format", "html").output
    assert "<h2>Over 1 limit</h2>" in html
    assert re.search(r"<li>[^<]*: confusion rose by 0.35, from 0.05 to 0.40; the limit is 0.3.</li>", html)
