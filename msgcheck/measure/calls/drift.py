"""Finds turns where a rep files the product, or says whom it is for, otherwise than agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from msgcheck.language.values import Language
from msgcheck.measure.audience import is_foreign
from msgcheck.measure.calls.pitches import Pitch
from msgcheck.measure.lexical import content
from msgcheck.measure.values import AnnotatedPositioning
from msgcheck.model import Call, Positioning, RepDrift

#: A description this close to an agreed category name is no drift; what nears a `not` entry by `_RIVAL` is a sure one.
_AGREED, _RIVAL = 0.6, 0.5
_MARGIN = 0.03
#: A description that may be of something else counts for less.
_UNSURE = 0.85
_LEAST = 0.5
_FOREIGN = 0.8


def measure_drift(
    pitched: Sequence[tuple[Call, Sequence[Pitch]]], positioning: AnnotatedPositioning, language: Language
) -> list[tuple[RepDrift, ...]]:
    """Drift call by call, one a turn, from what reps say of the product."""
    nouns = [pitch.words for _, found in pitched for pitch in found if pitch.slot == "category"]
    phrases = list(dict.fromkeys(nouns))
    judged = dict(zip(phrases, departures(phrases, positioning, language), strict=True))
    return [tuple(_drifts(call, found, judged, positioning.positioning)) for call, found in pitched]


def departures(phrases: Sequence[str], positioning: AnnotatedPositioning, language: Language) -> list[float]:
    """How surely each phrase departs from the agreed category, 0..1; from 0.5 on it does."""
    if not phrases or not len(positioning.categories):
        return [0.0] * len(phrases)
    agreed = positioning.positioning
    accepted = [set(content(name)) for name in (agreed.category, *agreed.category_aliases)]
    vectors = language.embed(phrases)
    near = (vectors @ positioning.categories.T).max(axis=1)
    rival = (vectors @ positioning.not_categories.T).max(axis=1) if len(positioning.not_categories) else near * 0
    scores = []
    for phrase, agreed_share, rival_share in zip(phrases, near, rival, strict=True):
        keys = set(content(phrase))
        if not keys or agreed_share >= _AGREED or any(wanted <= keys for wanted in accepted if wanted):
            scores.append(0.0)
        elif rival_share >= max(_RIVAL, agreed_share + _MARGIN):
            scores.append(0.9)
        else:
            scores.append(float(np.clip(0.5 + (_AGREED - agreed_share), 0.0, 0.85)))
    return scores


def _drifts(call: Call, found: Sequence[Pitch], judged: dict[str, float], agreed: Positioning) -> Iterator[RepDrift]:
    best: dict[int, tuple[float, Pitch]] = {}
    for pitch in found:
        if pitch.slot == "category":
            score = judged[pitch.words] * (1.0 if pitch.sure else _UNSURE)
        else:
            score = _FOREIGN if pitch.slot == "audience" and is_foreign(pitch.words, agreed) else 0.0
        if score >= _LEAST and score > best.get(pitch.turn, (0.0, pitch))[0]:
            best[pitch.turn] = (score, pitch)
    for index, (score, pitch) in sorted(best.items()):
        turn = call.turns[index]
        yield RepDrift(index, turn.speaker, turn.text, pitch.slot, score, pitch.words)
