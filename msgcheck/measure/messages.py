"""Judges whether a page says each agreed message, and how well its claims agree with the messages as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from msgcheck.language.values import Vector
from msgcheck.measure.lexical import content, covered, logistic
from msgcheck.measure.quantities import agree, comparable, quantities
from msgcheck.measure.values import AnnotatedPositioning, SentenceMeasure
from msgcheck.model import MessageCoverage, MessageStatus

#: Weights of the reading 'the page says this', from `python -m msgcheck.training.mismatch GOLD`: logistic regression on
#: 30 pages with 6 statements each, balanced, November 2026; held out by page the area under the curve is 0.95.
_INTERCEPT = -7.90
_WEIGHTS = {"closeness": 9.65, "words_on_page": 3.26}
#: Below the first a message is missing, from the second on covered; the same pages, held out: of 30
#: messages that a page does not say 27 are under it, of 147 that it says 14.
MISSING_BELOW = 0.4
_COVERED_FROM = 0.65
#: A line further from a message than this is no place where it could be said. Set by reading the closest lines on the
#: demo's pages (November 2026): those under it speak of something else.
_NEAR = 0.1
#: How much the shared words count beside the shared meaning when the best place is chosen (same pages).
_WORD_WEIGHT = 0.5
_WINDOW = 3
_NOT_BODY = frozenset({"alt", "caption"})
#: Roles that a reader sees first weigh more; the rest counts 1.
PROMINENCE = {
    "title": 2.0,
    "heading-1": 3.0,
    "hero": 2.5,
    "heading-2": 2.0,
    "description": 1.5,
    "heading-3": 1.5,
    "cta": 0.5,
}
_DENIAL = re.compile(
    r"\b(?:cannot|can't|does not|doesn't|do not|don't|is not|isn't|are not|aren't|never)\b", re.IGNORECASE
)
#: A place that shares this share of a message's words, but denies where the message affirms, says the contrary.
_SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Neighbouring sentences read as one; `vector` is the sum of theirs, of this `length`."""

    first: int
    last: int
    vector: Vector
    length: float
    keys: frozenset[str]
    own_voice: bool


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch beside a message; `first` and `last` index the page's sentences."""

    first: int
    last: int
    cosine: float
    words: float
    own_voice: bool

    @property
    def closeness(self) -> float:
        return self.cosine + _WORD_WEIGHT * self.words


def measure_messages(
    sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning
) -> tuple[MessageCoverage, ...]:
    """The coverage of each agreed message, in the positioning's order."""
    messages = positioning.positioning.messages
    if not sentences:
        return tuple(MessageCoverage(message.id, "missing", 0.0) for message in messages)
    reader = _Reader.of(sentences, positioning)
    return tuple(
        reader.coverage(message.id, message.text, positioning.message_vectors[row])
        for row, message in enumerate(messages)
    )


