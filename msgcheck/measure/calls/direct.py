"""Confusion that is said outright, in words that hardly mean anything else, whatever the company and the page."""

from __future__ import annotations

import re

from msgcheck.measure.calls.cues import TURN, plain
from msgcheck.model import MomentKind

_PAGE = r"(?:web ?site|site|web ?page|home ?page|landing page|front page|page|ad|advert|brochure|deck|headline)"
_SOME = (
    r"(?:(?:more of |some (?:kind|sort) of |kind of |sort of |basically |just |really |like )*"
    r"(?:a|an|another|one of those))"
)
_NO_PRODUCT = r"(?! (?:bit|lot|good|great|nice|bad|very|really|joke|shame|little|couple|few|human|person|friend|fit))"
_COMPANY = (
    r"(?:companies|firms|teams|people|someone|somebody|shops|businesses|places|practices|outfits|organi[sz]ations)"
)

#: The turn by itself says it.
_SAID: tuple[tuple[MomentKind, str], ...] = (
    (
        "misconception",
        rf"\b(?:thought|assumed|figured|reckoned|understood|imagined|(?:was )?under the impression)(?: that)? "
        rf"(?:you|you guys|you lot|we|yours|this|it)(?:d)? (?:were|was|are|is) {_SOME}{_NO_PRODUCT}\b",
    ),
    ("misconception", rf"\b(?:took|taken|mistook|mistaken) (?:you|us|it|this) for {_SOME}\b"),
    ("misconception", rf"\bhad (?:you|us|it)(?: pegged| down)? as {_SOME}\b"),
    (
        "misconception",
        r"\b(?:thought|expect\w*|assumed)\b.{0,60}\b(?:different|other|another) (?:type|kind|sort) of \w+",
    ),
    ("misconception", rf"\bnot what (?:your|our|the) {_PAGE} (?:said|says|told|claims?|claimed|led|made)\b"),
    ("promise-gap", rf"\bnot what (?:your|our|the) {_PAGE} (?:promised|promises|advertised|offered)\b"),
    (
        "what-is-it",
        r"\bwhat (?:is it|it is)(?: exactly)?(?: that)? you (?:guys |lot |all )?(?:actually |really |even )?"
        r"(?:do|sell|make)\b(?! (?:with|for|about|if|when|on|that|day|in))",
    ),
    (
        "what-is-it",
        r"\bwhat (?:do|does) (?:you|you guys|you lot|your company) (?:actually|really|even) (?:do|sell|make)\b",
    ),
    (
        "what-is-it",
        r"\bwhat (?:does )?(?:it|this|(?:the|your) (?:product|software|tool|platform|app))"
        r" (?:actually|really|even) (?:do|does|is)\b(?! (?:with|about|if|when|to))",
    ),
    (
        "what-is-it",
        r"\b(?:still (?:not (?:sure|clear)|unsure|unclear|dont (?:know|get|understand)|couldnt tell|cant tell)|no idea)"
        r" what (?:it is )?"
        r"(?:you|you guys|it|this|your \w+) (?:actually |really )?(?:do|does|is|are|sell)\b",
    ),
    ("term-question", r"\bwhat (?:does|do|did) (?!that|this|it|they|you)[\w /&-]{2,40}? (?:mean|stand for)\b(?! for)"),
    ("term-question", r"\bwhat do you mean by (?!that|this|it)\w"),
    (
        "term-question",
        r"\b(?:dont|didnt|not sure i|no idea) (?:actually |really )?(?:know )?what "
        r"(?!my|we|i|it|that|these|those|to)[\w -]{2,25}? (?:means?|stands for)\b(?! for)",
    ),
    (
        "audience-doubt",
        r"\b(?:is|are) (?:this|it|you|you guys|that) (?:really |even |actually )?(?:meant |built |made |right |aimed )?"
        rf"(?:for|at) {_COMPANY} (?:like|our|my|of our|as small|as big|this|with)\b",
    ),
    (
        "audience-doubt",
        r"\b(?:not sure|dont know|wonder\w*|doubt)(?: if| whether)? (?:this|it|youre|you|its|thats)(?: is| are)? "
        r"(?:really |even )?for (?:us|companies like|firms like|people like|someone like)\b",
    ),
    ("audience-doubt", r"\b(?:too|bit) (?:small|big|tiny|large|little) for (?:you|this|something like)\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _SAID)

#: Said by the turn, and borne out by the answer.
_NAMES_IT = re.compile(
    rf"\bso (?:you|its|youre|you are|this is|it is|that is|thats) (?:basically |really |just )*(?:{_SOME}|like)\b"
    rf"{_NO_PRODUCT}.{{3,60}}\?"
)
_CLAIMS = re.compile(
    rf"\b(?:your|the) {_PAGE} (?:says|said|promises|promised|reads|read|talks|talked|claims?)\b|"
    rf"\b(?:it says|it said) (?:on|in) (?:your|the) {_PAGE}\b"
)
_DENIES = re.compile(
    r"^(?:(?:ah|oh|hm|well|um|so|actually|good question|yeah)[,.]? )*(?:no\b|nope|not (?:quite|really|exactly|a|an|us)|"
    r"we (?:dont|arent|cant)|were not|it(?:s| is) not|it (?:doesnt|isnt)|actually)"
)
_SOFTENS = re.compile(
    r"\b(?:not (?:quite|exactly|really|yet|strictly)|only (?:for|on|if|in)|should say|wording|worded|ought to say|"
    r"bit of a stretch|to be (?:fair|honest|clear|straight)|afraid)\b"
)


_HEARSAY = [pattern for name, pattern in TURN if name in ("reported", "they_did", "not_what", "had_down", "thought")]


def reports(text: str) -> bool:
    """Whether the turn tells what somebody else said, did or believed."""
    spoken = plain(text)
    return any(pattern.search(spoken) for pattern in _HEARSAY)


def said_outright(text: str, answer: str) -> MomentKind | None:
    """The kind of confusion that the turn states; `answer` is what the other side says next, or empty."""
    spoken = plain(text)
    for kind, pattern in _PATTERNS:
        if pattern.search(spoken):
            return kind
    reply = plain(answer)
    if _NAMES_IT.search(spoken) and _DENIES.search(reply):
        return "misconception"
    if _CLAIMS.search(spoken) and (_DENIES.search(reply) or _SOFTENS.search(reply)):
        return "promise-gap"
    return None
