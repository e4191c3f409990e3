"""Rule jargon.noun-stack: four or more nouns piled up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgcheck.measure.stacks import Stack, find_stacks
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.known import is_known
from msgcheck.rules.phrases import elsewhere, is_article, place, quoted, voiced

_Use = tuple[SentenceMeasure, Stack]
# Calibrated in November 2026 by reading the stacks of 116 pages: over _READ, two in three are ones that an outsider
# has to
# take apart; over _SURE the words themselves are jargon as well, which makes it a warning.
_READ, _SURE = 0.4, 0.5


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if is_article(page):
        return
    uses: dict[str, list[_Use]] = defaultdict(list)
    for _, sentence in voiced(page, context):
        for stack in find_stacks(sentence.sentence):
            words = sentence.text[stack.start : stack.end]
            if stack.reading >= _READ and not is_known(words, page, context):
                uses[words.lower()].append((sentence, stack))
    for same in uses.values():
        yield _finding(page, same)


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    sentence, stack = same[0]
    words = sentence.text[stack.start : stack.end]
    count = len(words.split())
    sure = stack.reading >= _SURE
    return Finding(
        rule=RULE.id,
        severity="warning" if sure else RULE.severity,
        confidence=0.8 if sure else 0.65,
        message=f"{quoted(words)}{elsewhere(len(same), 1)} piles up {count} words before a buyer learns what it is.",
        advice="Start from its last word: what is it, what does it do, and for whom? A verb and an “of” or “for” "
        "will help.",
        locations=(place(page, sentence, stack.start, stack.end),),
    )


RULE = Rule(
    id="jargon.noun-stack",
    summary="Four or more nouns piled up.",
    severity="note",
    doc=Doc(
        finds="Four or more words, nouns most of them, before one learns what the thing is. "
        "Where the words themselves are jargon as well, it is a warning.",
        why="I have to hold all of it in my head and guess which word belongs to which. I give up at the third.",
        bad="Our enterprise revenue intelligence orchestration platform.",
        better="Software that tells sales teams of over 200 people which deals are about to slip.",
        silent="Names, plain compounds ('customer support phone number'), the agreed category, terms that the "
        "positioning "
        "lists as known or buyers use on calls, articles.",
    ),
    check=_check,
)
