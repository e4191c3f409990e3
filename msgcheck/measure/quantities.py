"""Reads amounts in copy: prices, counts, durations, percentages and frequencies, each with its unit, normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Literal

from msgcheck.measure.lexical import is_stop, stem, words

QuantityKind = Literal["money", "percent", "duration", "count", "frequency", "billing"]

_NUMERALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_SMALL = {word: float(value) for value, word in enumerate(_NUMERALS.split())} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "dozen": 12.0,
    "hundred": 100.0,
}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_SECONDS = {
    "ms": 0.001, "millisecond": 0.001, "s": 1.0, "sec": 1.0, "second": 1.0, "m": 60.0, "min": 60.0, "minute": 60.0,
    "h": 3600.0, "hr": 3600.0, "hour": 3600.0, "day": 86400.0, "business day": 86400.0, "working day": 86400.0,
    "wk": 604800.0, "week": 604800.0, "mo": 2629800.0, "month": 2629800.0, "quarter": 7889400.0, "yr": 31557600.0,
    "year": 31557600.0,
}  # fmt: skip
_PER_YEAR = {
    "hourly": 8766.0, "daily": 365.25, "weekly": 52.18, "monthly": 12.0, "quarterly": 4.0, "yearly": 1.0, "annual": 1.0,
    "annually": 1.0, "hour": 8766.0, "day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0, "year": 1.0,
}  # fmt: skip
_CURRENCY = {
    "$": "usd",
    "us$": "usd",
    "usd": "usd",
    "dollar": "usd",
    "€": "eur",
    "eur": "eur",
    "euro": "eur",
    "£": "gbp",
    "gbp": "gbp",
    "pound": "gbp",
}

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER_WORD = "|".join(sorted((*_SMALL,), key=len, reverse=True))
_TIME = (
    r"milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|(?:business|working) days?|days?|"
    r"weeks?|wks?|months?|quarters?|years?|yrs?"
)
_PERIOD = (
    r"(?:\s*(?:/|per|a|an|each|every)\s*(?P<per>month|mo|year|yr|day|week|wk|hour|hr|user|seat|agent|"
    r"employee|location|member)s?\b)?"
)
_MONEY = re.compile(
    rf"(?P<symbol>US\$|[$€£])\s?(?P<n1>{_NUMBER})\s?(?P<s1>k|m|bn|b|thousand|million|billion)?\b(?:[\d.]*)"
    rf"|(?P<n2>{_NUMBER})\s?(?P<s2>k|thousand|million|billion)?\s?(?:US\s)?(?P<code>dollars?|euros?|"
    rf"pounds?|USD|EUR|GBP)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:free(?:\s+of\s+charge)?|at no (?:extra |additional )?cost|costs nothing)\b", re.IGNORECASE)
_PERCENT = re.compile(rf"(?P<n>{_NUMBER})(?:\s?(?:-|–|to)\s?(?P<n2>{_NUMBER}))?\s?(?:%|per ?cent\b)", re.IGNORECASE)
_WHOLES = {"10": 10, "ten": 10, "100": 100, "a hundred": 100}
#: '87 of 100 checks', 'nine out of ten'.
_SHARE = re.compile(
    rf"(?<![\w$€£.])(?:(?P<n>{_NUMBER})|(?P<w>{_NUMBER_WORD}))\s(?:out\s)?of\s(?:every\s)?"
    r"(?P<whole>100|a hundred|10|ten)\b(?![,.]\d)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?<![\w$€£.])(?:(?P<n>{_NUMBER})|(?P<w>{_NUMBER_WORD}|half an?))(?:\s?(?:-|–|"
    rf"to)\s?(?P<n2>{_NUMBER}|{_NUMBER_WORD}))?"
    rf"\+?[\s-]?(?P<unit>{_TIME})\b(?!\s*(?:old|ago))",
    re.IGNORECASE,
)
_WITHIN_A_DAY = re.compile(r"\b(?:by tomorrow|(?:the )?same[ -]day)\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?<![\w$€£.,/#-])(?:(?P<n>{_NUMBER})\s?(?P<s>k|m|bn|thousand|million|billion)?|(?P<w>{_NUMBER_WORD})"
    r"|(?P<many>hundreds of thousands|tens of thousands|tens of millions|hundreds of millions|"
    r"hundreds|thousands|millions|unlimited|(?:any|every)(?=\slanguages?\b))(?:\s+of)?)"
    r"(?P<plus>\+)?(?![\d%:/])[\s-]+(?P<unit>[A-Za-z][\w'’-]*(?:\s+[A-Za-z][\w'’-]*){0,2})",
    re.IGNORECASE,
)
_MANY = {
    "tens of thousands": (1e4, 1e5), "hundreds of thousands": (1e5, 1e6), "tens of millions": (1e7, 1e8),
    "hundreds of millions": (1e8, 1e9), "hundreds": (1e2, 1e3), "thousands": (1e3, 1e6), "millions": (1e6, 1e9),
    "unlimited": (inf, inf), "any": (inf, inf), "every": (inf, inf),
}  # fmt: skip
_EACH = re.compile(
    r"\b(?P<adjective>hourly|daily|weekly|monthly|quarterly|yearly|annual)\s+(?P<noun1>[a-z][\w-]+)"
    r"|\b(?P<noun2>[a-z][\w-]+)\s+(?:each|every|once an?|once per)\s+(?P<period>hour|day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
_BILLED = re.compile(
    r"\b(?:bill\w*|charg\w+|pay\w*|pric\w+|metered)\b[^.;]{0,30}?\b(?:by|"
    r"per) the (?P<unit>millisecond|second|minute|hour|day|month|year|\w+)\b"
    r"|\bper-(?P<unit2>millisecond|second|minute|hour|day)\s+(?:billing|pricing)",
    re.IGNORECASE,
)
_MAX = re.compile(
    r"(?:up to|at most|max(?:imum)?(?: of)?|limited to|no more than|under|less than|fewer than|within|"
    r"below)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_MIN = re.compile(
    r"(?:over|more than|at least|from|minimum(?: of)?|starts? (?:at|from)|starting (?:at|from)|above)\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:about|around|approximately|roughly|some|nearly|almost|~|≈)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount at `start`..`end` of a text.

    `low` and `high` are in the kind's base unit: money in its currency, duration in seconds, frequency in times a
    year, percent in points, count in pieces (infinite for 'unlimited'). `unit` holds the stems that say of what;
    `per` is the period or head that a price or count goes by.
    """

    kind: QuantityKind
    low: float
    high: float
    unit: tuple[str, ...]
    start: int
    end: int
    per: str = ""
    bound: Literal["", "max", "min", "about"] = ""


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All amounts of a text, in order, none overlapping another."""
    taken: list[Quantity] = []
    for reader in (_money, _percents, _shares, _billing, _frequencies, _durations, _stated, _counts, _free):
        for found in reader(text):
            if all(found.end <= other.start or found.start >= other.end for other in taken):
                taken.append(found)
    return tuple(sorted(taken, key=lambda item: (item.start, item.end)))


def agree(first: Quantity, second: Quantity) -> bool:
    """Whether two amounts of the same thing can both be true; of 100, 87 that do and 13 that do not are the same."""
    if first.kind == second.kind == "percent" and first.low + second.low == 100:
        return True
    if first.bound == "about" or second.bound == "about":
        tolerance = 0.1
    else:
        tolerance = 0.05 if first.kind == "duration" else 0.005
    if _inside(first, second) or _inside(second, first):
        return True
    return first.low <= second.high * (1 + tolerance) and second.low <= first.high * (1 + tolerance)


def _inside(bounded: Quantity, value: Quantity) -> bool:
    """Whether a value lies within a limit that is stated so that both can be true."""
    if bounded.bound == "max" and bounded.kind == "duration":
        return value.high <= bounded.high * 1.05
    if bounded.bound == "min" and bounded.kind in ("duration", "count") and value.bound != "max":
        return bounded.low <= value.low <= bounded.low * 1.25
    return False


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two amounts measure the same sort of thing (kind, unit, and what they go by)."""
    if first.kind != second.kind:
        return False
    if first.kind == "money":
        zero = first.high == 0 or second.high == 0
        return zero or (first.unit == second.unit and _same_period(first.per, second.per))
    if first.kind in ("count", "frequency"):
        return (
            bool(first.unit and second.unit)
            and _same_unit(first.unit, second.unit)
            and _same_period(first.per, second.per)
        )
    return True


