"""Rule vague.self-centred: a page that speaks of the company far more than of the buyer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.measure.pagekind import is_about
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding, Location
from msgcheck.rules.base import Context, Doc, Rule, whole
from msgcheck.rules.phrases import is_article, place, voiced

# Calibrated in November 2026 by counting on 116 pages of other companies: of the 54 that have _SHORTEST words and speak
# of themselves _OFTEN times, the middle page says 'we' as often as 'you', and three say it _TIMES as often.
_OURSELVES = re.compile(r"\b(?:we|us|our|ours|ourselves)\b|\bwe['’](?:re|ve|ll|d)\b", re.IGNORECASE)
_BUYER = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
#: 'US' is a country.
_COUNTRY = re.compile(r"\bUS\b")
_SHORTEST, _OFTEN, _TIMES = 150, 10, 3.0
_CLAIM = 0.5


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if page.words < _SHORTEST or is_article(page) or is_about(page.document.key):
        return
    sentences = [sentence for _, sentence in voiced(page, context)]
    ours = sum(_count(_OURSELVES, sentence) for sentence in sentences)
    yours = sum(_count(_BUYER, sentence) for sentence in sentences)
    if ours >= _OFTEN and ours >= _TIMES * max(1, yours):
        yield _finding(page, sentences, ours, yours)


def _count(words: re.Pattern[str], sentence: SentenceMeasure) -> int:
    return len(words.findall(_COUNTRY.sub("", sentence.text)))


def _finding(page: PageMeasures, sentences: list[SentenceMeasure], ours: int, yours: int) -> Finding:
    buyer = f"“you” or “your” {yours} times" if yours else "“you” not once"
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.7,
        message=f"This page says “we”, “us” or “our” {ours} times and {buyer}: a buyer looks for their own job and "
        f"finds yours.",
        advice="Start with what the buyer has to do, and what is easier afterwards; then say how you help.",
        locations=(_densest(page, sentences),),
    )


def _densest(page: PageMeasures, sentences: list[SentenceMeasure]) -> Location:
    """The sentence that speaks of the company most, claims first: customers speak of themselves as well."""
    most = max(sentences, key=lambda s: (s.claim >= _CLAIM, _count(_OURSELVES, s)), default=None)
    return place(page, most) if most is not None else whole(page.document)


RULE = Rule(
    id="vague.self-centred",
    summary="A page that speaks of the company far more than of the buyer.",
    severity="note",
    doc=Doc(
        finds="Pages of some length on which 'we' and 'our' stand at least three times as often as 'you' and "
        "'your'. It "
        "shows the sentence with most of them.",
        why="I came with a problem. The page tells me how proud you are, and leaves it to me to find out what I get.",
        bad="We are proud of our people. Our engineers built our platform on our own ideas.",
        better="You close the month in three days: the bank lines are matched before you come in.",
        silent="Short pages, pages about the company or its jobs, articles and customer stories, customers' words.",
    ),
    check=_check,
)
