"""Finds words of a page that cannot be true together with an agreed fact, or with another page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from msgcheck.language.values import Vector
from msgcheck.measure.lexical import content, covered, rarity
from msgcheck.measure.quantities import Quantity, agree, comparable, quantities
from msgcheck.measure.values import AnnotatedPositioning, Conflict, PageMeasures, SentenceMeasure
from msgcheck.model import Evidence

_SAME_UNIT = 0.38
_SAME_KIND = 0.53
_CLOSE = 0.62
_SUPPORT = 0.30
_SAME_SUBJECT = 0.72
#: A sentence of at most so many words is read together with its neighbours.
_SHORT = 6
#: A yes and a no speak of the same matter when the affirming clause holds this share of what the other denies, and
#: sentence and fact are together this near (closeness, and half the share).
_SAME_MATTER = 0.5
_SAME_CLAIM = 0.8
#: Of one or two words nearly all must be there.
_FEW_WORDS = 0.8
#: So many words after a 'no' are what it denies.
_REACH = 5

_CLAUSE = re.compile(
    r"[;.!?]\s+|,\s+(?:and|but|so|while|which)?\s*|\s+(?:but|while|whereas)\s+|\s+and\s+(?=(?:no|not|"
    r"cannot|there|it|a)\b)|\s+(?:that|which|who)\s+|\s[–—-]\s|:\s+"
)
_NEGATION = re.compile(
    r"\b(?:no(?! other)|not|never|none|neither|nor|without|cannot|can't|don't|doesn't|do not|isn't|"
    r"aren't|won't|instead of|rather than|lacks?|excludes?|excluding)\b"
    r"|\bnot\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
#: What holds only in some cases neither denies nor affirms at large.
_CONDITION = re.compile(r"(?:with|if|when|unless|once|until|for|on)\b", re.IGNORECASE)
_BOTH_WAYS = re.compile(
    r"\b(?:with (?:or|and) without|without it|not only|not just|no longer|no more than|no less|"
    r"whether or not|no matter|if not|nothing)\b",
    re.IGNORECASE,
)
#: Words that only carry the yes or no.
_AUXILIARY = frozenset(
    content(
        "ask asked asks require required requires requirement offer offered offers available include "
        "included includes exist exists "
        "support supported supports provide provided have sign-up signup far still today currently "
        "first day it there customer"
    )
)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Statement:
    """A text whose amounts are compared: a fact, or a sentence with its neighbours in mind."""

    text: str
    vector: Vector
    keys: frozenset[str]
    amounts: tuple[Quantity, ...]


def measure_conflicts(sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning) -> tuple[Conflict, ...]:
    """The places of a page that contradict an agreed fact, in page order, one a place."""
    statements = _page_statements(sentences)
    found: list[Conflict] = []
    for row, fact in enumerate(positioning.positioning.facts):
        wanted = _statement(fact.text, positioning.fact_vectors[row])
        near = _relatedness(wanted.vector, sentences)
        found += _amount_conflicts(fact.id, wanted, sentences, statements, near)
        found += _polarity_conflicts(fact.id, wanted, sentences, statements, near)
    return _one_a_place(found)


def _statement(text: str, vector: Vector) -> _Statement:
    return _Statement(text, vector, frozenset(content(text)), quantities(text))


def _page_statements(sentences: Sequence[SentenceMeasure]) -> list[_Statement]:
    """The sentences, short ones with the words of their neighbours in the same section as part of their subject."""
    plain = [_statement(item.text, item.sentence.vector) for item in sentences]
    return [
        _Statement(own.text, own.vector, own.keys | _neighbour_keys(index, sentences, plain), own.amounts)
        for index, own in enumerate(plain)
    ]


def _neighbour_keys(index: int, sentences: Sequence[SentenceMeasure], plain: Sequence[_Statement]) -> frozenset[str]:
    if len(sentences[index].text.split()) > _SHORT:
        return frozenset()
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(plain)]
    return frozenset().union(*(plain[at].keys for at in beside if sentences[at].section == sentences[index].section))


def _relatedness(wanted: Vector, sentences: Sequence[SentenceMeasure]) -> list[float]:
    """Cosine of each sentence, or of it together with a neighbour of the same section, with the wanted meaning."""
    alone = [float(item.sentence.vector @ wanted) for item in sentences]
    out = list(alone)
    for index, item in enumerate(sentences):
        if len(item.text.split()) > _SHORT:
            continue
        for other in (index - 1, index + 1):
            if 0 <= other < len(sentences) and sentences[other].section == item.section:
                both = item.sentence.vector + sentences[other].sentence.vector
                norm = float((both @ both) ** 0.5) or 1.0
                out[index] = max(out[index], float(both @ wanted) / norm)
    return out


def _amount_conflicts(
    fact: str,
    wanted: _Statement,
    sentences: Sequence[SentenceMeasure],
    statements: Sequence[_Statement],
    near: Sequence[float],
) -> Iterator[Conflict]:
    backed = [
        {index for index, other in enumerate(statements) if near[index] >= _SUPPORT and _bears_out(amount, other)}
        for amount in wanted.amounts
    ]
    for index, (item, statement) in enumerate(zip(sentences, statements, strict=True)):
        if not item.company_voice or not _asserts(item):
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
                yield _conflict(item, amount.start, amount.end, fact, wanted.text, strength)


def _another_case(wanted: _Statement, statement: _Statement) -> bool:
    """Whether a sentence differs in amounts of two kinds: it speaks of another case ('two sites in four weeks')."""
    kinds = {
        own.kind
        for own in wanted.amounts
        for other in statement.amounts
        if comparable(own, other) and not agree(own, other)
    }
    return len(kinds) > 1 and not any(_bears_out(own, statement) for own in wanted.amounts)


def _bears_out(amount: Quantity, statement: _Statement) -> bool:
    """Whether the amount is said; 'thousands' does not say 3,000."""
    return any(
        comparable(amount, other) and agree(amount, other) and (other.high <= 3 * other.low or amount.high > amount.low)
        for other in statement.amounts
    )


def _strength(wanted: _Statement, own: Quantity, statement: _Statement, amount: Quantity, near: float) -> float:
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
    several = len(set(_subject(wanted, own)) & statement.keys) > 1
    alike = (near >= _SAME_KIND and near + shared / 2 >= 0.68) or (
        several and near >= 0.45 and near + shared / 2 >= 0.8
    )
    return 0.5 + near / 2 if alike else 0.0


def _subject(statement: _Statement, amount: Quantity) -> list[str]:
    """The words that say what an amount is about: those of its clause, without the amount."""
    start = max((cut.end() for cut in _CLAUSE.finditer(statement.text) if cut.end() <= amount.start), default=0)
    end = min((cut.start() for cut in _CLAUSE.finditer(statement.text) if cut.start() >= amount.end), default=None)
    rest = statement.text[start : amount.start] + " " + statement.text[amount.end : end]
    return [key for key in content(rest) if rarity(key) > 0.2] or content(rest) or content(statement.text)


def _polarity_conflicts(
    fact: str,
    wanted: _Statement,
    sentences: Sequence[SentenceMeasure],
    statements: Sequence[_Statement],
    near: Sequence[float],
) -> Iterator[Conflict]:
    for own in _clauses(wanted.text):
        against: list[tuple[int, _Clause]] = []
        agreed = False
        for index, statement in enumerate(statements):
            if near[index] < _SUPPORT or not _asserts(sentences[index]):
                continue
            for other in _clauses(statement.text):
                share = _same_matter(own, other)
                if share < _SAME_MATTER or near[index] + share / 2 < _SAME_CLAIM:
                    continue
                agreed |= other.denied == own.denied
                if other.denied != own.denied and sentences[index].company_voice:
                    against.append((index, other))
        if not agreed:
            for index, other in against:
                start = sentences[index].text.find(other.text)
                yield _conflict(
                    sentences[index], start, start + len(other.text), fact, wanted.text, 0.5 + near[index] / 2
                )


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, whether it denies, and the stems of what it denies or affirms."""

    text: str
    denied: bool
    matter: frozenset[str]


