"""Compares how reps describe category, audience and value: their own words, and the agreed ones that they keep to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from msgcheck.language.values import Language
from msgcheck.measure.audience import is_foreign
from msgcheck.measure.calls.drift import departures
from msgcheck.measure.calls.pitches import Pitch
from msgcheck.measure.lexical import content, covered
from msgcheck.measure.values import AnnotatedCall, AnnotatedPositioning
from msgcheck.model import Slot, TalkTrack

#: A rep's sentence this close to an agreed message, with this share of its telling words, says it: of 17 read in the
#: labelled calls 15 do (November 2026).
_SAYS, _SHARED = 0.55, 0.25
#: Shorter sentences are close to much without saying it.
_WORDS = 6
_ORDER: Mapping[Slot, int] = {"category": 0, "audience": 1, "value": 2}


@dataclass(slots=True)
class _Heard:
    """The turns in which a rep uses the same words, while they are collected."""

    words: str
    agreed: bool
    turns: dict[tuple[str, int], str] = field(default_factory=dict)


_Key = tuple[str, Slot, str]


def talk_tracks(
    spoken: Sequence[tuple[AnnotatedCall, Sequence[int], Sequence[Pitch]]],
    positioning: AnnotatedPositioning,
    language: Language,
) -> tuple[TalkTrack, ...]:
    """Rep by rep, what each says of category, audience and value, most often said first.

    Each call comes with the turns in which a rep speaks for the company, and the pitches in them.
    """
    nouns = list(dict.fromkeys(p.words for _, _, found in spoken for p in found if p.slot == "category"))
    departs = dict(zip(nouns, departures(nouns, positioning, language), strict=True))
    heard: dict[_Key, _Heard] = {}
    for call, turns, pitches in spoken:
        for turn, slot, words, agreed in (
            *_own_words(pitches, departs, positioning),
            *_agreed_words(call, turns, positioning),
        ):
            key: _Key = (call.call.turns[turn].speaker, slot, words.lower())
            entry = heard.setdefault(key, _Heard(words, agreed))
            entry.turns[call.call.key, turn] = call.call.turns[turn].text
    tracks = [_track(key, entry) for key, entry in heard.items()]
    return tuple(sorted(tracks, key=lambda t: (t.speaker, _ORDER[t.slot], -t.count, not t.agreed, t.words)))


_Use = tuple[int, Slot, str, bool]


def _own_words(
    pitches: Sequence[Pitch], departs: Mapping[str, float], positioning: AnnotatedPositioning
) -> Iterator[_Use]:
    accepted = _names(positioning)
    for pitch in pitches:
        if pitch.slot == "category":
            said = any(keys <= set(content(pitch.words)) for _, keys in accepted)
            if not said:
                yield pitch.turn, pitch.slot, pitch.words, not departs[pitch.words]
        else:
            yield pitch.turn, pitch.slot, pitch.words, not is_foreign(pitch.words, positioning.positioning)


def _agreed_words(call: AnnotatedCall, turns: Sequence[int], positioning: AnnotatedPositioning) -> Iterator[_Use]:
    agreed = positioning.positioning
    product = set(content(" ".join((agreed.product, *agreed.aliases))))
    for index in turns:
        text = call.call.turns[index].text.lower()
        for name, _ in _names(positioning):
            if name.lower() in text:
                yield index, "category", name, True
                break
        for sentence in call.passages[index].sentences:
            if not agreed.messages or len(sentence.text.split()) < _WORDS or sentence.text.endswith("?"):
                continue
            near = positioning.message_vectors @ sentence.vector
            message = agreed.messages[int(np.argmax(near))]
            telling = set(content(message.text)) - product
            said = covered(telling, set(content(sentence.text))) >= _SHARED
            if said and near.max() >= _SAYS and message.kind != "proof":
                yield index, "value", message.text, True


def _names(positioning: AnnotatedPositioning) -> list[tuple[str, set[str]]]:
    """The agreed category and its aliases, each with its stems."""
    agreed = positioning.positioning
    names = (agreed.category, *agreed.category_aliases)
    return [(name, keys) for name in names if (keys := set(content(name)))]


def _track(key: _Key, entry: _Heard) -> TalkTrack:
    speaker, slot, _ = key
    places = sorted(entry.turns)
    return TalkTrack(
        speaker=speaker,
        slot=slot,
        words=entry.words,
        agreed=entry.agreed,
        count=len(places),
        calls=tuple(dict.fromkeys(call for call, _ in places)),
        quote=entry.turns[places[0]],
    )
