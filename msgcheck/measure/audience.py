"""Finds whom a page addresses, and how surely it speaks to the agreed audiences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from msgcheck.language.values import Sentence, Vector
from msgcheck.measure.lexical import content, covered, logistic
from msgcheck.measure.values import AnnotatedPage, AnnotatedPositioning, AudienceUse
from msgcheck.model import Positioning

#: Reading 'this page speaks to the audience': logistic regression on 30 pages with their true and one false audience
#: each, balanced, November 2026 (`python -m msgcheck.training.mismatch GOLD`); held out by page AUC 0.99.
_INTERCEPT = -3.79
_WEIGHTS = {"meaning": 1.69, "opening": 1.41, "words": 2.13, "need_words": 1.78}
_NEAREST = 3
#: What a phrase that speaks to nobody agreed is given, and one that speaks to an agreed audience.
_FOREIGN = 0.1
_AGREED = 0.9

_ADDRESS = re.compile(
    r"\b(?:(?:built|designed|made|created|perfect|ideal|tailored|meant|engineered)\s+for|for\s+any|"
    r"for\s+every|whether\s+you\s+run|whether\s+you[’']re)\s+"
    r"(?P<who>[^.;:!?()]{3,90})",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\bfrom\s+(?P<who>(?:[\w’'&-]+\s+){1,4}to\s+(?:[\w’'&-]+\s?){1,4})", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|isn[’']t|aren[’']t|no longer|unlike|instead of|rather than)\b", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:,\s+(?=(?:and\s+)?(?:\w+\s+){0,3}(?:is|are|adapts?|runs?|there|we|you|it|our|your|to|with|"
    r"that|who|everyone)\b)|\b(?:that|who|which|where|with (?!thousands)|to (?:help|make|keep|get|run|"
    r"manage)|as|because|so)\b).*$",
    re.IGNORECASE,
)
_SIZE_RANGE = re.compile(
    r"\b\d[\d,]*\s*(?:to|-|–)\s*\d[\d,]*\s+(?:\w+)|\b(?:small|mid-?sized?|medium|growing)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Group:
    """An industry: the words that show it, and the industries that count as part of it."""

    name: str
    pattern: re.Pattern[str]
    covers: frozenset[str]


def measure_audiences(page: AnnotatedPage, positioning: AnnotatedPositioning) -> tuple[AudienceUse, ...]:
    """Whom the page addresses in so many words, in page order; then, one an agreed audience and with block -1, how
    surely the page as a whole speaks to it.
    """
    agreed = positioning.positioning
    if not agreed.audiences:
        return ()
    uses = sorted(_addressed(page, agreed), key=lambda use: (use.block, use.start))
    return (*uses, *_whole_page(page, positioning))


def _whole_page(page: AnnotatedPage, positioning: AnnotatedPositioning) -> Iterator[AudienceUse]:
    sentences = [sentence for _, sentence in _sentences(page)]
    if not sentences:
        return
    vectors = np.stack([sentence.vector for sentence in sentences])
    said = {key for sentence in sentences for key in content(sentence.text)}
    for row, audience in enumerate(positioning.positioning.audiences):
        name = positioning.audiences[row]
        need = positioning.needs[row] if audience.needs else name
        score = reading(
            features(vectors, page.opening_vector, name, need) | words_shared(audience.name, audience.needs, said)
        )
        yield AudienceUse(-1, 0, 0, audience.name, audience.id, score)


def features(vectors: Vector, opening: Vector, name: Vector, need: Vector) -> dict[str, float]:
    """How near the page's nearest sentences and its opening are to an audience and its need (sums of two cosines)."""
    nearest = [float(np.sort(vectors @ wanted)[::-1][:_NEAREST].mean()) for wanted in (name, need)]
    both = name + need
    return {"meaning": sum(nearest), "opening": float(opening @ both) / (float(np.linalg.norm(both)) or 1.0)}


def words_shared(name: str, needs: str, said: set[str]) -> dict[str, float]:
    """The share of the audience's and its need's telling words that the page has."""
    words = covered(content(name), said)
    return {"words": words, "need_words": covered(content(needs), said) if needs else words}


def reading(values: dict[str, float]) -> float:
    """How likely the page speaks to the audience (0..1)."""
    return logistic(_INTERCEPT + sum(weight * values[key] for key, weight in _WEIGHTS.items()))


def _sentences(page: AnnotatedPage) -> Iterator[tuple[int, Sentence]]:
    for index, _ in page.document.copy():
        for sentence in page.passages[index].sentences:
            yield index, sentence


def _addressed(page: AnnotatedPage, agreed: Positioning) -> Iterator[AudienceUse]:
    """The phrases that name an audience, each with the agreed one that it fits, or none."""
    known = _standard(agreed).known
    for index, sentence in _sentences(page):
        if page.document.blocks[index].role == "quote":
            continue
        for found in (*_ADDRESS.finditer(sentence.text), *_RANGE.finditer(sentence.text)):
            who = _TAIL.sub("", found["who"]).rstrip(" ,")
            if _DENIED.search(sentence.text[: found.start("who")]) or not who:
                continue
            foreign = is_foreign(who, agreed)
            if foreign or _industries(who) & known:
                start = sentence.start + found.start("who")
                score, audience = (_FOREIGN, "") if foreign else (_AGREED, agreed.audiences[0].id)
                yield AudienceUse(index, start, start + len(who), who, audience, score)


def is_foreign(who: str, agreed: Positioning) -> bool:
    """Whether the words name an industry or size that the agreed audiences, which name such, do not have."""
    standard = _standard(agreed)
    return (standard.specific and bool(_industries(who) - standard.known)) or (standard.sized and bool(_size(who)))


@dataclass(frozen=True, slots=True)
class _Standard:
    """What audiences are held against: the industries of the statement; whether audiences name industries, sizes."""

    known: frozenset[str]
    specific: bool
    sized: bool


@lru_cache(maxsize=4)
def _standard(agreed: Positioning) -> _Standard:
    names = " ".join(audience.name for audience in agreed.audiences)
    texts = (names, agreed.category, agreed.statement, *(message.text for message in agreed.messages))
    everything = " ".join((*texts, *(audience.needs for audience in agreed.audiences)))
    sized = _SIZE_RANGE.search(names) is not None
    return _Standard(frozenset(_industries(everything)), bool(_industries(names)), sized)


def _industries(text: str) -> set[str]:
    found = {group.name for group in _groups() if group.pattern.search(text)}
    return found | {part for group in _groups() if group.name in found for part in group.covers}


def _size(text: str) -> str:
    return next((name for name, pattern in _sizes() if pattern.search(text)), "")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("msgcheck.language").joinpath("data/audiences.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _groups() -> tuple[_Group, ...]:
    entries = _lexicon()["industries"].items()
    return tuple(_Group(name, _any_of(entry["words"]), frozenset(entry.get("covers", ()))) for name, entry in entries)


@lru_cache(maxsize=1)
def _sizes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any_of(entry)) for name, entry in _lexicon()["sizes"].items())


def _any_of(terms: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(term) for term in terms) + r")(?![\w-])", re.IGNORECASE)
