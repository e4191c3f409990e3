"""Facts and sentences in the form in which they are compared, and the place where they disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgcheck.language.values import Vector
from msgcheck.language.words import pack_vector
from msgcheck.measure.lexical import content
from msgcheck.measure.quantities import quantities
from msgcheck.measure.values import Conflict, SentenceMeasure, Statement

#: Below this closeness (cosine) a sentence has nothing to do with a fact.
SUPPORT = 0.30
#: A sentence of at most so many words is read together with its neighbours.
_SHORT = 6
CLAUSE = re.compile(
    r"[;.!?]\s+|,\s+(?:and|but|so|while|which)?\s*|\s+(?:but|while|whereas)\s+|\s+and\s+(?=(?:no|not|"
    r"cannot|there|it|a)\b)|\s+(?:that|which|who)\s+|\s[–—-]\s|:\s+"
)


def clause_around(text: str, start: int, end: int) -> str:
    """The clause that holds the characters `start`..`end`."""
    first = max((cut.end() for cut in CLAUSE.finditer(text) if cut.end() <= start), default=0)
    last = min((cut.start() for cut in CLAUSE.finditer(text) if cut.start() >= end), default=len(text))
    return text[first:last]


def stated(text: str, vector: Vector) -> Statement:
    return Statement(text, pack_vector(vector), frozenset(content(text)), quantities(text), text)


def page_statements(sentences: Sequence[SentenceMeasure]) -> list[Statement]:
    """The sentences, short ones with the words of their neighbours in the same section as part of their subject."""
    plain = [stated(item.text, item.sentence.vector) for item in sentences]
    blocks: dict[int, str] = {}
    for item in sentences:
        blocks[item.block] = f"{blocks.get(item.block, '')} {item.text}".strip()
    return [
        replace(own, keys=own.keys | _neighbour_keys(index, sentences, plain), block=blocks[sentences[index].block])
        for index, own in enumerate(plain)
    ]


def _neighbour_keys(index: int, sentences: Sequence[SentenceMeasure], plain: Sequence[Statement]) -> frozenset[str]:
    if len(sentences[index].text.split()) > _SHORT:
        return frozenset()
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(plain)]
    return frozenset().union(*(plain[at].keys for at in beside if sentences[at].section == sentences[index].section))


def relatedness(wanted: Vector, sentences: Sequence[SentenceMeasure]) -> list[float]:
    """Cosine of each sentence, or of it together with a neighbour of the same section, with the wanted meaning."""
    alone = [float(item.sentence.vector @ wanted) for item in sentences]
    out = list(alone)
    for index, item in enumerate(sentences):
        if len(item.text.split()) > _SHORT:
            continue
        for other in (index - 1, index + 1):
            if 0 <= other < len(sentences) and sentences[other].section == item.section:
                both = item.sentence.vector + sentences[other].sentence.vector
                norm = float((both @ both) ** 0.5) or 1.0
                out[index] = max(out[index], float(both @ wanted) / norm)
    return out


def asserts(item: SentenceMeasure) -> bool:
    return item.role != "cta" and not item.text.rstrip().endswith("?")


def against_fact(item: SentenceMeasure, start: int, end: int, fact: str, text: str, confidence: float) -> Conflict:
    return Conflict(
        block=item.block,
        start=item.start + start,
        end=item.start + end,
        quote=item.text[start:end],
        reason="fact",
        confidence=min(0.95, confidence),
        fact=fact,
        other_quote=text,
    )
