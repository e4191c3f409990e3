"""Budgets: which limits hold where, what is said of a page that exceeds one, and what counts as worse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gate_reports import report
from reports import sample

from msgcheck.config import Config, load_config
from msgcheck.errors import ConfigError
from msgcheck.gate.budget import over_budget, worse
from msgcheck.gate.compare import Scope, compared, match
from msgcheck.gate.known import known_of
from msgcheck.gate.measures import Measures, better, measures_of, together
from msgcheck.model import Comparison, Report, Suppression

PAGES = {"index.md": ("Our seamless checkout.", "You leverage one list."), "blog/a.md": ("Nothing to see here.",)}
RULE = "budget.exceeded"


def config(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "msgcheck.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def told(report: Report) -> list[tuple[str, str, str]]:
    """Page, what was limited, and the message, of findings about budgets that count."""
    return [
        (found.primary.document, found.primary.note, found.message)
        for found in report.findings
        if found.rule == RULE and not found.baselined
    ]


def with_measures(report: Report, confusion: float, jargon: float) -> Report:
    pages = tuple(
        replace(page, confusion=confusion, metrics=replace(page.metrics, jargon_per_100_words=jargon))
        for page in report.pages
    )
    return replace(report, pages=pages)


def test_without_budgets_nothing_changes(tmp_path: Path) -> None:
    assert over_budget(report(PAGES), config(tmp_path, "")) == report(PAGES)


def test_one_table_holds_for_every_page_and_says_by_how_much_and_what_most_of_it_is(tmp_path: Path) -> None:
    found = over_budget(report(PAGES), config(tmp_path, "[budget]\nfindings = {warning = 1}\nconfusion = 0.2\n"))
    message = "This page has 2 warnings, 1 over the budget of 1. Most of it: jargon.buzzword (2 times)."
    assert told(found) == [("index.md", "warning", message)]
    assert found.summary.findings == {"error": 1, "warning": 2, "note": 0}
    assert all(finding.fingerprint for finding in found.findings)


def test_later_tables_win_on_their_paths(tmp_path: Path) -> None:
    text = "[[budget]]\nconfusion = 0.05\n\n[[budget]]\npaths = ['blog/**']\nconfusion = 0.5\n"
    assert [page for page, *_ in told(over_budget(report(PAGES), config(tmp_path, text)))] == ["index.md"]


def test_pages_are_judged_together_where_that_is_said(tmp_path: Path) -> None:
    text = "[budget]\nper = 'site'\nfindings = {warning = 0}\nconfusion = 0.5\n"
    message = "These 2 pages together have 2 warnings, 2 over the budget of 0. Most of it: index.md (2)."
    assert told(over_budget(report(PAGES), config(tmp_path, text))) == [("blog/a.md", "warning together", message)]


def test_what_comments_silence_is_not_counted_and_what_is_known_is(tmp_path: Path) -> None:
    settings = config(tmp_path, "[budget]\nfindings = {warning = 1}\n")
    silenced = report(PAGES, (Suppression((), 1, 1, 1),))
    assert told(over_budget(silenced, settings)) == []
    known = replace(report(PAGES), findings=tuple(replace(item, baselined=True) for item in report(PAGES).findings))
    assert len(told(over_budget(known, settings))) == 1


def test_each_measure_names_its_worst(tmp_path: Path) -> None:
    text = "[budget]\nconfusion = 0.5\nvague_share = 0.1\njargon_per_100_words = 2.0\n"
    messages = {
        note: message
        for page, note, message in told(over_budget(sample(), config(tmp_path, text)))
        if page == "index.html"
    }
    assert messages["confusion"] == (
        "This page has a confusion of 0.7126, 0.213 over the budget of 0.5. Most of it: what is sold (clarity 0.3)."
    )
    assert messages["jargon_per_100_words"].endswith("Most of it: “oms”.")
    assert messages["vague_share"].endswith("Most of it: “An OMS that empowers your team”.")


def test_severity_off_and_paths_without_pages_give_nothing(tmp_path: Path) -> None:
    off = "[budget]\nconfusion = 0.05\n\n[rules.'budget.exceeded']\nseverity = 'off'\n"
    assert told(over_budget(report(PAGES), config(tmp_path, off))) == []
    nowhere = "[budget]\npaths = ['shop/**']\nper = 'site'\nconfusion = 0.0\n"
    assert told(over_budget(report(PAGES), config(tmp_path, nowhere))) == []


@pytest.mark.parametrize(
    ("now", "counts"), [((0.3, 3.0), False), ((0.315, 3.1), False), ((0.33, 3.0), True), ((0.3, 3.3), False)]
)
def test_a_known_overrun_counts_again_only_when_it_gets_worse(
    tmp_path: Path, now: tuple[float, float], counts: bool
) -> None:
    settings = config(tmp_path, "[budget]\npaths = ['index.md']\nconfusion = 0.2\n")
    before = known_of(over_budget(with_measures(report(PAGES), 0.3, 3.0), settings))
    later = over_budget(with_measures(report(PAGES), *now), settings)
    marked = compared(later, match(later, before, Scope([RULE])), Comparison("before"))
    measures = {page.page: page.measures for page in before.pages if page.measures}
    judged = worse(marked, measures, settings)
    assert [note for _, note, _ in told(judged)] == (["confusion"] if counts else [])
    assert judged.comparisons[0].known == judged.summary.baselined == (2 if counts else 3)


def test_no_page_may_get_worse_where_that_is_configured(tmp_path: Path) -> None:
    before = measures_of(with_measures(report(PAGES), 0.3, 3.0))
    later = with_measures(report({**PAGES, "new.md": ("New.",)}), 0.4, 3.1)
    loose, strict = config(tmp_path, "[budget]\nconfusion = 0.9"), config(tmp_path, "[budget]\nno_worse = true")
    assert told(worse(later, before, loose)) == []
    message = "This page has a confusion of 0.4, and was at 0.3 before. Most of it: what is sold (clarity 0.9)."
    assert told(worse(later, before, strict)) == [
        ("index.md", "confusion", message), ("blog/a.md", "confusion", message),
    ]  # fmt: skip


def test_measures_together_are_means_by_words_and_sums() -> None:
    one, other = Measures(100, 0.2, 1.0, 0.0, 1, 2, 3), Measures(300, 0.6, 3.0, 0.4, 1, 0, 0)
    assert together([one, other]) == Measures(400, 0.5, 2.5, 0.3, 2, 2, 3)
    assert together([]) == Measures(0, 0.0, 0.0, 0.0)
    assert better(one, other) == Measures(100, 0.2, 1.0, 0.0, 1, 0, 0)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[budget]\nconfusoin = 0.1", "Did you mean `confusion`?"),
        ("[budget]\nconfusion = 2.0", "budget.0.confusion"),
        ("[budget]\nfindings = {errors = 1}", "Did you mean `error`?"),
        ("[[budget]]\nper = 'folder'", "budget.0.per"),
    ],
)
def test_a_mistake_in_a_budget_names_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, text)
    assert key in str(caught.value)
