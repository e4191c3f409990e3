"""Turns made of what a file says in pieces: no word is lost or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from msgcheck.extract.names import names
from msgcheck.model import Turn

#: Sounds of a listener, which answer nothing.
_LISTENING = names("mm mmm mhm mmhm mmhmm mhmm hm hmm uh huh um uhhuh mm-hm mm-hmm uh-huh uh-hum m-hm")
#: Words of a listener, which may answer: they interrupt a sentence only where its grammar goes on.
_AGREEING = names("yeah yep yes right okay ok sure gotcha true cool exactly") | {"got it", "i see"}
_MOST_WORDS = 3
_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_ENDED = re.compile(r"[.!?:;…\"”')\]]$")
_OPEN = re.compile(
    r"(?:,|-|–|—|\.\.\.|…|\b(?:a|an|the|and|or|but|so|of|to|in|on|at|for|with|by|from|as|than|if|when|because|that|"
    r"which|who|is|are|was|were|be|been|am|has|have|had|do|does|did|can|could|will|would|should|my|your|our|their|its|his|her|"
    r"this|these|those|very|really|just|like|about|into|not))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A piece of talk as the file has it; times in seconds. `speaker` '' continues the one before."""

    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    line: int = 1
    note: bool = False


def fold(text: str) -> str:
    """One line without control and zero-width characters; nothing else is changed."""
    visible = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(visible.split())


def to_turns(utterances: Iterable[Utterance]) -> tuple[Turn, ...]:
    """Join what one speaker says in a row, also around a listener's `mm-hm` in mid-sentence; notes stay apart.

    The listener's turn is kept, after the sentence that it accompanied.
    """
    turns: list[Turn] = []
    speaker = ""
    for said in utterances:
        text = fold(said.text)
        speaker = fold(said.speaker) or speaker
        if not text:
            continue
        turn = Turn(len(turns), speaker, text, said.start_s, said.end_s, said.note, said.line)
        if turns and _same(turns[-1], turn):
            turns[-1] = _joined(turns[-1], turn)
        elif len(turns) > 1 and _same(turns[-2], turn) and _only_listens(turns[-2], turns[-1], turn):
            turns[-2] = _joined(turns[-2], turn)
        else:
            turns.append(turn)
    return tuple(replace(turn, index=index) for index, turn in enumerate(turns))


def _same(before: Turn, turn: Turn) -> bool:
    return before.speaker == turn.speaker and not before.note and not turn.note


def _joined(before: Turn, turn: Turn) -> Turn:
    end = before.end_s if turn.end_s is None else turn.end_s
    return replace(before, text=f"{before.text} {turn.text}", end_s=end)


def _only_listens(before: Turn, between: Turn, after: Turn) -> bool:
    """Whether a sentence goes on after what stands between, which is no answer to it."""
    heard = _WORD.findall(between.text.lower())
    if between.note or not heard or len(heard) > _MOST_WORDS or "?" in between.text:
        return False
    goes_on = not after.text[0].isupper() or after.text.startswith(("I ", "I'", "I’"))
    if all(word in _LISTENING for word in heard):
        return goes_on and (not _ENDED.search(before.text) or _OPEN.search(before.text) is not None)
    agreeing = all(word in _AGREEING or word in _LISTENING for word in heard) or " ".join(heard) in _AGREEING
    return agreeing and goes_on and _OPEN.search(before.text) is not None
