"""Words of a page's opening that tell a first-time reader something without any model: whom it is for, what it costs,
what is gained, and how much of it is abstract or for engineers only."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

#: So many words a reader takes in at a glance: the title, the headline and the line under it.
GLANCE = 30
_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?")
_PRICE = re.compile(r"[$€£]\s?\d|\bfree\b", re.IGNORECASE)
#: After these words a role is somebody's own or a number of customers, not the reader who is meant.
_NOT_MEANT = re.compile(r"\b(?:your|our|their|\d[\d,.+]*|million|thousands of)\s+$", re.IGNORECASE)
_ANYONE = re.compile(
    r"\b(?:business(?:es)? like yours|any (?:business|team|company)|(?:every|all) (?:business|team|company|org)\w*|"
    r"everyone)\b",
    re.IGNORECASE,
)


def audience_spans(text: str) -> list[tuple[int, int]]:
    """Places that name a kind of reader: a role, an industry, or a qualified organisation ('small teams')."""
    return sorted({*_roles(text), *(match.span() for match in _pattern("industries").finditer(text))})


def meant_spans(text: str) -> list[tuple[int, int]]:
    """Places that say outright whom it is for ('for growing dental clinics'), without the word 'for'."""
    return [match.span("who") for match in _meant().finditer(text)]


def benefit_spans(text: str) -> list[tuple[int, int]]:
    """Places that speak of a result for the reader ('save', 'no more', 'in minutes')."""
    return [match.span() for match in _pattern("benefits").finditer(text)]


def opening_cues(text: str) -> list[float]:
    """The cues of an opening as numbers of about 0 to 1, in a fixed order."""
    lower = [word.lower() for word in _WORD.findall(text)]
    ten = 10 / max(1, len(lower))
    glance = len(" ".join(text.split()[:GLANCE]))
    roles = _roles(text)
    industries = [match.start() for match in _pattern("industries").finditer(text)]
    meant = meant_spans(text)
    return [
        sum(word in _words("abstract") for word in lower) * ten,
        sum(word in _words("technical") for word in lower) * ten,
        sum(word in ("ai", "agentic") for word in lower) * ten,
        min(5, len(benefit_spans(text))) / 5,
        float(_PRICE.search(text) is not None),
        min(2, sum(start < glance for start, _ in roles)) / 2,
        min(3, len(roles)) / 3,
        min(2, sum(start < glance for start in industries)) / 2,
        min(3, len(industries)) / 3,
        float(any(start < glance for start, _ in meant)),
        min(3, len(meant)) / 3,
        float(bool(roles or industries or meant)),
        float(_ANYONE.search(text) is not None),
    ]


def _roles(text: str) -> list[tuple[int, int]]:
    found = [*_pattern("roles").finditer(text), *_qualified().finditer(text)]
    return [match.span() for match in found if not _NOT_MEANT.search(text[max(0, match.start() - 14) : match.start()])]


@cache
def _lists() -> dict[str, list[str]]:
    """Every list by its name; an entry is a small pattern ('small business(?:es)?')."""
    cues: dict[str, list[str]] = tomllib.loads((_DATA / "cues.toml").read_text(encoding="utf-8"))
    trades = tomllib.loads((_DATA / "audiences.toml").read_text(encoding="utf-8"))["industries"].values()
    return cues | {"industries": sorted({re.escape(word) for trade in trades for word in trade["words"]})}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


def _any(name: str) -> str:
    return "|".join(sorted(_lists()[name], key=len, reverse=True))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any(name)})(?![\w-])", re.IGNORECASE)


@cache
def _qualified() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{_any('qualifiers')})(?:,? (?:and |& )?[\w-]+)? (?:{_any('organisations')})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _meant() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:for|helps?|helping|enables?|lets?|gives?|trusted by|serving|serves)\s+"
        r"(?P<who>(?!you\b|your\b|free\b|it\b|this\b|that\b|our\b)(?:[\w'’&-]+[ ,]+){0,5}?"
        rf"(?:{_any('roles')}|{_any('organisations')}))(?![\w-])",
        re.IGNORECASE,
    )
