"""What makes words specific: numbers, names, proof. And what only looks specific."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgcheck.language.values import Sentence, Token
from msgcheck.measure.phrases import phrases_in
from msgcheck.measure.values import SentenceMeasure

#: A figure that says how much: with a unit, a currency, a percent sign, several digits, or spelt out before a noun.
_FIGURE = re.compile(
    r"[$€£¥]\s?\d|\d\s?%|\d+\s?(?:percent|per "
    r"cent)\b|\b\d{1,3}(?:[,.]\d{3})+\b|\b\d{2,}\+?\b|(?<![#.\w-])\b\d+(?:\.\d+)?x?\b(?!\.\s)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|ninety|hundred|half)\b"
    r"(?!\s+(?:of|a)\b)",
    re.IGNORECASE,
)
_RANK = re.compile(r"#\s?1\b|\bno\.\s?1\b|\b(?:24/7|360|100\s?%|110\s?%|1[- ]stop|10x|365)\b", re.IGNORECASE)
#: Words that say where a judgement comes from.
_SOURCE = re.compile(
    r"\b(?:according to|rated|ranked|ranking|named (?:a|an|the|one|best|as|by)|awards?|awarded|winner "
    r"of|voted|survey(?:ed)?|stud(?:y|ies)|"
    r"benchmark(?:s|ed)?|reviews?|report by|research by|source:|tested "
    r"by|certified|audit(?:ed|ors?)?|analysts?|gartner|forrester|idc|"
    r"g2|capterra|trustpilot|trustradius|j\.?d\.? power|deloitte|magic quadrant|stars?|out of "
    r"5|fortune|forbes|inc\.? 5000|newsweek|fast company|which\?)\b|[★⭐†*¹²³]|\(\d{4}\)|\bsince (?:19|20)\d\d\b",
    re.IGNORECASE,
)
#: A count so large that it can only be of customers, users or orders; years aside.
_CROWD = re.compile(
    r"\b\d{1,3}(?:,\d{3})+\b|\b(?!19\d\d\b|20\d\d\b)\d{4,}\b|\b\d+(?:\.\d+)?\s?(?:k|m|million|billion|thousand)\b",
    re.IGNORECASE,
)


def has_figure(text: str) -> bool:
    """Whether a number says how much; ranks and set phrases ('#1', '24/7', '360', '100%') do not."""
    return _FIGURE.search(_RANK.sub(" ", text)) is not None


def has_source(text: str) -> bool:
    """Whether the words say who judged or measured: an award, a rating, a study."""
    return _SOURCE.search(text) is not None


def has_crowd(text: str) -> bool:
    """Whether the words count customers, users or the like by the thousand."""
    return _CROWD.search(text) is not None


def named_others(sentence: Sentence, names: frozenset[str] = frozenset()) -> list[Token]:
    """Proper names in a sentence other than the company's own, its first word and the words of a line in capitals."""
    if _is_title_case(sentence.text):
        return []
    own = {part for name in names for part in name.split()}
    return [
        token
        for token in sentence.tokens[1:]
        if token.pos == "PROPN" and token.text[0].isupper() and len(token.text) > 1 and token.text.lower() not in own
    ]


def is_specific(sentence: Sentence, names: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence holds something that a reader could check: a figure, a source, or somebody's name."""
    return has_figure(sentence.text) or has_source(sentence.text) or bool(named_others(sentence, names))


def is_empty_phrase(sentence: Sentence) -> bool:
    """Whether the sentence holds a phrase after which a reader knows no more than before."""
    return bool(phrases_in(sentence, "empty_phrases"))


def neighbours(
    sentences: Sequence[SentenceMeasure], index: int, *, before: int = 1, after: int = 2
) -> list[SentenceMeasure]:
    """The sentences just before and after one, in the same section."""
    near = [*range(max(0, index - before), index), *range(index + 1, min(len(sentences), index + 1 + after))]
    return [sentences[place] for place in near if sentences[place].section == sentences[index].section]


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", text)
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
