"""Rule vague.weasel: hedges that take a claim back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgcheck.measure.specificity import has_figure, has_source, named_others
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.measure.weasels import Weasel, find_weasels
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted
from msgcheck.rules.phrases import is_article, place, quoted, voiced

_Use = tuple[SentenceMeasure, Weasel]
#: From here on a sentence is read as a claim about the company or its product: facts about the world may be hedged.
_CLAIM = 0.5

_WHY = {
    "hedge": "leaves the door open: a buyer hears that it may not happen.",
    "almost": "excludes something, and a buyer wonders whether it is the very thing they need.",
    "crowd": "sounds like many and names nobody, so a buyer cannot check it.",
    "source": "leans on somebody whom it does not name, so a buyer cannot look it up.",
    "bound": "is true of any smaller figure too; a buyer expects the low end.",
}


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if is_article(page):
        return
    uses: dict[str, list[_Use]] = defaultdict(list)
    for _, sentence in voiced(page, context):
        if sentence.claim < _CLAIM:
            continue
        for weasel in find_weasels(sentence.sentence):
            if not _is_named(sentence, weasel):
                uses[weasel.ask].append((sentence, weasel))
    for same in uses.values():
        yield _finding(page, same)


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    """One finding for all hedges of a kind: the question that they dodge is the same."""
    weasel = same[0][1]
    places = [place(page, sentence, use.start, use.end) for sentence, use in same]
    others = counted(len(places) - 1, "place")
    often = f" (and {others} more like it)" if len(places) > 1 else ""
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.7,
        message=f"{quoted(places[0].quote)}{often} {_WHY[weasel.why]}",
        advice=weasel.ask,
        locations=tuple(places),
    )


def _is_named(sentence: SentenceMeasure, weasel: Weasel) -> bool:
    """Whether the sentence says where the claim comes from; 'studies' alone name no source."""
    if weasel.why == "source":
        return has_figure(sentence.text) or bool(named_others(sentence.sentence))
    return has_source(sentence.text)


RULE = Rule(
    id="vague.weasel",
    summary="A hedge that takes the claim back.",
    severity="note",
    doc=Doc(
        finds="'Can help reduce', 'up to 40%', 'virtually any', 'many of the world's', 'studies show' and their "
        "like in "
        "what the page claims about the company or its product.",
        why="I notice the small word. You are not sure of it yourself, so I take the claim for the weakest thing that "
        "it can mean.",
        bad="Can help to cut your energy bill by up to 30%.",
        better="In 2025 half of our 212 customers paid at least 14% less for energy than the year before.",
        silent="Limits ('up to 5 users'), 'up to date', meeting virtually, facts about the world, sentences that name "
        "their source, customers' words, articles.",
    ),
    check=_check,
)
