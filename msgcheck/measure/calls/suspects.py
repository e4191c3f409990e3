"""Which sentences of the pages most likely made somebody believe, expect or ask what they did."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from msgcheck.language.values import Sentence, Vector
from msgcheck.measure.calls.cues import plain
from msgcheck.measure.calls.features import Frame
from msgcheck.measure.lexical import content, rarity
from msgcheck.model import MomentKind, Suspect

#: Weights of the columns of `Lineup.features`: a choice among the sentences of a page (conditional logit), scaled by a
#: logistic regression so that a score is how often such a sentence is the cause. Fitted in November 2026 by `python -m
#: msgcheck.training.suspects --gold DIR` on 278 moments of eight companies. With one company left out at a time, the
#: cause is among the top three for 0.622 of the moments; of sentences from 0.4 on 81 in 100 are the cause, from 0.6
#: on 94.
_WEIGHTS: tuple[float, ...] = (
    2.86, 3.98, 2.24, 0.17, 1.62, 0.72, 0.91, 2.63, 3.34, 4.20, -0.41, 1.42, 0.88, 0.50, 0.59,
)  # fmt: skip
_BIAS = -7.11
_TOP = 3
_LEAST = 0.05
#: A question, or a line that says what the product is not, rarely makes anybody believe that it is.
_DENYING = re.compile(r"\?$|\b(?:not|no|never|nothing|doesnt|dont|isnt|arent|cannot|cant|wont|without|rather than)\b")
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """One sentence of a page and where it stands."""

    page: str
    block: int
    start: int
    end: int
    sentence: Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Charge:
    """What a moment gives to go by: its turn and the answer (vectors: a row a sentence, then the whole turn)."""

    kind: MomentKind
    text: str
    answer: str
    vectors: Vector
    answer_vectors: Vector
    category: str
    category_vector: Vector
    term: str


class Lineup:
    """All sentences of all pages, prepared for being compared with moments."""

    def __init__(self, copy: Sequence[Copy], frame: Frame) -> None:
        self.copy = tuple(copy)
        self._vectors = np.stack([item.sentence.vector for item in copy]) if copy else np.zeros((0, 1), np.float32)
        self._stems = [frozenset(content(item.sentence.text)) for item in copy]
        self._plain = [plain(item.sentence.text) for item in copy]
        self._denying = np.array([float(_DENYING.search(text) is not None) for text in self._plain])
        agreed = np.concatenate([frame.categories, frame.messages])
        self._agreed = (self._vectors @ agreed.T).max(axis=1) if len(agreed) and copy else np.zeros(len(copy))
        self._told = bool(len(agreed))
        self._read = [_reading(item.sentence) for item in copy]

    def suspects(self, charge: Charge) -> tuple[Suspect, ...]:
        """The top three with a score of at least 0.05, best first."""
        if not self.copy:
            return ()
        rows = self.features(charge)
        scores = 1 / (1 + np.exp(-(rows @ np.array(_WEIGHTS) + _BIAS)))
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        picked: list[Suspect] = []
        for index in order:
            item = self.copy[index]
            if len(picked) == _TOP or scores[index] < _LEAST:
                break
            if all(item.sentence.text != suspect.quote for suspect in picked):
                picked.append(
                    Suspect(
                        page=item.page,
                        quote=item.sentence.text,
                        score=float(scores[index]),
                        block=item.block,
                        start=item.start,
                        end=item.end,
                        reason=self._reason(charge, rows[index]),
                    )
                )
        return tuple(picked)

    def features(self, charge: Charge) -> Vector:
        """Shape (sentences, 15): closeness in meaning, shared rare words, wrong category, term, statement, denial, and
        how vague, how much of a claim and how full of jargon each sentence is."""
        near = (self._vectors @ charge.vectors.T).max(axis=1)
        whole = self._vectors @ charge.vectors[-1]
        answer = (
            (self._vectors @ charge.answer_vectors.T).max(axis=1) if len(charge.answer_vectors) else np.zeros(len(near))
        )
        category = self._vectors @ charge.category_vector if charge.category else np.zeros(len(near))
        away = category - self._agreed if charge.category and self._told else np.zeros(len(near))
        said, replied, wrong = set(content(charge.text)), set(content(charge.answer)), set(content(charge.category))
        spoken = _runs(plain(charge.text))
        term = plain(charge.term)
        columns = [
            near,
            whole,
            answer,
            category,
            np.array([_shared(said, keys) for keys in self._stems]),
            np.array([_shared(replied, keys) for keys in self._stems]),
            np.array([_shared(wrong, keys) for keys in self._stems]),
            np.array([float(len(spoken & _runs(text)) > 0) for text in self._plain]),
            np.array(
                [float(bool(term) and re.search(rf"\b{re.escape(term)}", text) is not None) for text in self._plain]
            ),
            away,
            self._denying,
        ]
        return np.hstack([np.stack(columns, axis=1), np.array(self._read).reshape(-1, 4)])

    @staticmethod
    def _reason(charge: Charge, row: Vector) -> str:
        if charge.term and row[8] > 0:
            return f"has the term “{charge.term}”"
        if row[7] > 0 or row[4] > 1:
            return "has the words that were said"
        if charge.category and row[6] > 0:
            return f"has words of {charge.category}"
        return "says something close to it"


def _reading(sentence: Sentence) -> tuple[float, float, float, float]:
    """Vagueness, claim, and the strongest reading of a word as buzzword and as insider."""
    words = sentence.words
    inflated = max((word.buzzword for word in words), default=0.0)
    return sentence.vagueness, sentence.claim, inflated, max((word.insider for word in words), default=0.0)


def _shared(said: set[str], keys: frozenset[str]) -> float:
    """How telling the shared words are: their summed rarity, each further word counting less."""
    return math.sqrt(sum(rarity(key) for key in said & keys))


def _runs(text: str) -> set[str]:
    """Stretches of three words that are not all small words."""
    found = _WORDS.findall(text)
    return {
        " ".join(run)
        for run in zip(found, found[1:], found[2:], strict=False)
        if sum(len(word) > 3 for word in run) >= 2
    }
