"""Findings after the rules have spoken: severity, suppression, fingerprints, order."""

from __future__ import annotations

from dataclasses import replace

from msgcheck.config import Config, Override, RuleSettings
from msgcheck.findings import settle
from msgcheck.model import Anchor, Block, Document, Finding, Suppression
from msgcheck.rules.base import locate


def document(text: str, *, key: str = "a.md", line: int = 1, suppressions: tuple[Suppression, ...] = ()) -> Document:
    block = Block("body", text, (Anchor(0, line, 1),))
    return Document(key, key, "markdown", "", "en", (block,), len(text.split()), suppressions=suppressions)


def finding(page: Document, quote: str, *, rule: str = "jargon.buzzword", nth: int = 0) -> Finding:
    text = page.blocks[0].text
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    place = locate(page, 0, start, start + len(quote))
    return Finding(rule, "warning", 0.81234, "message", "advice", (place,))


def fingerprint(page: Document, quote: str) -> str:
    return settle([finding(page, quote)], [page], Config())[0].fingerprint


def test_moving_a_paragraph_keeps_its_fingerprint() -> None:
    here = document("Our seamless checkout takes two minutes.")
    there = document("Our seamless checkout takes two minutes.", line=40)
    assert fingerprint(here, "seamless") == fingerprint(there, "seamless")


def test_rewording_far_away_keeps_the_fingerprint_and_rewording_near_changes_it() -> None:
    first = document("We said that the seamless checkout is quick to learn for cashiers.")
    far = document("We said that the seamless checkout is quick to learn for anybody.")
    near = document("We said that the seamless register is quick to learn for cashiers.")
    assert fingerprint(first, "seamless") == fingerprint(far, "seamless")
    assert fingerprint(first, "seamless") != fingerprint(near, "seamless")


def test_repeats_in_the_same_company_of_words_are_told_apart() -> None:
    page = document("so seamless it is, so seamless it is, so seamless it is")
    found = settle([finding(page, "seamless", nth=n) for n in range(3)], [page], Config())
    assert len({one.fingerprint for one in found}) == 3


def test_severity_does_not_change_a_fingerprint() -> None:
    page = document("Our seamless checkout takes two minutes.")
    louder = Config(rules={"jargon.buzzword": RuleSettings(severity="error")})
    quiet, loud = (settle([finding(page, "seamless")], [page], config)[0] for config in (Config(), louder))
    assert (quiet.severity, loud.severity) == ("warning", "error")
    assert quiet.fingerprint == loud.fingerprint


def test_off_drops_the_finding() -> None:
    page = document("Our seamless checkout takes two minutes.")
    config = Config(overrides=[Override(paths=["*.md"], ignore=["jargon"])])
    assert settle([finding(page, "seamless")], [page], config) == ()


def test_a_suppressed_finding_stays_marked() -> None:
    page = document("Our seamless checkout.", suppressions=(Suppression(("jargon",), 1, 1, 1),))
    (found,) = settle([finding(page, "seamless")], [page], Config())
    assert found.suppressed


def test_a_suppression_of_another_rule_does_not_count_and_is_reported_unused() -> None:
    page = document("Our seamless checkout.", suppressions=(Suppression(("vague",), 1, 1, 1),))
    found = settle([finding(page, "seamless")], [page], Config())
    assert [(one.rule, one.severity, one.suppressed) for one in found] == [
        ("jargon.buzzword", "warning", False),
        ("suppression.unused", "note", False),
    ]


def test_errors_come_first_then_place() -> None:
    page = document("Our seamless checkout is a seamless joy.")
    early, late = finding(page, "seamless"), replace(finding(page, "seamless", nth=1), severity="error")
    found = settle([early, late], [page], Config())
    assert [one.severity for one in found] == ["error", "warning"]
    assert [one.confidence for one in found] == [0.812, 0.812]
