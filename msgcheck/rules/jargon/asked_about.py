"""Rule jargon.asked-about: a term on the page whose meaning prospects asked on calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.measure.lexical import is_stop, rarity, words
from msgcheck.measure.questions import asked_meaning
from msgcheck.measure.values import PageMeasures
from msgcheck.model import UNSEEN, Call, Finding, Location, Moment
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted, turns, when
from msgcheck.rules.phrases import elsewhere, own_names, quoted

#: How sure it is that 'what does X mean?' asks for the meaning of X.
_OUTRIGHT = 0.9
#: As `lexical.rarity`: words written more than once in 20,000 ('draft', 'forecast', 'coverage') are everyday ones.
_RARE = 0.6


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    names = {name.lower() for name in own_names(page, context)}
    for term, moments in sorted(_asked(context).items()):
        places = [] if term in names else _places(page, term, [moment.quote for moment in moments])
        if places:
            yield _finding(moments, places, context)


def _asked(context: Context) -> dict[str, list[Moment]]:
    """Moments by the term asked about: those that the trained reading sees, and questions put in so many words."""
    asked: dict[str, list[Moment]] = {}
    for measures in context.calls.calls:
        read = [moment for moment in measures.moments if moment.kind == "term-question" and _is_term(moment.term)]
        seen = {moment.turn for moment in read}
        for moment in (*read, *(moment for moment in _outright(measures.call) if moment.turn not in seen)):
            asked.setdefault(moment.term.lower(), []).append(moment)
    return asked


def _is_term(term: str) -> bool:
    """Whether the trained reading can have taken a term for what was asked about: everyday words alone are none."""
    plain = [word for word in term.split() if not is_stop(word)]
    return any(not word.islower() or rarity(word) >= _RARE for word in plain) or len(plain) > 1


def _outright(call: Call) -> Iterator[Moment]:
    for index, turn in enumerate(call.turns):
        # A rep has no need to ask what a word of their own page means: whoever is not known as one counts as a buyer.
        if turn.note or (role := call.role_of(turn.speaker)) == "rep":
            continue
        for term in asked_meaning(turn.text):
            yield Moment(
                call=call.key,
                turn=index,
                start_s=turn.start_s,
                speaker=turn.speaker,
                role=role,
                kind="term-question",
                quote=turn.text,
                confidence=_OUTRIGHT,
                about=f"asks what “{term}” means",
                term=term,
            )


def _places(page: PageMeasures, term: str, turns: Sequence[str]) -> list[Location]:
    """Where the page has the term, with the words beside it that the prospects said with it too ('sync' in 'live sync
    window')."""
    said = [f" {' '.join(words(turn)).lower()} " for turn in turns]
    spelled = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term))
    pattern = re.compile(rf"(?<!\w){spelled}(?:e?s)?(?!\w)", re.IGNORECASE)
    return [
        locate(page.document, index, *_widened(block.text, match, said))
        for index, block in page.document.copy()
        if block.role not in UNSEEN and block.role != "quote"
        for match in pattern.finditer(block.text)
    ]


def _widened(text: str, found: re.Match[str], said: Sequence[str]) -> tuple[int, int]:
    """Start and end of the match with its neighbours, as far as they tell something and were said together with it."""
    start, end = found.span()
    for move in (_word_after, _word_before):
        while (grown := move(text, start, end)) is not None:
            phrase = f" {' '.join(words(text[slice(*grown)])).lower()} "
            if not any(phrase in turn for turn in said):
                break
            start, end = grown
    return start, end


def _word_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    word = re.match(r"[\s-]+([\w'’]+)", text[end:])
    return None if word is None or is_stop(word[1]) else (start, end + word.end())


def _word_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    word = re.search(r"([\w'’]+)[\s-]+$", text[:start])
    return None if word is None or is_stop(word[1]) else (word.start(), end)


def _finding(moments: Sequence[Moment], places: Sequence[Location], context: Context) -> Finding:
    calls = sorted({moment.call for moment in moments})
    asked = f"prospects on {counted(len(calls), 'call')} had to ask" if len(calls) > 1 else "a prospect had to ask"
    times = elsewhere(len(places), 1)
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=max(moment.confidence for moment in moments),
        message=f"{quoted(places[0].quote)} stands here{times}, and {asked} what it means ({when(calls, context)}).",
        advice="Say it in the words that the rep used to explain it, or explain it where it first stands.",
        locations=(places[0], *turns(moments)),
    )


RULE = Rule(
    id="jargon.asked-about",
    summary="A term whose meaning prospects asked on calls.",
    severity="error",
    needs=("calls",),
    doc=Doc(
        finds="Words and acronyms of the page that prospects asked the meaning of on calls, with those calls.",
        why="I had to ask on the call. The others who did not know the word have simply left.",
        bad="Three-way match in one click.  (call: “what is a three-way match?”)",
        better="The invoice is checked against the order and the delivery note in one click.",
        silent="The product's own name, customers' words, and terms that stand on no page.",
    ),
    check=_check,
)
