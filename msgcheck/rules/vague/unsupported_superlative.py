"""Rule vague.unsupported-superlative: a claim to be first or best, with no proof near."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.measure.phrases import Word, load_phrases, split_words
from msgcheck.measure.specificity import has_figure, has_source, named_others, neighbours
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.phrases import elsewhere, is_article, own_names, place, quoted, voiced

#: Sentences that are hardly a claim ('the best time to plant') need the article 'our', a market or the product near by.
_CLAIM = 0.5
_BEST = frozenset("best fastest easiest simplest smartest strongest safest largest biggest cheapest leanest finest greatest".split())
#: Nouns after which a superlative compares ways and cases, not suppliers.
_ADVICE = frozenset(
    "way ways time times place places practice practices case cases interest interests day days thing things part parts "
    "effort efforts day fit bet friend friends result results option options approach for of to possible price prices "
    "number numbers amount share deal use user users one ones chance people person seller sellers buy route path choice "
    "challenge challenges mistake mistakes risk risks problem problems question questions reason reasons step steps file "
    "files file expense expenses customer customers order orders work match matches candidate candidates answer".split()
)
_NOT_LEADING = frozenset(
    "zero zeros role question questions cause causes to up by indicator indicators edge man lady the a an us them him her "
    "you this that these those into out from whitespace space spaces character digit slash dash".split()
)
#: What stands before a 'leading' that ranks; 'with leading makers' ranks others.
_RANKED = frozenset("the a as our is are your one's 's".split())
_MOST = frozenset(
    "advanced powerful complete comprehensive accurate reliable trusted innovative secure intelligent sophisticated "
    "flexible scalable loved beloved respected experienced effective efficient intuitive modern affordable robust "
    "versatile recommended admired awarded capable precise transparent user-friendly friendly cost complete trustworthy "
    "successful talented exciting seamless forward future customer adaptable extensive configurable customizable durable".split()
)
_MARKET = re.compile(
    r"\b(?:world|industry|market|country|nation|planet|europe|america|globe|city|region|state)['’]s\s+(?:\w+\s+)?"
    r"(?:leading|best|top|largest|biggest|fastest|first|only|premier|finest|favou?rite|greatest|(?:most|#\s?1|number[ -]one|no\.\s?1)(?:\s+\w+)?)\b"
    r"|(?<![\w#])(?:the|our|as|is|are|be|a|your)\s+(?:#\s?1|number[ -]one|no\.\s?1)\b(?!\s+(?:reason|priority|cause|goal|rule|mistake|question|thing|challenge|concern|problem|risk))"
    r"|^(?:#\s?1|number[ -]one|no\.\s?1)\s+(?:choice|provider|platform|software|app|agency|company|solution|tool|brand|partner|supplier|rated)\b"
    r"|\b(?:best|fastest|easiest|largest|cheapest|most \w+)(?:\s+[\w-]+){0,3}\s+(?:on|in) the (?:market|world|industry|business|planet|country)\b"
    r"|\b(?:the|our) (?:undisputed|clear|proven|global|world|market) leader\b|\bpremier\b(?=\s+\w)|\bsecond to none\b|\btop[- ]rated\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Use:
    sentence: SentenceMeasure
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    names = own_names(page, context)
    uses: dict[str, list[_Use]] = defaultdict(list)
    for index, sentence in voiced(page, context):
        if sentence.role in ("table", "caption") or is_article(page) or _is_proven(page, index, names):
            continue
        for start, end in _superlatives(sentence):
            use = _Use(sentence, start, end)
            uses[use.text.lower()].append(use)
    for same in uses.values():
        yield _finding(page, same)


def _is_proven(page: PageMeasures, index: int, names: frozenset[str]) -> bool:
    """Whether the sentence or one beside it gives a figure, a source, or customers by name."""
    sentence = page.sentences[index]
    if has_source(sentence.text) or has_figure(sentence.text) or len(named_others(sentence.sentence, names)) > 1:
        return True
    near = neighbours(page.sentences, index)
    return any(has_source(other.text) or (has_figure(other.text) and other.claim >= _CLAIM) for other in near)


def _superlatives(sentence: SentenceMeasure) -> list[tuple[int, int]]:
    """Places of superlatives that rank the company or its product; each stretch of text once."""
    found = [match.span() for match in _MARKET.finditer(sentence.text)]
    found += [
        (match.start, match.end)
        for match in load_phrases("buzzwords").matches(sentence.sentence.tokens)
        if match.phrase.why == "superlative"
    ]
    if sentence.claim >= _CLAIM:
        words = tuple(split_words(sentence.sentence.tokens))
        found += [span for place in range(len(words)) if (span := _ranked(words, place)) is not None]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _ranked(words: tuple[Word, ...], index: int) -> tuple[int, int] | None:
    """'the best X', 'leading X' or 'the most advanced X' at this word, from its article to the noun after it."""
    word = words[index]
    before = words[index - 1].text if index else ""
    after = words[index + 1 : index + 4]
    if word.text == "leading":
        noun = _noun(after)
        ranked = before in _RANKED or (not before and word.pos != "VERB")
        return (word.start, noun.end) if ranked and noun and after[0].text not in _NOT_LEADING else None
    if before not in ("the", "'s"):
        return None
    start = words[index - 1].start if before == "the" else word.start
    if word.text in _BEST:
        noun = _noun(after)
        return None if noun is None or any(other.text in _ADVICE for other in after[:2]) else (start, noun.end)
    if word.text == "most" and after and after[0].text in _MOST:
        noun = _noun(after[1:])
        if any(other.text in _ADVICE for other in after[1:3]):
            return None
        return start, noun.end if noun else after[0].end
    return None


def _noun(words: tuple[Word, ...]) -> Word | None:
    """The noun that the words lead up to, if nothing but adjectives and nouns stands before it."""
    last = None
    for word in words:
        if word.pos in ("NOUN", "PROPN"):
            last = word
        elif word.pos not in ("ADJ", "NUM") or last is not None:
            break
    return last


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    first = same[0]
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"{quoted(first.text)}{elsewhere(len(same), 1)} asks a buyer to take your word for it: nothing near it shows who says so.",
        advice="Give the proof beside it (a count, a test, an award with its year, a named customer), or say what it does.",
        locations=(place(page, first.sentence, first.start, first.end),),
    )


RULE = Rule(
    id="vague.unsupported-superlative",
    summary="A claim to be first or best, with no proof near.",
    severity="warning",
    doc=Doc(
        finds="'Leading', 'the best', '#1', 'the most advanced', 'industry-leading', 'award-winning' and their like about the "
        "company, its product or its customers, without a figure, source, award or named customer in the sentences around.",
        why="Everybody says that they lead. Without a referee I believe none of them, and trust the rest of the page less.",
        bad="The leading payroll service, with the best support in the industry.",
        better="Payroll for 2,300 restaurants. Calls are answered in 40 seconds on average (May 2026).",
        silent="Best practices, at best, leading zeros, the best way to do something, superlatives with proof beside them, "
        "customers' words, articles.",
    ),
    check=_check,
)
