"""Every rule's case file: what must stay silent first, then what must be found, each read by the real models."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from msgcheck.config import Config
from msgcheck.engine import Inputs, Settings, check
from msgcheck.extract.positioning import read_positioning
from msgcheck.language.core import load_language
from msgcheck.model import RawDocument
from msgcheck.rules.registry import all_rules

CASES = Path(__file__).parent / "cases"
#: Findings of these may point at several places, each of which is a find.
WORDING = ("jargon.", "vague.")
#: Those that follow from settings or other findings; tests/test_suppressions.py and tests/test_budget.py have theirs.
WITHOUT_CASES = {"budget.exceeded", "suppression.no-reason", "suppression.unused"}


def raw(name: str, text: str) -> RawDocument:
    return RawDocument(name, name, name, text.encode())


def load(kind: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get(kind, []), 1):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{kind}-{number}"))
    return found


@pytest.fixture(scope="module")
def language() -> Any:
    return load_language()


def quotes_of(rule: str, case: dict[str, Any], language: Any) -> list[str]:
    pages = dict(case.get("pages", {}))
    if "page" in case:
        pages.setdefault("page.md", case["page"])
    if "html" in case:
        pages.setdefault("page.html", case["html"])
    agreed = case.get("positioning")
    inputs = Inputs(
        pages=tuple(raw(name, text) for name, text in sorted(pages.items())),
        calls=tuple(raw(call["name"], call["text"]) for call in case.get("calls", [])),
        positioning=read_positioning(raw("positioning.yaml", agreed)) if agreed else None,
    )
    report = check(inputs, Settings(Config(), select=(rule,)), language)
    assert report.faults == ()
    found = [finding for finding in report.findings if finding.rule == rule]
    assert len(found) == case.get("findings", len(found)), case["why"]
    if rule.startswith(WORDING):
        return sorted(place.quote for finding in found for place in finding.locations if place.document in pages)
    return sorted(finding.primary.quote for finding in found)


@pytest.mark.models
@pytest.mark.parametrize(("rule", "case"), load("silent"))
def test_stays_silent(rule: str, case: dict[str, Any], language: Any) -> None:
    assert quotes_of(rule, case, language) == [], case["why"]


@pytest.mark.models
@pytest.mark.parametrize(("rule", "case"), load("flagged"))
def test_finds_the_words(rule: str, case: dict[str, Any], language: Any) -> None:
    assert quotes_of(rule, case, language) == sorted(case["quotes"]), case["why"]


@pytest.mark.parametrize("rule", [rule.id for rule in all_rules() if rule.id not in WITHOUT_CASES])
def test_rule_has_silent_and_flagged_cases_each_with_its_why(rule: str) -> None:
    cases = tomllib.loads((CASES / f"{rule}.toml").read_text(encoding="utf-8"))
    assert next(iter(cases)) == "silent"
    assert cases["silent"] and cases["flagged"]
    assert all(case["why"].strip() for kind in ("silent", "flagged") for case in cases[kind])


def test_no_case_file_without_its_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} <= {rule.id for rule in all_rules()}
