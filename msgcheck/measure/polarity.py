"""Yes against no: a page affirms what an agreed fact denies, or denies what it affirms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.measure.lexical import content, covered, rarity
from msgcheck.measure.statements import CLAUSE, SUPPORT, against_fact, asserts
from msgcheck.measure.values import Conflict, SentenceMeasure, Statement

#: A yes and a no speak of the same matter when the affirming clause holds this share of what the other denies, and
#: sentence and fact are together this near (closeness, and half the share).
_SAME_MATTER = 0.5
_SAME_CLAIM = 0.8
#: Of one or two words nearly all must be there.
_FEW_WORDS = 0.8
#: So many words after a 'no' are what it denies.
_REACH = 5

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


def polarity_conflicts(
    fact: str,
    wanted: Statement,
    sentences: Sequence[SentenceMeasure],
    statements: Sequence[Statement],
    near: Sequence[float],
) -> Iterator[Conflict]:
    for own in _clauses(wanted.text):
        against: list[tuple[int, _Clause]] = []
        agreed = False
        for index, statement in enumerate(statements):
            if near[index] < SUPPORT or not asserts(sentences[index]):
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
                yield against_fact(
                    sentences[index], start, start + len(other.text), fact, wanted.text, 0.5 + near[index] / 2
                )


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, whether it denies, and the stems of what it denies or affirms."""

    text: str
    denied: bool
    matter: frozenset[str]


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[_Clause, ...]:
    return tuple(_split(text))


def _split(text: str) -> Iterator[_Clause]:
    unconditional = " ".join(part for part in _SENTENCE.split(text) if not _CONDITION.match(part))
    for part in CLAUSE.split(unconditional):
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