def _same_unit(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return (
        first[-1] == second[-1]
        or (first[-1] in second[:2] and first == second[: len(first)])
        or second == first[: len(second)]
    )


def _same_period(first: str, second: str) -> bool:
    return not first or not second or first == second


def _value(number: str | None, word: str | None, scale: str | None = None) -> float:
    base = (
        float(number.replace(",", ""))
        if number
        else 0.5
        if (word or "").startswith("half")
        else _SMALL[(word or "").lower()]
    )
    return base * _SCALE.get((scale or "").lower(), 1.0)


def _bound(text: str, start: int) -> Literal["", "max", "min", "about"]:
    before = text[max(0, start - 24) : start]
    if re.search(r"\bfrom\s*$", before, re.IGNORECASE) and re.match(r"\S+\s?\w*\s+to\s", text[start:]):
        return ""
    if _MAX.search(before):
        return "max"
    if _MIN.search(before):
        return "min"
    return "about" if _ABOUT.search(before) else ""


def _period(text: str, end: int) -> tuple[str, int]:
    found = re.compile(_PERIOD, re.IGNORECASE).match(text, end)
    if found is None or not found["per"]:
        return "", end
    per = found["per"].lower()
    return {"mo": "month", "yr": "year", "wk": "week", "hr": "hour"}.get(per, per), found.end()


def _money(text: str) -> Iterator[Quantity]:
    for found in _MONEY.finditer(text):
        value = _value(found["n1"] or found["n2"], None, found["s1"] or found["s2"])
        currency = _CURRENCY[(found["symbol"] or found["code"].rstrip("s")).lower()]
        per, end = _period(text, found.start() + len(found.group().rstrip()))
        yield Quantity("money", value, value, (currency,), found.start(), end, per, _bound(text, found.start()))


def _free(text: str) -> Iterator[Quantity]:
    for found in _FREE.finditer(text):
        if not re.search(r"(?:no|not|never|isn't|feel|-)\s*$", text[: found.start()], re.IGNORECASE):
            yield Quantity("money", 0.0, 0.0, ("free",), found.start(), found.end())


def _percents(text: str) -> Iterator[Quantity]:
    for found in _PERCENT.finditer(text):
        low = _value(found["n"], None)
        high = _value(found["n2"], None) if found["n2"] else low
        yield Quantity("percent", low, high, ("%",), found.start(), found.end(), "", _bound(text, found.start()))


def _shares(text: str) -> Iterator[Quantity]:
    for found in _SHARE.finditer(text):
        value = 100 * _value(found["n"], found["w"]) / float(_WHOLES[found["whole"].lower()])
        yield Quantity("percent", value, value, ("%",), found.start(), found.end(), "", _bound(text, found.start()))


def _durations(text: str) -> Iterator[Quantity]:
    for found in _DURATION.finditer(text):
        unit = found["unit"].lower()
        scale = _SECONDS.get(unit) or _SECONDS.get(unit.rstrip("s"))
        if scale is None or (unit in ("m", "s", "h") and found["w"]):
            continue
        low = _value(found["n"], found["w"]) * scale
        second = found["n2"]
        high = (
            low
            if not second
            else (_SMALL[second.lower()] if second.lower() in _SMALL else _value(second, None)) * scale
        )
        per, end = _period(text, found.end())
        yield Quantity("duration", low, max(low, high), ("s",), found.start(), end, per, _bound(text, found.start()))
    for found in _WITHIN_A_DAY.finditer(text):
        yield Quantity("duration", 0.0, _SECONDS["day"], ("s",), found.start(), found.end(), "", "max")


def _counts(text: str) -> Iterator[Quantity]:
    for found in _COUNT.finditer(text):
        unit, unit_end = _unit(found["unit"], found.start("unit"))
        if not unit or (found["w"] or "").lower() == "one" or (found["n"] and _is_label(found)):
            continue
        if found["many"]:
            low, high = _MANY[found["many"].lower()]
        else:
            low = high = _value(found["n"], found["w"], found["s"])
        bound = "min" if found["plus"] else _bound(text, found.start())
        per, end = _period(text, unit_end)
        yield Quantity("count", low, high, unit, found.start(), end, per, bound)


def _stated(text: str) -> Iterator[Quantity]:
    for found in _STATED.finditer(text):
        unit, _ = _unit(found["unit1"] or found["unit2"] or found["unit3"], 0)
        value = inf if found["no"] else 1.0 if found["one"] else _value(found["n1"] or found["n2"], None)
        if unit:
            yield Quantity("count", value, value, unit, found.start(), found.end(), "", "" if found["no"] else "max")


def _is_label(found: re.Match[str]) -> bool:
    """Years, versions and step numbers are names, not amounts."""
    digits = found["n"]
    return re.fullmatch(r"(?:19|20)\d\d", digits) is not None and not found["s"]


def _unit(text: str, offset: int) -> tuple[tuple[str, ...], int]:
    stems: list[str] = []
    end = offset
    for word in re.finditer(r"[\w'’-]+", text):
        if is_stop(word.group()) or word.group().lower() in _NOT_UNITS:
            break
        stems += [stem(part) for part in words(word.group())]
        end = offset + word.end()
    return tuple(stems), end


#: 'The number of boards is unlimited', 'Boards are limited to 20', 'only one company file'.
_STATED = re.compile(
    rf"\bnumber of (?P<unit1>[a-z][\w-]*(?:\s[a-z][\w-]*)?) (?:is|are) (?:(?P<no>unlimited)|"
    rf"(?:limited to )?(?P<n1>{_NUMBER}))"
    rf"|\b(?P<unit2>[a-z][\w-]*) (?:is|are) limited to (?P<n2>{_NUMBER})\b"
    r"|\b(?:only|just) (?P<one>one|a single) (?P<unit3>[a-z][\w-]*(?:\s[a-z][\w-]*)?)",
    re.IGNORECASE,
)
_NO_UNIT_WORDS = (
    "times x percent or and per with today now available free included is are will can that have has offered out "
    "ready step"
)
_NOT_UNITS = frozenset(_NO_UNIT_WORDS.split())


def _frequencies(text: str) -> Iterator[Quantity]:
    for found in _EACH.finditer(text):
        times = _PER_YEAR[(found["adjective"] or found["period"]).lower()]
        noun = (found["noun1"] or found["noun2"]).lower()
        if is_stop(noun) or noun in _PRICE_WORDS:
            continue
        yield Quantity("frequency", times, times, (stem(noun),), found.start(), found.end())


_PRICE_NOUNS = (
    "fee fees price pricing plan plans subscription billing payment payments cost costs basis active visitors users"
)
_PRICE_WORDS = frozenset(_PRICE_NOUNS.split())


def _billing(text: str) -> Iterator[Quantity]:
    for found in _BILLED.finditer(text):
        unit = (found["unit"] or found["unit2"]).lower()
        if unit in _SECONDS:
            yield Quantity("billing", _SECONDS[unit], _SECONDS[unit], (unit,), found.start(), found.end())