def _clauses(text: str) -> Iterator[_Clause]:
    unconditional = " ".join(part for part in _SENTENCE.split(text) if not _CONDITION.match(part))
    for part in _CLAUSE.split(unconditional):
        clause = (part or "").strip()
        cues = list(_NEGATION.finditer(clause))
        if not clause or len(cues) > 1 or _BOTH_WAYS.search(clause) or any(letter.isdigit() for letter in clause[:4]):
            continue
        matter = _denied_matter(clause, cues[0]) if cues else frozenset(content(clause)) - _AUXILIARY
        if matter:
            yield _Clause(clause, bool(cues), matter)


def _denied_matter(clause: str, cue: re.Match[str]) -> frozenset[str]:
    """What a 'no' or 'not' is about: the words after it, with the verb before it; in the passive the words before."""
    after = [key for key in content(clause[cue.end() :]) if key not in _AUXILIARY][:_REACH]
    before = [key for key in content(clause[: cue.start()]) if key not in _AUXILIARY]
    return frozenset((*before[-1:], *after)) if after else frozenset(before[-_REACH:])


def _same_matter(own: _Clause, other: _Clause) -> float:
    """The share of what one clause denies that the other speaks of."""
    if own.denied == other.denied:
        return covered(own.matter, set(other.matter))
    denied, affirmed = (own, other) if own.denied else (other, own)
    if len(denied.matter) < 2 or max(map(rarity, denied.matter)) < 0.3:
        return 0.0
    share = covered(denied.matter, set(affirmed.matter))
    return share if share >= _FEW_WORDS or len(denied.matter) > 2 else 0.0


