"""Years and versions that differ from an agreed fact: when the company began, and which version of a named thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.measure.statements import against_fact
from msgcheck.measure.values import Conflict, SentenceMeasure

#: By judgement, for the reading is of set phrases; too little for customer stories, whose years are the customer's.
_LIKELY = 0.75
#: 'Since' alone may date anything: a certificate, a feature.
_BEGUN = re.compile(
    r"\b(?:(?:founded|established|incorporated)(?:\s\w+){0,2}?(?:\s(?:in|since))?|est\.|"
    r"(?:in business|trading|family[- ]owned|trusted(?:\s\w+){0,2}|serving(?:\s\w+){1,3}) since)"
    r"\s(?P<year>(?:18|19|20)\d\d)\b",
    re.IGNORECASE,
)
#: 'TLS 1.3', 'PostgreSQL version 14', 'Python v3.11': a name, and a number that has a point or is called a version.
_VERSION = re.compile(
    r"\b(?P<name>[A-Z][A-Za-z+#]+)\s(?:(?:version\s|v\.?\s?)(?P<called>\d+(?:\.\d+)*)|(?P<dotted>\d+\.\d+(?:\.\d+)*))"
    r"(?![\d%]|\.\d|\s?(?:million|billion|%|percent|stars?|seconds?|times))",
)
#: 'From 2.1 on' also holds for later ones: what is open is not compared.
_OPEN = re.compile(
    r"\b(?:or (?:newer|later|higher|above|up)|and (?:newer|later|higher|above|up)|from|onwards?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What is dated or numbered ('began', or a name in small letters), and where in the text its figure stands."""

    what: str
    figure: str
    start: int
    end: int


def date_conflicts(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """The company's own years of beginning, and versions of named things, that are none of those that the fact has."""
    agreed: dict[str, set[str]] = {}
    for own in _stated(text):
        agreed.setdefault(own.what, set()).add(own.figure)
    for item in sentences if agreed else ():
        if not item.company_voice or item.role == "cta":
            continue
        said = list(_stated(item.text))
        borne_out = {other.what for other in said if other.figure in agreed.get(other.what, ())}
        for other in said:
            if other.what in agreed and other.what not in borne_out:
                yield against_fact(item, other.start, other.end, fact, text, _LIKELY)


def _stated(text: str) -> Iterator[_Stated]:
    for found in _BEGUN.finditer(text):
        yield _Stated("began", found["year"], found.start(), found.end())
    if not _OPEN.search(text):
        for found in _VERSION.finditer(text):
            yield _Stated(found["name"].lower(), found["called"] or found["dotted"], found.start(), found.end())
