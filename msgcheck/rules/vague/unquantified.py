"""Rule vague.unquantified: a measurable benefit without a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgcheck.measure.pagekind import is_customer_story
from msgcheck.measure.phrases import PhraseMatch, phrases_in
from msgcheck.measure.specificity import has_figure, has_source, neighbours
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted
from msgcheck.rules.phrases import is_article, place, quoted, voiced

_Use = tuple[SentenceMeasure, PhraseMatch]
#: A sentence under this says how it comes about ('faster checkouts: the till reads the tag').
_CONCRETE = 0.35
_CLAIM = 0.4
#: A figure on its own, as tiles show it: '40%' above 'faster builds'.
_TILE_WORDS, _FIGURE_WORDS = 8, 4


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    told = is_article(page)
    if told and not is_customer_story(page.document.key):
        return
    uses: dict[str, list[_Use]] = defaultdict(list)
    for index, sentence in voiced(page, context):
        if sentence.text.rstrip().endswith("?") or has_figure(sentence.text):
            continue
        for match in phrases_in(sentence.sentence, "benefits"):
            large = match.phrase.large
            if (large or (sentence.claim >= _CLAIM and not told)) and not _is_measured(page, index, large=large):
                uses[match.phrase.find[0]].append((sentence, match))
    for same in uses.values():
        yield _finding(page, same)


def _is_measured(page: PageMeasures, index: int, *, large: bool) -> bool:
    """Whether the sentence is concrete, or a figure stands near; a benefit said to be large needs its own figure."""
    sentence = page.sentences[index]
    if has_source(sentence.text) or (not large and sentence.vagueness < _CONCRETE):
        return True
    near = neighbours(page.sentences, index)
    if len(sentence.text.split()) <= _TILE_WORDS and any(_is_tile(other) for other in near):
        return True
    return any(has_figure(other.text) for other in near if not large or other.block == sentence.block)


def _is_tile(sentence: SentenceMeasure) -> bool:
    return len(sentence.text.split()) <= _FIGURE_WORDS and has_figure(sentence.text)


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    """One finding for all benefits of a kind: the question that they leave open is the same."""
    phrase = same[0][1].phrase
    places = [place(page, sentence, match.start, match.end) for sentence, match in same]
    words = quoted(places[0].quote)
    others = counted(len(places) - 1, "place")
    often = f" (and {others} more like it)" if len(places) > 1 else ""
    if phrase.large:
        message = f"{words}{often} claims a large effect and shows none of it, so a buyer discounts it."
    else:
        message = f"{words}{often} is what every supplier says; without a figure a buyer cannot weigh it."
    return Finding(
        rule=RULE.id,
        severity="warning" if phrase.large else RULE.severity,
        confidence=0.8 if phrase.large else 0.65,
        message=message,
        advice=phrase.ask,
        locations=tuple(places),
    )


RULE = Rule(
    id="vague.unquantified",
    summary="A measurable benefit without a measure.",
    severity="note",
    doc=Doc(
        finds="'Save time', 'faster', 'cut costs', 'more leads' and their like without a figure in the sentence or "
        "beside "
        "it. Where the words claim that the effect is large ('dramatically less', 'massive savings', 'in no time'), "
        "it is "
        "a warning.",
        why="Everyone saves me time. Tell me how many minutes, at which task, and I can work out whether it is "
        "worth it.",
        bad="Close your books dramatically faster and save money.",
        better="Close your books in three days. Our customers took eight before (median of 61 firms, 2025).",
        silent="A figure in the sentence or beside it, a source, sentences that say how it comes about, questions, "
        "customers' words, articles.",
    ),
    check=_check,
)
