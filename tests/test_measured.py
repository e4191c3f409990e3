"""What `msgcheck explain` says of a rule's figures, and what a rule may do with bad ones."""

from __future__ import annotations

import json

import pytest

from msgcheck.cli.explain import explanation
from msgcheck.rules.base import Rule
from msgcheck.rules.measured import PATH, measured_lines, precision
from msgcheck.rules.registry import all_rules, find_rule

MEASURED = [rule for rule in all_rules() if precision(rule.id) is not None]


def test_the_figures_are_of_rules_that_exist() -> None:
    figures = json.loads(PATH.read_text(encoding="utf-8"))
    named = {rule for part in figures.values() for rule in part}
    assert named - {rule.id for rule in all_rules()} == set()


@pytest.mark.parametrize("rule", MEASURED, ids=[rule.id for rule in MEASURED])
def test_a_rule_that_is_right_less_than_six_times_in_ten_is_a_note(rule: Rule) -> None:
    measured = precision(rule.id)
    assert measured is not None
    assert measured >= 0.6 or rule.severity == "note"


def test_explain_prints_what_was_judged_by_hand_and_on_how_many() -> None:
    printed = " ".join(explanation(find_rule("vague.weasel")).split())
    assert "Measured: Precision 0.84, judged by hand: 27 of 32 findings on" in printed


def test_a_rule_that_nobody_measured_claims_no_figures() -> None:
    assert list(measured_lines("suppression.unused")) == []
