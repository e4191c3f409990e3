"""Finds promises of the pages that a rep takes back or qualifies when a prospect quotes them."""

from __future__ import annotations

import re

from msgcheck.measure.calls.cues import plain
from msgcheck.measure.calls.features import neighbours
from msgcheck.model import Call, Moment, Suspect

#: Kinds of moments in which what the site promised may be at stake.
_AT_STAKE = ("promise-gap", "misconception")
_CITES = re.compile(
    r"\b(?:(?:the|your|our|that) (?:\w+ ){0,2}(?:page|site|web ?site|web ?page|ad|brochure|headline|banner|deck|"
    r"story)s?|"
    r"pricing page|it (?:says|said|had)|(?:says|said|had it) on there|promis\w+|advertis\w+)\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:not (?:quite|really|exactly|yet|strictly|any ?more)|(?:we|it|that|they) (?:dont|doesnt|cant|do not|does not|"
    r"cannot|wont|isnt|is not)|shouldnt(?: really)? (?:be|say)|"
    r"(?:needs|ought) (?:changing|fixing|an edit|updating|to say)|"
    r"out of date|ahead of (?:itself|themselves|ourselves)|generous|bit of a stretch|wouldnt promise|is behind|was old|"
    r"only (?:for|on|if|in|with)|not (?:included|true|right)|too big a word|badly (?:put|worded)|wording)\b|"
    r"^(?:(?:ah|oh|hm|well|um|so|yeah|actually|honestly)[,.]? )*(?:no\b|nope|its (?!exactly|right|true))"
)
#: What the suspect sentence must score where it shares no telling words with the turn.
_SURE, _LIKELY = 0.75, 0.5
_SHARES = "has the words"


def taken_back(call: Call, moment: Moment) -> int:
    """The turn that takes back what the moment's first suspect promises: the answer, or the rep's own; -1 if none."""
    if moment.kind not in _AT_STAKE or not moment.suspects or not _convicted(moment.suspects[0]):
        return -1
    spoken = plain(call.turns[moment.turn].text)
    if not _CITES.search(spoken):
        return -1
    if moment.role == "rep":
        return moment.turn if _TAKES_BACK.search(spoken) and moment.suspects[0].score >= _SURE else -1
    answer = neighbours(call.turns).answer[moment.turn]
    if answer < 0 or call.role_of(call.turns[answer].speaker) != "rep":
        return -1
    return answer if _TAKES_BACK.search(plain(call.turns[answer].text)) else -1


def _convicted(suspect: Suspect) -> bool:
    return suspect.score >= (_LIKELY if suspect.reason.startswith(_SHARES) else _SURE)
