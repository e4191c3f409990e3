"""Rule vague.empty-claim: a claim with nothing specific in it, and nothing near that makes it concrete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.measure.phrases import phrases_in
from msgcheck.measure.specificity import is_empty_phrase, is_specific, neighbours
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.phrases import elsewhere, is_article, own_names, pages_with, place, quoted, voiced
from msgcheck.rules.vague.hero_unclear import headline, is_hollow, is_unclear

# Calibrated in November 2026 on sentences of landing pages, with readings of pages that the weights did not see
# (`python -m msgcheck.training.wording --gold DIR --readings FILE`): of the sentences over _VAGUE annotators call seven
# in ten vague and 1 in 130 concrete; with an empty phrase in them seven in ten from _VAGUE - _EMPTY on, none concrete.
_VAGUE = 0.85
_EMPTY = 0.05
_CLAIM = 0.6
#: 'We' or 'our' in front, or a participle ('Helping teams to …'), makes it the company's claim, though the reading is
#: less sure.
_CLAIM_OF_OURS = 0.15
_OURS = re.compile(r"(?:we|our)\b", re.IGNORECASE)
#: So vague that neighbours do not save it, with inflated words in it and without.
_HOLLOW, _HOLLOW_ALONE = 0.93, 0.945
_FULL = 6
#: A neighbour under this reads as concrete.
_CONCRETE = 0.35
_SHORTEST = 3
#: Headings that announce what stands below them.
_LABEL = re.compile(
    r"(?:how|why|what|who|where|our|meet|about|explore|see|more|related|industries|we also|get to know|get "
    r"started|featured)\b",
    re.IGNORECASE,
)
_ROLES = frozenset({"hero", "body", "list-item", "heading-1", "heading-2", "heading-3", "heading-4"})


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    names = own_names(page, context)
    skipped = headline(page) if is_unclear(page) or is_hollow(page) else None
    last_block = -1
    for index, sentence in voiced(page, context):
        if skipped is not None and sentence.block == skipped.block:
            continue
        if sentence.block == last_block or not _is_empty(page, sentence, names):
            continue
        if not _is_hollow(sentence) and any(
            _is_concrete(near, names)
            for near in neighbours(page.sentences, index, after=3 if sentence.role.startswith("heading") else 2)
        ):
            continue
        last_block = sentence.block
        yield _finding(page, context, sentence)


def _is_empty(page: PageMeasures, sentence: SentenceMeasure, names: frozenset[str]) -> bool:
    if sentence.role not in _ROLES or len(sentence.text.split()) < _SHORTEST:
        return False
    if sentence.text.rstrip().endswith((":", "?")) or is_article(page):
        return False
    if sentence.role.startswith("heading") and sentence.role != "heading-1" and _LABEL.match(sentence.text):
        return False
    needed = _VAGUE - (_EMPTY if is_empty_phrase(sentence.sentence) else 0.0)
    claim = _CLAIM_OF_OURS if _OURS.match(sentence.text) or _is_participle(sentence) else _CLAIM
    return sentence.vagueness >= needed and sentence.claim >= claim and not is_specific(sentence.sentence, names)


def _is_participle(sentence: SentenceMeasure) -> bool:
    first = sentence.sentence.tokens[0]
    return first.pos == "VERB" and first.text.lower().endswith("ing")


def _is_hollow(sentence: SentenceMeasure) -> bool:
    """Whether a full sentence is so empty that its neighbours do not save it: they could stand alone."""
    inflated = any(span.kind == "buzzword" and span.source != "head" for span in sentence.jargon)
    full = not sentence.role.startswith("heading") and len(sentence.text.split()) >= _FULL
    return full and sentence.vagueness >= (_HOLLOW if inflated else _HOLLOW_ALONE)


def _is_concrete(near: SentenceMeasure, names: frozenset[str]) -> bool:
    return (near.vagueness <= _CONCRETE and len(near.text.split()) > _SHORTEST) or is_specific(near.sentence, names)


def _finding(page: PageMeasures, context: Context, sentence: SentenceMeasure) -> Finding:
    often = elsewhere(1, pages_with(sentence, context))
    matches = phrases_in(sentence.sentence, "empty_phrases")
    asked = matches[0].phrase.ask if matches else "Which job, for whom, with what result?"
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=round(min(0.95, sentence.vagueness), 3),
        message=f"After {quoted(sentence.text)} a reader still cannot say what you do{often}.",
        advice=asked,
        locations=(place(page, sentence),),
    )


RULE = Rule(
    id="vague.empty-claim",
    summary="A claim with nothing specific in it, and no neighbour that makes it concrete.",
    severity="warning",
    doc=Doc(
        finds="Claims about the product or company that would fit any other company as well, where the "
        "sentences around "
        "them do not say more either.",
        why="I have read it and know no more than before. Your rival could print the same line.",
        bad="We help businesses succeed in a changing world.",
        better="We file the sales-tax returns of online shops in all 45 states that have the tax.",
        silent="A vague line followed by a number, a name or a concrete sentence in the same section; "
        "customers' words; "
        "advice in articles; questions; labels.",
    ),
    check=_check,
)
