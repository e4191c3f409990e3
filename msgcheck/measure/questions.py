"""Which word a speaker asks the meaning of, where the question is put in so many words."""

from __future__ import annotations

import re
from functools import lru_cache

_TERM = r"[\"']?(?P<term>[A-Za-z][\w&/-]*(?: [\w&/-]+){0,3}?)[\"']?"
_ARTICLE = r"(?:an? |the |your |this |that |these |those |all this |all that )?"
_END = r"(?=\s*(?:[.?!,;:]|$)|\s+(?:on (?:your|the)|in (?:your|the)|here|then|by the way|anyway|again|please)\b)"
_HOW = r"(?:exactly |actually |even |really )?"
#: 'What does X mean?', 'what is meant by X', 'I don't know what X is', 'X means what?'
_MEANING = (
    rf"\bwhat (?:does|do|did|would) {_HOW}{_ARTICLE}{_TERM} {_HOW}(?:mean|stand for|refer to){_END}",
    rf"\bwhat (?:is|are|was|were|do you mean|do they mean) {_HOW}(?:meant |the meaning |)(?:by|of|with) "
    rf"{_ARTICLE}{_TERM}{_END}",
    r"\b(?:don't|do not|didn't|did not|no idea|not sure|wasn't sure) (?:quite |really |even )?"
    rf"(?:know |understand |get )?what {_HOW}{_ARTICLE}{_TERM} {_HOW}"
    rf"(?:means?|meant|stands? for|(?:is|are|was|were) ?(?:supposed to (?:be|mean))?){_END}",
    rf"\bnever heard of {_ARTICLE}{_TERM}{_END}",
)
#: 'What is an X?' asks the meaning too; 'what is the X?' asks which one it is, unless X stands in quotation marks.
_NOUN = (
    rf"(?:(?:an? |all (?:this|that) ){_TERM}|(?-i:(?P<short>[A-Z][A-Z0-9&]{{1,6}}))"
    rf"|{_ARTICLE}[\"'](?P<quoted>[^\"']{{2,40}})[\"'])"
)
_BEING = rf"\bwhat(?:'s| is| are| was) {_HOW}{_NOUN}(?: {_HOW}supposed to (?:be|mean))?{_END}"
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_MEANING, _BEING))
#: The page's words, as a speaker recalls them: 'your home page says …'.
_RECALLED = re.compile(
    r"\b(?:(?:web)?site|home ?page|landing page|(?:pricing|product|your|that|the|this) "
    r"page|brochure|deck|flyer|headline)\b"
    r"|\b(?:it|you|they|page|site) (?:says?|said|calls? (?:it|them|this|that))\b",
    re.IGNORECASE,
)
_POINTERS = frozenset(
    {"it", "that", "this", "they", "those", "these", "he", "she", "you", "we", "i", "one", "all", "there", "so"}
)
_STRAIGHT = str.maketrans("“”„‘’", '"""\'\'')


@lru_cache(maxsize=65_536)
def asked_meaning(text: str) -> tuple[str, ...]:
    """The words whose meaning is asked for outright, in the order of the text; 'what does that mean' asks for none."""
    spoken = " ".join(text.translate(_STRAIGHT).split())
    found = [
        (match.start(), term)
        for pattern in _PATTERNS
        for match in pattern.finditer(spoken)
        if (term := _named(match)) and term.split()[0].lower() not in _POINTERS
    ]
    return tuple(dict.fromkeys(term for _, term in sorted(found)))


def recalls_page(text: str) -> bool:
    """Whether a speaker repeats what a page says: its words are then not the speaker's own."""
    return _RECALLED.search(text) is not None


def _named(match: re.Match[str]) -> str:
    return next((value for value in match.groups() if value), "")
