"""Words as comparable keys: content words, light stems, rarity. No model is needed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Set
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")

_STOP_WORDS = (
    "a about above after again all also am an and any are as at be because been before being below between both "
    "but by can could did do does doing down during each every few for from further get gets got had has have "
    "having he her here hers him his how i if in into is it its itself just let lets like made make makes many "
    "may me might more most much must my need needs new no nor not now of off on once one only or other our ours "
    "out over own per same she should so some still such than that the their theirs them then there these they "
    "this those through to too under until up upon us use used uses using very via want was we were what when "
    "where whether which while who whom whose why will with within without would yet you your yours it's don't "
    "doesn't can't you're we're that's they're isn't cannot won't you'll we'll whatever already even ever well"
)
_STOP = frozenset(_STOP_WORDS.split())
_IRREGULAR = {
    "paid": "pay", "bought": "buy", "sold": "sell", "built": "build", "sent": "send", "kept": "keep", "ran": "run",
    "written": "write", "wrote": "write", "chosen": "choose", "seen": "see", "shown": "show", "people": "person",
    "men": "man", "women": "woman", "children": "child", "lost": "lose", "found": "find", "held": "hold",
    "analyses": "analysi", "analytics": "analy", "analysis": "analy", "analyst": "analy", "analyze": "analy",
    "analyse": "analy",
    "data": "data", "centre": "center", "centres": "center", "licence": "license", "organisation": "organization",
    "organisations": "organization", "behaviour": "behavior", "labour": "labor", "colour": "color",
    "cancelled": "cancel",
}  # fmt: skip
_SUFFIXES = (
    ("izations", "ize"), ("ization", "ize"), ("isations", "ize"), ("isation", "ize"), ("ised", "ize"), ("ising", "ize"),
    ("ise", "ize"), ("fulness", "ful"), ("ments", "ment"), ("ations", "at"), ("ation", "at"), ("ators", "at"),
    ("ator", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"), ("ate", "at"), ("ions", ""), ("ion", ""),
    ("ies", "y"), ("ied", "y"), ("ingly", ""), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ers", ""),
    ("er", ""),
    ("ors", ""), ("or", ""), ("sses", "ss"), ("es", ""), ("s", ""), ("ly", ""), ("e", ""),
)  # fmt: skip


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(words.split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A crude stem that brings the forms of an English word together ('invoices', 'invoicing' -> 'invoic')."""
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) <= 3 or not low.isalpha():
        return low
    for suffix, replacement in _SUFFIXES:
        if (
            low.endswith(suffix)
            and len(low) - len(suffix) >= 3
            and not (suffix == "s" and low.endswith(("ss", "us", "is")))
        ):
            low = low[: len(low) - len(suffix)] + replacement
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "sl":
        low = low[:-1]
    return low[:-1] + "i" if low.endswith("y") and len(low) > 3 else low


def words(text: str) -> list[str]:
    """The words of a text, hyphenated compounds split."""
    return [part for match in WORD.finditer(text) for part in re.split(r"[-&]", match.group()) if part]


def content(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return list(_content(text))


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    return tuple(
        stem(word) for word in words(text) if word.lower().replace("’", "'") not in _STOP and not word.isdigit()
    )


def is_stop(word: str) -> bool:
    return word.lower().replace("’", "'") in _STOP


@lru_cache(maxsize=50_000)
def rarity(key: str) -> float:
    """How much a word tells, 0..1: from its frequency in general English (wordfreq's Zipf scale, 1 to 8)."""
    from wordfreq import zipf_frequency

    zipf: float = max(zipf_frequency(key + ending, "en") for ending in ("", "e", "s", "y"))
    return min(1.0, max(0.1, (6.5 - zipf) / 3.5))


def covered(wanted: Iterable[str], given: Set[str]) -> float:
    """The share of the wanted stems, weighted by rarity, that are given (0..1)."""
    total = hit = 0.0
    for key in set(wanted):
        weight = rarity(key)
        total += weight
        hit += weight * (key in given)
    return hit / total if total else 0.0


def logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, value))))
