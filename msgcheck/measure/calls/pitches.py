"""Finds the words with which reps say what the product is and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.measure.calls.cues import plain
from msgcheck.model import Call, Positioning, Slot

_SOFT = (
    r"(?:really |basically |essentially |kinda |kind of |sort of |like |just |actually |pretty much |more of |"
    r"honestly |bit )*"
)
#: Openings after which a description of the product follows for certain. `{it}` is the product.
_SURE = (
    r"\b(?:(?:can |could |just |to )?think of {it} " + _SOFT + r"as|like to call (?:it|us|ourselves)|"
    r"(?:describ|fram|explain|introduc|present|bill|call|market)(?:ed|ing|e|s)? {it} as|"
    r"(?:pitch|position|sold|sell)(?:ed|ing|e|s)? (?:{it}|the (?:\w+ ){1,3}?)? ?as(?= an? )|"
    r"the way i (?:\w+ )?(?:say|put|explain|describe) it is,?(?: i mean,?)?(?: were| its)?|"
    r"in a nutshell,? (?:were|its)) " + _SOFT + r"([^.?!;\n]+)"
)
#: Openings that may describe anything: what follows must hold a head, and the sentence must be about the product.
_LOOSE = (
    r"(?P<subject>\b{name}(?:s| is)?|(?:^|[.?!;:,] ?|\b(?:so|and|but|because|basically|honestly|um|uh|yeah|well|is) )"
    r"(?:were|we are|its|it is)) "
    + _SOFT
    + r"((?:a|an|the|your|like|uber|autopilot|all in one|all-in-one)\b[^.?!;\n]+)"
)
_HEAD = re.compile(
    r"\b(?:platforms?|software|systems?|tools?|suites?|services?|marketplaces?|agency|apps?|layer|engine|solution|"
    r"provider|extension|brain|autopilot|uber|network|hub|fabric|assistant|partner|cloud|stack|bank|database|crm|erp|"
    r"management|copilot|workspace|ecosystem|backbone|operating system|team|department|consultancy|broker|store)"
    r"(?=$| (?:of|on|in|inside|across|over|behind)\b)"
)
#: 'It is …' is about the product where the rep has just spoken of it, or says that this is how to see it.
_ABOUT_US = r"\b(?:us|the way i|{name}|is,? (?:um,? |uh,? )?its)\b"
#: Praise and parts say nothing about what a thing is.
_NO_KIND = re.compile(
    r"^(?:all|being|part|pretty|really|very|so|such|great|good|right|unique|nice|big|massive|fair|better|best)\b"
)
_REPORTED = re.compile(
    r"\b(?:not|isnt|arent|never|no|dont|nor|than|if|claimed|thought|assumed|figured|said we|says we|as though)\b"
    r"[\w ,]{0,25}$"
)
_END = re.compile(r"[,:]| (?:so|and|but|that|which|who|because|where|when|with|if|or|to|we|you|it|for|from|than)\b")
_LONGEST = 9
_ARTICLES = frozenset(("a", "an", "the", "your", "like", "kind", "of", "sort", "just"))

_FOR_WHOM = (
    r"\b(?:(?:were|we are|its|it is|{name}s?(?: is)?) (?:really |mostly |mainly |only |just |all )*"
    r"(?:(?:built|made|designed|meant|aimed) )(?:for|at)|we (?:only |mostly |mainly )*(?:sell to|serve)|"
    r"(?:our|most of our) customers are (?:mostly |mainly |usually |all )*) ([^.?!;,\n]{3,60})"
)


@dataclass(frozen=True, slots=True)
class Pitch:
    """What a rep says in a turn about one side of the product; `sure` when no doubt is left that it is meant."""

    turn: int
    slot: Slot
    words: str
    sure: bool


class Pitches:
    """Finds pitches for one agreed product, by its names."""

    def __init__(self, agreed: Positioning) -> None:
        names = "|".join(re.escape(plain(name)) for name in (agreed.product, *agreed.aliases) if name) or "(?!)"
        it = rf"(?:us|it|this|ourselves|the (?:product|platform|tool)|{names})"
        self._sure = re.compile(_SURE.replace("{it}", it))
        self._loose = re.compile(_LOOSE.replace("{name}", f"(?:{names})"))
        self._us = re.compile(_ABOUT_US.replace("{name}", names))
        self._for_whom = re.compile(_FOR_WHOM.replace("{name}", f"(?:{names})"))

    def find(self, call: Call, turns: Sequence[int]) -> Iterator[Pitch]:
        """In the order of the turns."""
        for index in turns:
            text = call.turns[index].text
            for slot, words, sure in self._in(plain(text)):
                yield Pitch(index, slot, as_written(words, text), sure)

    def _in(self, text: str) -> Iterator[tuple[Slot, str, bool]]:
        for match in self._sure.finditer(text):
            words = _phrase(match[1])
            if words and not _NO_KIND.search(words) and not _denied(text, match.start(), words):
                yield "category", words, True
        for match in self._loose.finditer(text):
            words = _phrase(match[2])
            vague = match["subject"].endswith(("its", "it is")) and not self._us.search(text[: match.end("subject")])
            heads = _HEAD.search(words) and not _NO_KIND.search(words)
            if heads and not vague and not _denied(text, match.start("subject"), words):
                yield "category", words, False
        for match in self._for_whom.finditer(text):
            if not _denied(text, match.start(), match[1]):
                yield "audience", match[1].strip(), True


def as_written(words: str, text: str) -> str:
    """The plain words as the text writes them, capitals and apostrophes included."""
    parts = (r"['’]?".join(map(re.escape, word)) for word in words.split())
    found = re.search(r"\s+".join(parts), text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else words


def _denied(text: str, start: int, words: str) -> bool:
    return _REPORTED.search(text[:start]) is not None or words.startswith("not ")


def _phrase(rest: str) -> str:
    cut = _END.search(rest, 3)
    words = (rest[: cut.start()] if cut else rest).split()[:_LONGEST]
    while words and words[0] in _ARTICLES:
        words.pop(0)
    return " ".join(words)
