"""Rule jargon.asked-about: a term on the page whose meaning prospects asked on calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.measure.values import PageMeasures
from msgcheck.model import UNSEEN, Finding, Location, Moment
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted, turns, when
from msgcheck.rules.phrases import elsewhere, own_names, quoted


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    names = {name.lower() for name in own_names(page, context)}
    for term, moments in sorted(_asked(context).items()):
        places = [] if term in names else _places(page, term)
        if places:
            yield _finding(moments, places, context)


def _asked(context: Context) -> dict[str, list[Moment]]:
    asked: dict[str, list[Moment]] = {}
    for call in context.calls.calls:
        for moment in call.moments:
            if moment.kind == "term-question" and moment.term:
                asked.setdefault(moment.term.lower(), []).append(moment)
    return asked


def _places(page: PageMeasures, term: str) -> list[Location]:
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term))
    pattern = re.compile(rf"(?<!\w){words}(?:e?s)?(?!\w)", re.IGNORECASE)
    return [
        locate(page.document, index, match.start(), match.end())
        for index, block in page.document.copy()
        if block.role not in UNSEEN and block.role != "quote"
        for match in pattern.finditer(block.text)
    ]


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
