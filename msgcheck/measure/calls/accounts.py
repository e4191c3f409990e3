"""Which outside company a call was with: from its title, its file's name, and the addresses of those who spoke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from msgcheck.measure.lexical import rarity, word_set, words
from msgcheck.model import Call, Positioning

#: What titles and file names of calls say beside the company.
_STOCK = word_set(
    "a about after again ai an and api audio call calls chat check checkin chorus closing commercial commercials "
    "connect contract copy crm customer daily debrief deal demo disco discovery draft evaluation expansion export "
    "file final fireflies first follow followup for from gmt gong google hubspot import in inbound internal interview "
    "intro introduction invite kick kickoff lead legal log lost meet meeting meetings minutes monthly negotiation new "
    "next no note notes of off on onboarding order otter our outbound overview pilot pitch plain po poc pricing price "
    "procurement prospect qa qbr quarterly question questions quick rec recap recording renewal rep reschedule "
    "rescheduled review rfp rollout sales salesforce second security session setup show signing sync talk team teams "
    "technical terms test the third thread to touchpoint transcript transcripts trial txt up update utc video "
    "walkthrough webex webinar week weekly with won workshop zoom monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep oct nov dec"
)
_FREE_MAIL = word_set(
    "gmail googlemail outlook hotmail live yahoo icloud me aol proton protonmail gmx web mail zoho fastmail"
)
_PARTS = re.compile(r"\s*(?:<->|<>|[/|:;,()\[\]–—+]|(?<=\s)[-x×](?=\s)|\bwith\b|\s-$)\s*")
_STEM_PARTS = re.compile(r"[_.\s()\[\]]+|\d+")
_BRACKET = re.compile(r"[(\[|/,<]\s*([^)\]>]+)|\s[-–—@]\s+(.+)$")
#: A word this rare (`lexical.rarity`) names the company by itself; one this rare in a file's name is a name, unheard.
_TELLING, _UNHEARD = 0.75, 0.98
_LONGEST = 5
_SHORTEST = 4


def with_accounts(calls: Sequence[Call], positioning: Positioning | None) -> tuple[Call, ...]:
    """The calls, each with the spellings of the company that it was with; roles must be known."""
    return tuple(replace(call, accounts=_accounts(call, positioning)) for call in calls)


def _accounts(call: Call, positioning: Positioning | None) -> tuple[str, ...]:
    ours = {name for name in _own_names(call, positioning) if name}
    people = {word.lower() for speaker in call.speakers for word in words(_BRACKET.sub("", speaker.name))}
    found = [*_from_title(call, ours), *_from_file(call, ours), *_from_names(call, ours)]
    kept = [name for name in found if not people & {word.lower() for word in words(name)} - _STOCK]
    spelt = [spelling for name in kept for spelling in _spellings(name)] + list(_domains(call, "prospect"))
    once = {name.lower(): name for name in reversed(spelt) if _squashed(name) not in ours}
    return tuple(sorted(once.values(), key=lambda name: (-len(name), name)))


def _own_names(call: Call, positioning: Positioning | None) -> Iterator[str]:
    if positioning:
        yield from map(_squashed, (positioning.product, *positioning.aliases))
    yield from _domains(call, "rep")


def _domains(call: Call, role: str) -> Iterator[str]:
    """'acmepaints' for ada@mail.acmepaints.co.uk; nothing for addresses at a provider of free mail."""
    for speaker in call.speakers:
        labels = speaker.email.lower().rpartition("@")[2].split(".")[:-1]
        while len(labels) > 1 and len(labels[-1]) <= 3:
            labels.pop()
        if speaker.role == role and labels and labels[-1] not in _FREE_MAIL and len(labels[-1]) >= _SHORTEST:
            yield labels[-1]


def _from_title(call: Call, ours: set[str]) -> Iterator[str]:
    parts = [part for part in _PARTS.split(call.title) if part.strip()]
    names = [_trimmed(words(part), ours) for part in parts]
    beside_stock = len(names) > names.count([]) > 0
    for name in names:
        spelt = name and all(word[0].isupper() or word.lower() in _STOCK for word in name)
        if spelt and (beside_stock or _telling(name[0]) or _spoken(name, call)):
            yield " ".join(name)


def _from_file(call: Call, ours: set[str]) -> Iterator[str]:
    """What talk bears out: a file's name is in small letters and holds all sorts of words."""
    stem = PurePath(call.key.partition("#")[0]).name.partition(".")[0]
    for part in _STEM_PARTS.split(stem):
        name = _trimmed(part.replace("-", " ").split(), ours)
        if name and (
            rarity(name[0].lower()) >= _UNHEARD
            or _spoken(name, call)
            or (_telling(name[0]) and _spoken(name[:1], call))
        ):
            yield " ".join(name)


def _from_names(call: Call, ours: set[str]) -> Iterator[str]:
    """The company behind a name: 'Dana Whitfield (Acme Paints)'."""
    for speaker in call.speakers:
        match = _BRACKET.search(speaker.name) if speaker.role != "rep" else None
        if match and (name := _trimmed(words(match[1] or match[2]), ours)):
            yield " ".join(name)


def _trimmed(name: list[str], ours: set[str]) -> list[str]:
    """The words without those at both ends that name no company, or ours; none if more are left than a name has."""

    def idle(word: str) -> bool:
        return word.lower() in _STOCK or _squashed(word) in ours or not word[0].isalpha() or word[1:].isdigit()

    while name and idle(name[0]):
        name = name[1:]
    while name and idle(name[-1]):
        name = name[:-1]
    return name if len(name) <= _LONGEST and _squashed("".join(name)) not in ours else []


def _spoken(name: Sequence[str], call: Call) -> bool:
    """Whether somebody says it, written as a name: each word with a capital."""
    spelt = r"[\s-]+".join(re.escape(word if word in ("and", "of") else word[0].upper() + word[1:]) for word in name)
    pattern = re.compile(rf"(?<![.!?] )(?<!^)\b{spelt}\b")
    return any(pattern.search(turn.text) for turn in call.turns)


def _spellings(name: str) -> Iterator[str]:
    parts = name.split()
    for size in range(2, len(parts) + 1):
        if parts[size - 1].lower() not in _STOCK:
            yield " ".join(parts[:size])
    if len(parts) == 1 or _telling(parts[0]):
        yield parts[0]


def _telling(word: str) -> bool:
    return len(word) >= _SHORTEST and rarity(word.lower()) >= _TELLING


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
