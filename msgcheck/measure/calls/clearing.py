"""How long a call spends on clearing up what somebody misunderstood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgcheck.measure.calls.cues import plain
from msgcheck.model import Call, Moment

#: What somebody says for whom it is cleared up, and how many turns a clearing-up lasts at most.
_SETTLED = re.compile(
    r"^(?:\w+[,.]? ){0,2}(?:right|okay|ok|fine|fair|good|great|lovely|got it|understood|ah|oh|i see|makes sense|"
    r"that helps|"
    r"clear|perfect|sure|thanks|so its|so you|so we)\b"
)
_LONGEST = 6


def clarifying_seconds(call: Call, moments: Sequence[Moment]) -> float | None:
    """Seconds from the answer to each moment until the talk moves on, overlaps counted once; None without times."""
    if not call.turns or any(turn.start_s is None for turn in call.turns):
        return None
    moment_turns = {moment.turn for moment in moments}
    clearing: set[int] = set()
    for first in moment_turns:
        asker = call.turns[first].speaker
        for index in range(first + 1, min(len(call.turns), first + 1 + _LONGEST)):
            turn = call.turns[index]
            if turn.speaker == asker and index not in moment_turns and _SETTLED.search(plain(turn.text)):
                break
            clearing.add(index)
    return sum(_seconds(call, index) for index in sorted(clearing))


def _seconds(call: Call, index: int) -> float:
    turn = call.turns[index]
    end = turn.end_s
    if end is None:
        end = call.turns[index + 1].start_s if index + 1 < len(call.turns) else call.duration_s
    return max(0.0, (end or 0.0) - (turn.start_s or 0.0)) if end is not None else 0.0
