"""Claims to be first or best: where they stand in a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgcheck.language.values import Sentence
from msgcheck.measure.phrases import Word, phrases_in, words_of

_DATA = Path(__file__).parent / "data" / "superlatives.toml"
_FIRST = r"(?:\#\s?1|number[ -]one|no\.\s?1)"
#: Ranks that need no grammar to be read as such.
_MARKET = re.compile(
    rf"""
    \b(?:world|industry|market|country|nation|planet|europe|america|globe|city|region|state)['’]s\s+(?:\w+\s+)?
      (?:leading|best|top|largest|biggest|fastest|first|only|premier|finest|favou?rite|greatest
        |(?:most|{_FIRST})(?:\s+\w+)?)\b
    | (?<![\w#])(?:the|our|as|is|are|be|a|your)\s+{_FIRST}\b
      (?!\s+(?:reason|priority|cause|goal|rule|mistake|question|thing|challenge|concern|problem|risk))
    | ^{_FIRST}\s+
      (?:choice|provider|platform|software|app|agency|company|solution|tool|brand|partner|supplier|rated)\b
    | \b(?:best|fastest|easiest|largest|cheapest|most\s\w+)(?:\s+[\w-]+){{0,3}}\s+
      (?:on|in)\ the\ (?:market|world|industry|business|planet|country)\b
    | \b(?:the|our)\ (?:undisputed|clear|proven|global|world|market)\ leader\b
    | \bpremier\b(?=\s+\w) | \bsecond\ to\ none\b | \btop[- ]rated\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

#: 'Choose the best plan' tells the reader what to do, and ranks nobody.
_CHOOSING = frozenset({"choose", "find", "pick", "get", "hire", "select", "buy", "book", "compare", "want", "need"})
_HYPHENED = re.compile(r"[-‑]\w+")


@lru_cache(maxsize=4096)
def find_superlatives(sentence: Sentence, *, claim: bool) -> tuple[tuple[int, int], ...]:
    """Start and end of each superlative; `claim` says whether the sentence speaks of the company or its product.

    'The best time to plant' ranks no supplier: without `claim` only ranks with a market beside them count.
    """
    found = [match.span() for match in _MARKET.finditer(sentence.text)]
    found += [
        (match.start, match.end) for match in phrases_in(sentence, "buzzwords") if match.phrase.why == "superlative"
    ]
    if claim:
        words = words_of(sentence)
        found += [span for place in range(len(words)) if (span := _ranked(words, place)) is not None]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            rest = _HYPHENED.match(sentence.text, end)
            kept.append((start, rest.end() if rest else end))
    return tuple(kept)


def _ranked(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """'the best X', 'leading X' or 'the most advanced X' at this word, from its article to the noun after it."""
    word, lists = words[index], _lists()
    before = words[index - 1].text if index else ""
    after = words[index + 1 : index + 4]
    if word.text == "leading":
        noun = _noun(after)
        ranked = before in lists["before_leading"] or (not before and word.pos != "VERB")
        return (word.start, noun.end) if ranked and noun and after[0].text not in lists["not_after_leading"] else None
    if before not in ("the", "'s"):
        return None
    start = words[index - 1].start if before == "the" else word.start
    if index > 1 and words[index - 2].lemma in _CHOOSING:
        return None
    if word.text in lists["best"]:
        noun = _noun(after)
        return (start, noun.end) if noun and not _is_advice(after[:2]) else None
    if word.text == "most" and after and after[0].text in lists["most"] and not _is_advice(after[1:3]):
        noun = _noun(after[1:])
        return start, noun.end if noun else after[0].end
    return None


def _is_advice(words: Sequence[Word]) -> bool:
    return any(word.text in _lists()["advice"] for word in words)


def _noun(words: Sequence[Word]) -> Word | None:
    """The noun that the words lead up to, if nothing but adjectives and nouns stands before it."""
    last = None
    for word in words:
        if word.pos in ("NOUN", "PROPN") or word.text in _lists()["nouns"]:
            last = word
        elif word.pos not in ("ADJ", "NUM") or last is not None:
            break
    return last


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in lists.items()}
