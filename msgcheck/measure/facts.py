"""Finds words of a page that cannot be true together with an agreed fact, or with another page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from msgcheck.measure.constraints import constraint_conflicts
from msgcheck.measure.dates import date_conflicts
from msgcheck.measure.languages import languages_named
from msgcheck.measure.lexical import content, covered, rarity
from msgcheck.measure.occasions import occasion
from msgcheck.measure.polarity import polarity_conflicts
from msgcheck.measure.quantities import Quantity, agree, comparable
from msgcheck.measure.statements import (
    SUPPORT,
    against_fact,
    asserts,
    clause_around,
    page_statements,
    relatedness,
    stated,
)
from msgcheck.measure.values import (
    AnnotatedPositioning,
    Conflict,
    PageMeasures,
    SentenceMeasure,
    SiteStatement,
    Statement,
)
from msgcheck.model import Evidence

_SAME_UNIT = 0.38
_SAME_KIND = 0.53
_CLOSE = 0.62
_SAME_SUBJECT = 0.72
#: How sure it is that two times of the same occasion must agree; by judgement.
_SAME_OCCASION = 0.75
#: So many statements are compared with all others at a time.
_ROWS = 512
#: Counted things that pages count in many senses.
_COMMON_UNITS = frozenset(
    content(
        "users customers teams people companies businesses employees members agents hours times "
        "things ways steps years minutes apps tools plans brands clients reviews stars ratings "
        "countries locations sites requests stores"
    )
)
_FREE_OFFERS = re.compile(
    r"^\W*(?:trial|demo|tier|plan|account|forever|version|start|to|for|consult\w*|of)\b", re.IGNORECASE
)


def measure_conflicts(sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning) -> tuple[Conflict, ...]:
    """The places of a page that contradict an agreed fact, in page order, one a place."""
    statements = page_statements(sentences)
    found: list[Conflict] = []
    for row, fact in enumerate(positioning.positioning.facts):
        wanted = _with_languages(stated(fact.text, positioning.fact_vectors[row]))
        near = relatedness(wanted.vector, sentences)
        found += _amount_conflicts(fact.id, wanted, sentences, statements, near)
        found += polarity_conflicts(fact.id, wanted, sentences, statements, near)
        found += constraint_conflicts(fact.id, fact.text, sentences)
        found += date_conflicts(fact.id, fact.text, sentences)
    return _one_a_place(found)


def _with_languages(fact: Statement) -> Statement:
    """'In English and Spanish' says two languages."""
    named = languages_named(fact.text)
    return replace(fact, amounts=(*fact.amounts, named)) if named else fact


def _amount_conflicts(
    fact: str,
    wanted: Statement,
    sentences: Sequence[SentenceMeasure],
    statements: Sequence[Statement],
    near: Sequence[float],
) -> Iterator[Conflict]:
    backed = [
        {index for index, other in enumerate(statements) if near[index] >= SUPPORT and _bears_out(amount, other)}
        for amount in wanted.amounts
    ]
    for index, (item, statement) in enumerate(zip(sentences, statements, strict=True)):
        if not item.company_voice or not asserts(item):
            continue
        for amount in statement.amounts:
            rivals = [
                (own, where) for own, where in zip(wanted.amounts, backed, strict=True) if comparable(own, amount)
            ]
            if any(agree(own, amount) or where - {index} for own, where in rivals):
                continue
            if _another_case(wanted, statement):
                continue
            open_rivals = [own for own, where in rivals if not where]
            if open_rivals and (strength := _strength(wanted, open_rivals[0], statement, amount, near[index])) > 0:
                yield against_fact(item, amount.start, amount.end, fact, wanted.text, strength)


def _another_case(wanted: Statement, statement: Statement) -> bool:
    """Whether a sentence differs in amounts of two kinds: it speaks of another case ('two sites in four weeks')."""
    kinds = {
        own.kind
        for own in wanted.amounts
        for other in statement.amounts
        if comparable(own, other) and not agree(own, other)
    }
    return len(kinds) > 1 and not any(_bears_out(own, statement) for own in wanted.amounts)


def _bears_out(amount: Quantity, statement: Statement) -> bool:
    """Whether the amount is said; 'thousands' does not say 3,000."""
    return any(
        comparable(amount, other) and agree(amount, other) and (other.high <= 3 * other.low or amount.high > amount.low)
        for other in statement.amounts
    )


def _strength(wanted: Statement, own: Quantity, statement: Statement, amount: Quantity, near: float) -> float:
    """How surely two amounts speak of the same thing and differ (0 = not surely enough)."""
    shared = covered(_subject(wanted, own), set(statement.keys) | set(amount.unit))
    if "free" in amount.unit + own.unit:
        follows = statement.text[amount.end :] if "free" in amount.unit else wanted.text[own.end :]
        if _FREE_OFFERS.match(follows) or near < _CLOSE or shared < 0.3:
            return 0.0
    if own.kind in ("count", "frequency", "billing"):
        common = own.kind != "billing" and own.unit[-1] in _COMMON_UNITS
        need = _CLOSE - 0.07 if common else _SAME_UNIT
        return 0.5 + near / 2 if near >= need and (not common or shared >= 0.35) else 0.0
    if own.kind == "duration":
        times = occasion(wanted, own), occasion(statement, amount)
        if all(times):
            return _SAME_OCCASION if times[0] == times[1] else 0.0
    several = len(set(_subject(wanted, own)) & statement.keys) > 1
    alike = (near >= _SAME_KIND and near + shared / 2 >= 0.68) or (
        several and near >= 0.45 and near + shared / 2 >= 0.8
    )
    return 0.5 + near / 2 if alike else 0.0


def _subject(statement: Statement, amount: Quantity) -> list[str]:
    """The words that say what an amount is about: those of its clause, without the amount."""
    clause = clause_around(statement.text, amount.start, amount.end)
    rest = clause.replace(statement.text[amount.start : amount.end], " ")
    return [key for key in content(rest) if rarity(key) > 0.2] or content(rest) or content(statement.text)


def _one_a_place(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    kept: list[Conflict] = []
    for conflict in sorted(found, key=lambda item: (item.block, -item.confidence, item.start, item.fact)):
        if all(
            conflict.block != other.block or conflict.end <= other.start or conflict.start >= other.end
            for other in kept
        ):
            kept.append(conflict)
    return tuple(sorted(kept, key=lambda item: (item.block, item.start)))


def site_statements(sentences: Sequence[SentenceMeasure]) -> tuple[SiteStatement, ...]:
    """What a page's company says with counts, for `site_conflicts`."""
    return tuple(
        SiteStatement(item.block, item.start, statement)
        for item, statement in zip(sentences, page_statements(sentences), strict=True)
        if item.company_voice and item.claim >= 0.1 and any(amount.kind == "count" for amount in statement.amounts)
    )


