"""What a moment is about: what the product is taken for, the word that is asked about, a phrase that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from msgcheck.language.values import Sentence, Vector
from msgcheck.measure.calls.cues import plain
from msgcheck.measure.calls.features import Frame
from msgcheck.measure.lexical import content, covered, rarity, stem, words
from msgcheck.model import MomentKind

#: A `not` entry is named when a turn and its answer are so close to it (labelled calls: 2 in 3 named rightly,
#: November 2026).
_NAMED = 0.38
_SAID_AS = re.compile(
    r"\b(?:took (?:us|you|it) for|taken (?:us|you|it) for|mistook (?:us|you|it) for|thought (?:we|you|it|this) "
    r"(?:were|was|is|are)|"
    r"had (?:us|you|it) (?:\w+ )?(?:down )?as|figured (?:we|you|it) (?:were|was)|assumed (?:we|you|it) (?:were|was))"
    r" (?:a|an|the|some|just a|one of those|basically a) ([a-z][\w /-]{2,50}?)(?=[,.;?!\"]| (?:and|so|but|that|who|"
    r"which|because|or)\b|$)"
)
_UNNAMED = re.compile(r"\b(?:different|other|another|else|bit|lot|kind of thing|type of thing)\b")
_ASKED = (
    re.compile(r"[\"“]([^\"“”]{2,45}?)[.,?!]?[\"”]"),
    re.compile(
        r"\b(?:whats|what (?:on earth |exactly )?(?:is|are|does|do|was|were)|meaning of|words? is|never heard of|"
        r"crack was) "
        r"(?:an? |the |that |this |your |those |these |it |all that )?([a-z][\w /&-]{1,40}?)(?= (?:mean|means|stand|"
        r"when|exactly|"
        r"actually|supposed|thing|then|in|like|for|is|it|to|was|and)\b|[?.,;!]|$)"
    ),
    re.compile(r"\b([a-z][\w-]*(?: [\w-]+){0,2}?) (?:means?|stands? for|is supposed to|is meant to)\b"),
    re.compile(r"\b(?:next to|at|on) ([a-z][\w-]*(?: [\w-]+)?),? (?:theres|he|she|they|it says|and is)\b"),
    re.compile(r"\bsays? ([a-z][\w /&-]{2,40}?)(?=[?.,;!]|$)"),
)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&/]{1,6}s?\b")
_SPELT = re.compile(r"\b(?:[A-Za-z][,. ]{1,2}){2,5}[A-Za-z]\b")
_EVERYDAY = frozenset(
    {"OK", "UK", "US", "USA", "EU", "IT", "HR", "CEO", "CFO", "CTO", "COO", "VP", "TV", "PDF", "AM", "PM", "ID"}
)
_FILLERS = frozenset(
    [
        "it",
        "that",
        "this",
        "he",
        "she",
        "they",
        "them",
        "thing",
        "one",
        "you",
        "we",
        "us",
        "me",
        "i",
        "so",
        "what",
        "there",
        "here",
        "word",
        "term",
    ]
)
_LONGEST_TERM = 3


def perceived_category(texts: tuple[str, str], vectors: tuple[Vector, Vector], frame: Frame) -> str:
    """The name of the `not` entry that a turn and its answer speak of, else what the turn says outright; or nothing.

    `texts` and `vectors` are the turn's and its answer's; vectors have a row a sentence and one for the whole.
    """
    said = _SAID_AS.search(plain(texts[0]))
    outright = said.group(1).strip() if said and not _UNNAMED.search(said.group(1)) else ""
    if not frame.not_parts:
        return outright
    spoken = [content(text) for text in texts]
    scores = []
    for row, part in enumerate(frame.not_parts):
        near = [float((vector @ frame.rivals[row]).max()) if len(vector) else 0.0 for vector in vectors]
        named = [covered(content(part), set(keys)) for keys in spoken]
        scores.append(0.6 * near[0] + 0.4 * near[1] + 0.25 * named[0] + 0.15 * named[1])
    best = int(np.argmax(scores))
    return frame.part_names[best] if scores[best] >= _NAMED else outright


def asked_term(text: str, copy: list[Sentence]) -> str:
    """The word or short phrase whose meaning a turn asks for; words that stand on the pages are preferred."""
    on_page = {stem(word) for sentence in copy for word in words(sentence.text)}
    page_text = " ".join(plain(sentence.text) for sentence in copy)
    ranked = sorted(
        (
            (_term_score(term, weight, on_page, page_text), -place, term)
            for place, (term, weight) in enumerate(_terms(text))
        ),
        reverse=True,
    )
    if ranked and ranked[0][0] > 0:
        return _as_written(ranked[0][2], [text, *(sentence.text for sentence in copy)])
    return ""


def _terms(text: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    spoken = plain(text)
    for weight, pattern in zip((1.2, 1.5, 0.8, 0.8, 0.6), _ASKED, strict=True):
        source = text.lower() if weight == 1.2 else spoken
        found += [(_trimmed(match), weight) for match in pattern.findall(source)]
    found += [(match.lower(), 1.0) for match in _ACRONYM.findall(text) if match not in _EVERYDAY]
    found += [(letters, 1.0) for match in _SPELT.findall(text) for letters in _spelt(match)]
    tokens = words(spoken)
    found += [
        (" ".join(tokens[first : first + size]), 0.5)
        for size in range(1, _LONGEST_TERM + 1)
        for first in range(len(tokens) - size + 1)
    ]
    return [(term, weight) for term, weight in found if term and term not in _FILLERS]


def _spelt(letters: str) -> list[str]:
    """The letters joined; in 'what is a D, P, A. I saw it' the first and the last are words."""
    joined = re.sub(r"[^a-z]", "", letters.lower())
    return [joined, joined[1:], joined[:-1], joined[1:-1]]


def _trimmed(term: str) -> str:
    kept = term.strip(" ,.-").split()
    while kept and (kept[-1] in _FILLERS or kept[-1] in ("is", "the", "a", "to", "and")):
        kept.pop()
    while kept and (kept[0] in _FILLERS or kept[0] in ("is", "the", "a", "an", "your", "and", "to", "of")):
        kept.pop(0)
    return " ".join(kept[:5])


def _term_score(term: str, weight: float, on_page: set[str], page_text: str) -> float:
    """Rare words that the page holds too; a phrase counts by its words on average, more when longer. It neither
    begins nor ends with a small word."""
    keys = [stem(word) for word in words(term)]
    telling = content(term)
    spoken = term.split()
    if not (spoken and content(spoken[0]) and content(spoken[-1])):
        return 0.0
    if len(telling) < len(keys) - 1 or len(telling[0]) < 2:
        return 0.0
    rare = sum(rarity(key) for key in telling) / len(telling)
    known = sum(key in on_page for key in keys) / len(keys)
    together = 1.0 if f" {term} " in f" {page_text} " else 0.0
    if weight < 0.6 and (known < 1.0 or not together):
        return 0.0
    return weight * (0.3 + rare) * (0.5 + 0.5 * known + 0.5 * together) * (1 + 0.3 * len(keys))


def _as_written(term: str, texts: Sequence[str]) -> str:
    """As the first of the texts that has it writes it."""
    pattern = re.compile(rf"\b{re.escape(term)}", re.IGNORECASE)
    return next((match.group() for text in texts if (match := pattern.search(text))), term)


def describe(kind: MomentKind, category: str, term: str, promise: str) -> str:
    """What the speaker does in the moment, to be read after a name: a short phrase of our own."""
    if kind == "misconception":
        return f"takes it for {article(category)}{category}" if category else "believes it does something else"
    if kind == "term-question":
        return f"asks what “{term}” means" if term else "asks what a word means"
    if kind == "what-is-it":
        return "asks what it does"
    if kind == "audience-doubt":
        return "doubts that it is for companies like theirs"
    return f"expects what the page promises: “{promise}”" if promise else "expects more than the rep can promise"


#: What follows a noun's head.
_AFTER_HEAD = re.compile(r"[,(]| (?:for|of|to|in|with|that|which|who)\b")
_MASS = ("s", "ware", "ing", "ment", "tion", "roll", "ance", "storage")
_WITH_AN = re.compile(r"(?!uni(?!n|m)|us[aeiou]|util|eu|one\b)[aeiou]", re.IGNORECASE)
#: Spelt out, these letters begin with a vowel; before a vowel the acronym is read as a word (a SIEM, an SSO tool).
_SPELT_WITH_AN = re.compile(r"[AEIO]|[FHLMNRSX](?![AEIOU])")


def article(noun: str) -> str:
    """'a ' or 'an ' before a noun that takes one; nothing before plurals and mass nouns."""
    named = _AFTER_HEAD.split(noun)[0].split()
    if not named:
        return ""
    first, head = named[0], named[-1]
    if not head.isupper() and head.lower().endswith(_MASS) and not head.endswith("ss"):
        return ""
    with_an = (_SPELT_WITH_AN if first.isupper() else _WITH_AN).match(first)
    return "an " if with_an else "a "
