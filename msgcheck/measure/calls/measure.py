"""Measures calls: where confusion shows, what it costs, what caused it, and where reps depart from the statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from msgcheck.language.values import Language, Vector
from msgcheck.language.words import pack_vector
from msgcheck.measure.calls.beliefs import asked_term, describe, perceived_category
from msgcheck.measure.calls.clearing import clearing_up, in_total
from msgcheck.measure.calls.detector import KINDS, load_detector
from msgcheck.measure.calls.direct import reports, said_outright
from msgcheck.measure.calls.drift import measure_drift
from msgcheck.measure.calls.features import (
    REP,
    TELLING,
    Frame,
    call_features,
    make_frame,
    neighbours,
    turn_modes,
)
from msgcheck.measure.calls.misconceptions import group
from msgcheck.measure.calls.pitches import Pitches
from msgcheck.measure.calls.suspects import Charge, Copy, Lineup
from msgcheck.measure.calls.tracks import talk_tracks
from msgcheck.measure.calls.trend import trend
from msgcheck.measure.calls.voice import buyers_voice
from msgcheck.measure.distance import talk_distance
from msgcheck.measure.values import AnnotatedCall, AnnotatedPositioning, CallMeasures, CallsMeasures, PageMeasures
from msgcheck.model import Call, Moment, MomentKind, RepDrift, Suspect, TalkTrack

#: Moments are kept from here on: where more than four in five are right on companies left out, and talk about no
#: product gives at most two false alarms in a thousand turns (`training.moments --measure`, November 2026).
_KEPT = 0.5
#: What is said outright counts as this sure: in 21,900 turns of podcasts, meetings and debates it was heard about once
#: in a thousand, half of them real questions about a word (November 2026).
_OUTRIGHT = 0.85
#: The same where there is no statement to compare with, and for what colleagues tell one another when it is not about
#: what somebody said or thought.
_COMPLAINT = 0.75
#: The longest labelled moment has 83 words; a longer turn is a story, of which the detector learned nothing. It took
#: eight of 120 turns of podcasts for moments, most of them longer, none with more than 0.9 (November 2026).
_LONGEST_TURN, _SURE = 85, 0.95
_LONGEST_PROMISE = 80
#: A moment concerns the agreed message that its turn or answer comes this near to.
_CONCERNS = 0.4


def measure_calls(
    calls: Sequence[AnnotatedCall],
    pages: Sequence[PageMeasures],
    positioning: AnnotatedPositioning | None,
    language: Language,
) -> CallsMeasures:
    """Everything about the calls, whose speakers carry their roles; pages are where suspects are looked for."""
    copy = _copy(pages, language)
    frame = make_frame([item.sentence for item in copy], positioning, language)
    reader = _Reader(frame, Lineup(copy, frame), positioning, language)
    moments = [reader.moments(call) for call in calls]
    clearing = [clearing_up(call, found) for call, found in zip(calls, moments, strict=True)]
    turns = [_rep_turns(call, found) for call, found in zip(calls, moments, strict=True)]
    spoken = list(zip(calls, turns, strict=True))
    drift, tracks = _reps(spoken, positioning, language)
    measured = tuple(
        CallMeasures(call.call, found, drifted, cleared, _distance([(call, told)], positioning))
        for (call, told), found, drifted, cleared in zip(spoken, moments, drift, clearing, strict=True)
    )
    return CallsMeasures(
        measured,
        group([moment for found in moments for moment in found]),
        clearing=in_total(clearing),
        talk_tracks=tracks,
        voice=buyers_voice(calls, moments, pages, copy, positioning),
        trend=trend(measured),
        rep_distance=_distance(spoken, positioning),
    )


#: Calls, each with the turns in which a rep speaks for the company.
_Spoken = Sequence[tuple[AnnotatedCall, Sequence[int]]]


def _reps(
    spoken: _Spoken, positioning: AnnotatedPositioning | None, language: Language
) -> tuple[Sequence[tuple[RepDrift, ...]], tuple[TalkTrack, ...]]:
    """Where reps depart from the statement, call by call, and what each of them says of the product."""
    if positioning is None:
        return [()] * len(spoken), ()
    pitches = Pitches(positioning.positioning)
    pitched = [tuple(pitches.find(call.call, turns)) for call, turns in spoken]
    told = [(call, turns, found) for (call, turns), found in zip(spoken, pitched, strict=True)]
    drift = measure_drift([(call.call, found) for call, _, found in told], positioning, language)
    return drift, talk_tracks(told, positioning, language)


def _distance(spoken: _Spoken, positioning: AnnotatedPositioning | None) -> float | None:
    return talk_distance(spoken, positioning) if positioning else None


def _copy(pages: Sequence[PageMeasures], language: Language) -> list[Copy]:
    """All sentences of the pages, with their vectors again."""
    places = [(page.document.key, item) for page in pages for item in page.sentences]
    vectors = language.embed([item.text for _, item in places])
    return [
        Copy(key, item.block, item.start, item.end, replace(item.sentence, packed_vector=pack_vector(vector)))
        for (key, item), vector in zip(places, vectors, strict=True)
    ]


def _rep_turns(call: AnnotatedCall, moments: Sequence[Moment]) -> list[int]:
    """Turns in which a rep speaks for the company; what colleagues report of a confused prospect is not such a turn."""
    taken = {moment.turn for moment in moments}
    return [
        index
        for index, mode in enumerate(turn_modes(call.call))
        if mode == REP or (mode == TELLING and index not in taken)
    ]


def charge_of(
    call: AnnotatedCall,
    index: int,
    answer: int,
    kind: MomentKind,
    frame: Frame,
    copy: Sequence[Copy],
    language: Language,
) -> Charge:
    """What the turn at `index`, a moment of some kind, and the answer to it (-1: none) say about their cause."""
    turn = call.call.turns[index]
    _, reply = _exchange(call.call, index, answer)
    vectors, answer_vectors = _vectors(call, index), _vectors(call, answer)
    category, term = "", ""
    if kind == "misconception":
        category = perceived_category((turn.text, reply), (vectors, answer_vectors), frame)
    elif kind == "term-question":
        term = asked_term(turn.text, [item.sentence for item in copy])
    return Charge(kind, turn.text, reply, vectors, answer_vectors, category, language.embed([category])[0], term)


class _Reader:
    """Turns the detector's judgements into moments, given what there is to compare with."""

    def __init__(
        self, frame: Frame, lineup: Lineup, positioning: AnnotatedPositioning | None, language: Language
    ) -> None:
        self._frame = frame
        self._lineup = lineup
        self._positioning = positioning
        self._language = language

    def moments(self, call: AnnotatedCall) -> tuple[Moment, ...]:
        if not call.call.turns:
            return ()
        likely, kinds = load_detector().judge(call_features(call, self._frame))
        answers, modes = neighbours(call.call.turns).answer, turn_modes(call.call)
        found = []
        for index, answer in enumerate(answers):
            outright = None if modes[index] == REP else said_outright(*_exchange(call.call, index, answer))
            confidence = max(float(likely[index]), _OUTRIGHT if outright else 0.0)
            if outright or confidence >= self._least(call.call, index, modes[index]):
                kind = outright or KINDS[int(kinds[index].argmax())]
                found.append(self._moment(call, index, answer, kind, confidence))
        return tuple(found)

    def _least(self, call: Call, index: int, mode: int) -> float:
        """How sure a moment must be: colleagues among themselves also complain about much that no prospect said, and
        where nothing says what the product is, much sounds like a wrong belief."""
        turn = call.turns[index]
        if len(turn.text.split()) > _LONGEST_TURN:
            return _SURE
        gossip = mode == TELLING and not turn.note and not reports(turn.text)
        return _COMPLAINT if gossip or self._positioning is None else _KEPT

    def _moment(self, call: AnnotatedCall, index: int, answer: int, kind: MomentKind, confidence: float) -> Moment:
        turn = call.call.turns[index]
        charge = charge_of(call, index, answer, kind, self._frame, self._lineup.copy, self._language)
        category, term = charge.category, charge.term
        suspects = self._lineup.suspects(charge)
        return Moment(
            call=call.call.key,
            turn=index,
            start_s=turn.start_s,
            speaker=turn.speaker,
            role=call.call.role_of(turn.speaker),
            kind=kind,
            quote=turn.text,
            confidence=confidence,
            about=describe(kind, category, term, _promise(suspects)),
            perceived_category=category,
            term=term,
            message=self._message(np.vstack([charge.vectors, charge.answer_vectors])),
            suspects=suspects,
        )

    def _message(self, vectors: Vector) -> str:
        if self._positioning is None or not len(self._positioning.message_vectors):
            return ""
        near = (vectors @ self._positioning.message_vectors.T).max(axis=0)
        best = int(near.argmax())
        return self._positioning.positioning.messages[best].id if near[best] >= _CONCERNS else ""


def _exchange(call: Call, index: int, answer: int) -> tuple[str, str]:
    """What a turn says, and what its answer (-1 for none) says."""
    return call.turns[index].text, call.turns[answer].text if answer >= 0 else ""


def _vectors(call: AnnotatedCall, index: int) -> Vector:
    """A row a sentence of the turn, then the whole turn; no rows for no turn."""
    if index < 0:
        return call.vectors[:0]
    return np.stack([*(sentence.vector for sentence in call.passages[index].sentences), call.vectors[index]])


def _promise(suspects: Sequence[Suspect]) -> str:
    return suspects[0].quote if suspects and len(suspects[0].quote) <= _LONGEST_PROMISE else ""