def message_features(
    sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning
) -> tuple[dict[str, float], ...]:
    """What the reading of each agreed message rests on, in the positioning's order (for training)."""
    reader = _Reader.of(sentences, positioning)
    out = []
    for row, message in enumerate(positioning.positioning.messages):
        wanted = reader.wanted(message.text)
        closeness = max(window.closeness for window in reader.windows(wanted, positioning.message_vectors[row]))
        out.append({"closeness": closeness, "words_on_page": reader.on_page(wanted)})
    return tuple(out)


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """A page prepared for being asked about messages."""

    sentences: Sequence[SentenceMeasure]
    stretches: Sequence[_Stretch]
    keys: frozenset[str]
    names: set[str]

    @classmethod
    def of(cls, sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning) -> _Reader:
        agreed = positioning.positioning
        stretches = tuple(_stretches(sentences))
        return cls(
            sentences,
            stretches,
            frozenset().union(*(stretch.keys for stretch in stretches)),
            set(content(" ".join((agreed.product, *agreed.aliases)))),
        )

    def wanted(self, text: str) -> list[str]:
        """The telling words of a message, without the product's name."""
        return [word for word in content(text) if word not in self.names] or content(text)

    def on_page(self, wanted: Sequence[str]) -> float:
        return covered(wanted, self.keys)

    def coverage(self, key: str, text: str, vector: Vector) -> MessageCoverage:
        wanted = self.wanted(text)
        windows = self.windows(wanted, vector)
        best = max(windows, key=lambda window: (window.closeness, -window.first))
        own = max(
            (w for w in windows if w.own_voice), key=lambda window: (window.closeness, -window.first), default=None
        )
        score = self._score(best, wanted, text)
        own_score = self._score(own, wanted, text) if own else 0.0
        if own is not None and own_score >= MISSING_BELOW:
            best, score = own, own_score
        return self._answer(key, best, score, only_quoted=own_score < MISSING_BELOW)

    def _answer(self, key: str, window: _Window, score: float, *, only_quoted: bool) -> MessageCoverage:
        status: MessageStatus = (
            "covered" if score >= _COVERED_FROM else "partial" if score >= MISSING_BELOW else "missing"
        )
        if status == "covered" and only_quoted:
            status = "partial"
        if score < _NEAR:
            return MessageCoverage(key, status, score)
        block = self.sentences[window.first].block
        inside = [item for item in self.sentences[window.first : window.last + 1] if item.block == block]
        quote = " ".join(item.text for item in inside)
        return MessageCoverage(key, status, score, quote, block, inside[0].start, inside[-1].end)

    def _score(self, window: _Window, wanted: Sequence[str], text: str) -> float:
        on_page = self.on_page(wanted)
        value = _INTERCEPT + _WEIGHTS["closeness"] * window.closeness + _WEIGHTS["words_on_page"] * on_page
        said = " ".join(item.text for item in self.sentences[window.first : window.last + 1])
        return logistic(value) * _consistency(text, said, window.words)

    def windows(self, wanted: Sequence[str], vector: Vector) -> list[_Window]:
        return [
            _Window(
                stretch.first,
                stretch.last,
                float(stretch.vector @ vector) / stretch.length,
                covered(wanted, stretch.keys),
                stretch.own_voice,
            )
            for stretch in self.stretches
        ]


def _stretches(sentences: Sequence[SentenceMeasure]) -> Iterator[_Stretch]:
    vectors = np.stack([item.sentence.vector for item in sentences])
    keys = [frozenset(content(item.text)) for item in sentences]
    for size in range(1, _WINDOW + 1):
        for first in range(len(sentences) - size + 1):
            last = first + size - 1
            if size == 1 or _joined(sentences[first], sentences[last]):
                inside = slice(first, last + 1)
                total = vectors[inside].sum(axis=0)
                own = all(item.company_voice for item in sentences[inside])
                length = float(np.linalg.norm(total)) or 1.0
                yield _Stretch(first, last, total, length, frozenset().union(*keys[inside]), own)


def _joined(head: SentenceMeasure, tail: SentenceMeasure) -> bool:
    """Sentences are read together in one block or under one heading, not across furniture such as captions."""
    return head.section == tail.section and not {head.role, tail.role} & _NOT_BODY


def _consistency(message: str, said: str, shared: float) -> float:
    """1, or less where the page's words give another number, or deny what the message says."""
    wanted, given = quantities(message), quantities(said)
    for amount in wanted:
        rivals = [other for other in given if comparable(amount, other)]
        if rivals and not any(agree(amount, other) for other in rivals):
            return 0.7
    if shared >= _SAME_WORDS and len(_DENIAL.findall(message)) % 2 != len(_DENIAL.findall(said)) % 2:
        return 0.6
    return 1.0


def alignment(sentences: Sequence[SentenceMeasure], positioning: AnnotatedPositioning) -> float | None:
    """How well the page's claims, weighted by prominence, agree with the agreed messages (0..1); None without any.

    A claim's agreement is its closeness to the nearest message or fact, on a scale where 0.15 (unrelated) is 0 and
    0.65 (the same thing in other words) is 1.
    """
    if not positioning.positioning.messages:
        return None
    agreed = np.concatenate([positioning.message_vectors, positioning.fact_vectors, positioning.statement])
    total = weighed = 0.0
    for item in sentences:
        if not item.company_voice or item.claim < 0.5:
            continue
        weight = PROMINENCE.get(item.role, 1.0) * item.claim
        nearest = float((agreed @ item.sentence.vector).max())
        total += weight
        weighed += weight * min(1.0, max(0.0, (nearest - 0.15) / 0.5))
    return weighed / total if total else 0.0
