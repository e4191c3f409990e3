"""Time spent on clearing up: until the talk moves on, each second once, by words where there are no times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from msgcheck.language.values import Passage
from msgcheck.measure.calls.clearing import clearing_up, in_total
from msgcheck.measure.values import AnnotatedCall
from msgcheck.model import Call, Clearing, Moment, Speaker, Turn

SPEAKERS = (Speaker("Ines", "rep", 1.0), Speaker("Dana", "prospect", 1.0))
#: Who speaks, what, from when to when, and what it is about (turns about the same are close in meaning).
TALK = (
    ("Ines", "Shall we begin?", 0.0, 10.0, 0),
    ("Dana", "So you are a staffing agency.", 10.0, 20.0, 1),
    ("Ines", "No, it plans rounds.", 20.0, 40.0, 1),
    ("Dana", "Oh. So you send nobody.", 40.0, 50.0, 1),
    ("Ines", "Nobody at all.", 50.0, 60.0, 1),
    ("Dana", "Okay, that helps.", 60.0, 70.0, 1),
    ("Ines", "The price is ninety.", 70.0, 100.0, 2),
)


def annotated(talk: Sequence[tuple[str, str, float | None, float | None, int]], *, note: bool = False) -> AnnotatedCall:
    turns = tuple(
        Turn(index, who, text, start, end, note=note) for index, (who, text, start, end, _) in enumerate(talk)
    )
    vectors = np.eye(4, dtype=np.float32)[[about for *_, about in talk]]
    ends = [end for *_, end, _ in talk if end is not None]
    call = Call("a.vtt", "a.vtt", "zoom-vtt", "", SPEAKERS, turns, max(ends, default=None))
    return AnnotatedCall(call, tuple(Passage(turn.text, ()) for turn in turns), vectors)


def moment(turn: int) -> Moment:
    return Moment("a.vtt", turn, None, "Dana", "prospect", "misconception", "", 1.0)


def test_it_lasts_from_the_answer_until_the_prospect_is_satisfied() -> None:
    assert clearing_up(annotated(TALK), [moment(1)]) == Clearing(40.0, 0.4, 100.0, estimated=False)


def test_moments_within_what_is_being_cleared_up_add_nothing() -> None:
    assert clearing_up(annotated(TALK), [moment(1), moment(3)]) == clearing_up(annotated(TALK), [moment(1)])


@pytest.mark.parametrize(
    "end", [("Dana", "What does it cost?", 40.0, 50.0, 2), ("Ines", "Let me show you the map.", 40.0, 50.0, 1)]
)
def test_another_question_or_going_on_ends_it(end: tuple[str, str, float, float, int]) -> None:
    cleared = clearing_up(annotated([*TALK[:3], end, *TALK[6:]]), [moment(1)])
    assert cleared is not None
    assert cleared.seconds == 20.0


def test_a_listener_who_speaks_into_a_turn_is_not_counted_twice() -> None:
    talk = [*TALK[:2], ("Ines", "No, it plans rounds.", 20.0, 40.0, 1), ("Dana", "And so?", 25.0, 26.0, 1), *TALK[5:]]
    cleared = clearing_up(annotated(talk), [moment(1)])
    assert cleared is not None
    assert cleared.seconds == 20.0


def test_without_times_it_is_estimated_by_words() -> None:
    talk = [(who, text, None, None, about) for who, text, _, _, about in TALK]
    cleared = clearing_up(annotated(talk), [moment(1)])
    assert cleared is not None
    assert cleared.estimated
    assert cleared.share == pytest.approx(12 / 28)
    assert cleared.seconds == pytest.approx(12 / 1.9)


def test_notes_are_no_talk() -> None:
    assert clearing_up(annotated(TALK, note=True), [moment(1)]) is None


def test_a_call_without_moments_cost_nothing() -> None:
    assert clearing_up(annotated(TALK), []) == Clearing(0.0, 0.0, 100.0, estimated=False)


def test_the_total_weighs_calls_by_their_length_and_leaves_notes_out() -> None:
    calls = [Clearing(40.0, 0.4, 100.0, estimated=False), None, Clearing(0.0, 0.0, 300.0, estimated=True)]
    assert in_total(calls) == Clearing(40.0, 0.1, 400.0, estimated=True)
    assert in_total([None]) is None