def site_conflicts(pages: Sequence[PageMeasures]) -> tuple[tuple[int, Conflict], ...]:
    """Amounts of the same thing that differ between pages, each with the index of the page that stands against others.

    Only company statements whose subject and unit are the same are compared. The place that fewer pages bear out is
    the one that is reported; with equal numbers, the later page.
    """
    places = [(number, item) for number, page in enumerate(pages) for item in page.statements]
    found: list[tuple[int, Conflict]] = []
    seen: set[tuple[int, int, int]] = set()
    for left, right in _alike([item.statement for _, item in places]):
        (one, first), (two, second) = places[left], places[right]
        if one == two or (pair := _differing(first.statement, second.statement)) is None:
            continue
        own, other = pair
        if (place := (two, second.block, second.start + other.start)) in seen:
            continue
        seen.add(place)
        quote = first.statement.text[own.start : own.end]
        evidence = Evidence(first.block, first.start + own.start, first.start + own.end, quote)
        found.append((two, _between(second, other, pages[one].document.key, evidence)))
    return tuple(found)


def _alike(statements: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Pairs of statements of one subject, the earlier one first."""
    if not statements:
        return
    vectors = np.stack([statement.vector for statement in statements])
    for first in range(0, len(statements), _ROWS):
        near = vectors[first : first + _ROWS] @ vectors.T >= _SAME_SUBJECT
        for left, right in zip(*np.nonzero(near), strict=True):
            if first + left < right:
                yield first + int(left), int(right)


def _differing(left: Statement, right: Statement) -> tuple[Quantity, Quantity] | None:
    for own in left.amounts:
        rivals = [other for other in right.amounts if comparable(own, other)]
        if own.kind != "count" or not rivals or any(agree(own, other) for other in rivals):
            continue
        if own.per == rivals[0].per and covered(_subject(left, own), set(right.keys)) >= 0.6:
            return own, rivals[0]
    return None


def _between(item: SiteStatement, amount: Quantity, page: str, other: Evidence) -> Conflict:
    start, end = item.start + amount.start, item.start + amount.end
    quote = item.statement.text[amount.start : amount.end]
    return Conflict(item.block, start, end, quote, "page", 0.7, "", other.quote, page, other)
