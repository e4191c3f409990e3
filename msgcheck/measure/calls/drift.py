"""Finds turns where a rep files the product under something that was not agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from msgcheck.language.values import Language
from msgcheck.measure.calls.cues import plain
from msgcheck.measure.lexical import content
from msgcheck.measure.values import AnnotatedCall, AnnotatedPositioning
from msgcheck.model import RepDrift

_SOFT = (
    r"(?:really |basically |essentially |kinda |kind of |sort of |like |just |actually |pretty much |more of |"
    r"honestly |bit )*"
)
#: Openings after which a description of the product follows for certain, and those after which it must hold a head.
_SURE = re.compile(
    rf"\b(?:(?:can |could |just |to )?think of (?:us|it|this|\w+) {_SOFT}as|like to call (?:it|us|ourselves)|"
    r"(?:pitch|describ|position|sold|sell|fram|explain|introduc|present|bill|call|market)(?:ed|ing|e|s)? (?:it|us|"
    r"this|ourselves|(?:\w+ ){1,4}?)"
    r"? ?as|the way i (?:\w+ )?(?:say|put|explain|describe) it is,?(?: were| its)?|in a nutshell,? (?:were|its)) "
    rf"{_SOFT}([^.?!;\n]+)"
)
_LOOSE = (
    r"\b(?:were|we are|its|it is|{names}(?:s| is)?) "
    + _SOFT
    + r"((?:a|an|the|your|like|uber|autopilot|all in one|all-in-one)\b[^.?!;\n]+)"
)
_HEAD = re.compile(
    r"\b(?:platforms?|software|systems?|tools?|suites?|services?|marketplaces?|agency|apps?|layer|engine|solution|"
    r"provider|"
    r"extension|brain|autopilot|uber|network|hub|fabric|assistant|partner|cloud|stack|bank|database|crm|erp|"
    r"management|copilot|"
    r"workspace|ecosystem|backbone|operating system|team|department|consultancy|broker|store)\b"
)
_BEFORE_NOT = re.compile(r"\b(?:not|isnt|arent|never|no|dont|nor|than|if)\b[\w ,]{0,25}$")
_END = re.compile(r"[,:]| (?:so|and|but|that|which|who|because|where|when|with|if|or|to|we|you|it|for|from|than)\b")
_LONGEST = 9
#: A description this close to an agreed category name is no drift; what nears a `not` entry by `_RIVAL` is a sure one.
_AGREED, _RIVAL = 0.6, 0.5
_MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a rep calls the product in a turn; `sure` when the words before leave no doubt that the product is meant."""

    turn: int
    phrase: str
    sure: bool


def measure_drift(
    calls: list[tuple[AnnotatedCall, list[int]]], positioning: AnnotatedPositioning, language: Language
) -> list[tuple[RepDrift, ...]]:
    """Drift call by call; each call comes with the indices of the turns in which a rep speaks for the company."""
    agreed = positioning.positioning
    names = "|".join(re.escape(plain(name)) for name in (agreed.product, *agreed.aliases))
    loose = re.compile(_LOOSE.replace("{names}", names))
    claims = [[claim for index in turns for claim in _claims(call, index, loose)] for call, turns in calls]
    phrases = list(dict.fromkeys(claim.phrase for found in claims for claim in found))
    judged = dict(zip(phrases, _judge(phrases, positioning, language), strict=True))
    return [tuple(_drifts(call, found, judged)) for (call, _), found in zip(calls, claims, strict=True)]


def _claims(call: AnnotatedCall, index: int, loose: re.Pattern[str]) -> Iterator[_Claim]:
    text = plain(call.call.turns[index].text)
    for pattern, sure in ((_SURE, True), (loose, False)):
        for match in pattern.finditer(text):
            phrase = _phrase(match.group(1))
            denied = _BEFORE_NOT.search(text[: match.start()]) or phrase.startswith("not ")
            if phrase and not denied and (sure or _HEAD.search(phrase)):
                yield _Claim(index, phrase, sure)


def _phrase(rest: str) -> str:
    cut = _END.search(rest, 3)
    words = (rest[: cut.start()] if cut else rest).split()[:_LONGEST]
    while words and words[0] in ("a", "an", "the", "your", "like", "kind", "of", "sort", "just"):
        words.pop(0)
    return " ".join(words)


def _judge(phrases: list[str], positioning: AnnotatedPositioning, language: Language) -> list[float]:
    """How surely each phrase departs from the agreed category, 0..1."""
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


def _drifts(call: AnnotatedCall, claims: list[_Claim], judged: dict[str, float]) -> Iterator[RepDrift]:
    best: dict[int, float] = {}
    for claim in claims:
        score = judged[claim.phrase] * (1.0 if claim.sure else 0.85)
        best[claim.turn] = max(score, best.get(claim.turn, 0.0))
    for index, score in sorted(best.items()):
        if score >= 0.5:
            turn = call.call.turns[index]
            yield RepDrift(index, turn.speaker, turn.text, "category", score)