def _asserts(item: SentenceMeasure) -> bool:
    return item.role != "cta" and not item.text.rstrip().endswith("?")


def _conflict(item: SentenceMeasure, start: int, end: int, fact: str, text: str, confidence: float) -> Conflict:
    return Conflict(
        block=item.block,
        start=item.start + start,
        end=item.start + end,
        quote=item.text[start:end],
        reason="fact",
        confidence=min(0.95, confidence),
        fact=fact,
        other_quote=text,
    )


def _one_a_place(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    kept: list[Conflict] = []
    for conflict in sorted(found, key=lambda item: (item.block, -item.confidence, item.start, item.fact)):
        if all(
            conflict.block != other.block or conflict.end <= other.start or conflict.start >= other.end
            for other in kept
        ):
            kept.append(conflict)
    return tuple(sorted(kept, key=lambda item: (item.block, item.start)))


def site_conflicts(pages: Sequence[PageMeasures]) -> tuple[tuple[int, Conflict], ...]:
    """Amounts of the same thing that differ between pages, each with the index of the page that stands against others.

    Only company statements whose subject and unit are the same are compared. The place that fewer pages bear out is
    the one that is reported; with equal numbers, the later page.
    """
    places = [
        (number, item, statement)
        for number, page in enumerate(pages)
        for item, statement in zip(page.sentences, _page_statements(page.sentences), strict=True)
        if statement.amounts and item.company_voice and item.claim >= 0.3
    ]
    found: list[tuple[int, Conflict]] = []
    seen: set[tuple[int, int, int]] = set()
    for (one, first, left), (two, second, right) in combinations(places, 2):
        if one == two or float(left.vector @ right.vector) < _SAME_SUBJECT:
            continue
        pair = _differing(left, right)
        if pair is None or (place := (two, second.block, second.start + pair[1].start)) in seen:
            continue
        seen.add(place)
        other = Evidence(
            first.block, first.start + pair[0].start, first.start + pair[0].end, left.text[pair[0].start : pair[0].end]
        )
        found.append((two, _between(second, pair[1], pages[one].document.key, other)))
    return tuple(found)


def _differing(left: _Statement, right: _Statement) -> tuple[Quantity, Quantity] | None:
    for own in left.amounts:
        rivals = [other for other in right.amounts if comparable(own, other)]
        if own.kind != "count" or not rivals or any(agree(own, other) for other in rivals):
            continue
        if own.per == rivals[0].per and covered(_subject(left, own), set(right.keys)) >= 0.6:
            return own, rivals[0]
    return None


def _between(item: SentenceMeasure, amount: Quantity, page: str, other: Evidence) -> Conflict:
    start, end = item.start + amount.start, item.start + amount.end
    quote = item.text[amount.start : amount.end]
    return Conflict(item.block, start, end, quote, "page", 0.7, "", other.quote, page, other)
