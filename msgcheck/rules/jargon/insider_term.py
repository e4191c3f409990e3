"""Rule jargon.insider-term: a technical term that the page does not explain and the buyers do not use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.measure.acronyms import find_acronyms
from msgcheck.measure.lexical import content, is_stop, words
from msgcheck.measure.stacks import find_stacks
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding, JargonSpan
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted
from msgcheck.rules.known import is_explained, is_known
from msgcheck.rules.phrases import elsewhere, is_article, place, quoted, voiced

#: Annotators mark 81 in 100 of such words too, on pages that the weights did not see (November 2026, `python -m
#: msgcheck.training.wording --gold DIR --readings FILE`).
_SURE = 0.9
#: Words of general English that this many times in a billion write (Zipf scale of wordfreq) stop nobody by themselves.
_COMMON = 4.2
#: A page with more unexplained terms than this is written for insiders: that is one finding, not many.
_MANY = 4
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    uses: tuple[tuple[SentenceMeasure, JargonSpan], ...]


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    if is_article(page):
        return
    terms = list(_terms(page, context))
    if len(terms) > _MANY:
        yield _for_insiders(page, terms)
    else:
        yield from (_finding(page, term) for term in terms)


def _terms(page: PageMeasures, context: Context) -> Iterator[_Term]:
    uses: dict[str, list[tuple[SentenceMeasure, JargonSpan]]] = defaultdict(list)
    for _, sentence in voiced(page, context):
        for span in sentence.jargon:
            if span.kind == "insider" and span.source == "head" and span.score >= _SURE and _is_term(sentence, span):
                uses[span.text.lower()].append((sentence, span))
    seen: list[set[str]] = []
    for same in uses.values():
        text = same[0][1].text
        stems = set(content(text))
        repeated = any(stems <= earlier or earlier <= stems for earlier in seen)
        if not repeated and not is_known(text, page, context) and not is_explained(text, page):
            seen.append(stems)
            yield _Term(text, tuple(same))


def _is_term(sentence: SentenceMeasure, span: JargonSpan) -> bool:
    """Whether the words are a term that could stop a reader; short forms and stacks have rules of their own."""
    inside = [word for word in words(span.text) if not is_stop(word)]
    if not inside or any(stack.start < span.end and span.start < stack.end for stack in find_stacks(sentence.sentence)):
        return False
    if any(acronym.start < span.end and span.start < acronym.end for acronym in find_acronyms(sentence.text)):
        return False
    return not _is_name(sentence.text, span) and (len(inside) > 1 or _frequency(inside[0]) < _COMMON)


def _is_name(text: str, span: JargonSpan) -> bool:
    """Whether every word is written as names are: with a capital within the sentence, or all in capitals."""
    return all(word[0].isupper() if span.start else word.isupper() for word in words(span.text) if word.isalpha())


def _frequency(word: str) -> float:
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word.lower(), "en"))


def _finding(page: PageMeasures, term: _Term) -> Finding:
    sentence, span = term.uses[0]
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=round(min(0.9, span.score), 3),
        message=f"{quoted(span.text)}{elsewhere(len(term.uses), 1)} is a trade term that this page does not "
        f"explain: a buyer "
        f"from outside the trade stops here.",
        advice="Explain it where it first stands (“…, that is …”), or say what it does. If your buyers do know it, "
        "list it "
        "under `vocabulary: known`.",
        locations=(place(page, sentence, span.start, span.end),),
    )


def _for_insiders(page: PageMeasures, terms: Sequence[_Term]) -> Finding:
    """One finding for a page that is full of trade terms, with the place of each."""
    places = [place(page, sentence, span.start, span.end) for term in terms for sentence, span in term.uses[:1]]
    shown = ", ".join(quoted(term.text) for term in terms[:_SHOWN])
    others = counted(len(terms) - _SHOWN, "other")
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"This page is written for insiders: {shown} and {others} stand here unexplained.",
        advice="Explain each where it first stands, or say what it does. Those that your buyers know belong under "
        "`vocabulary: known`.",
        locations=tuple(places),
    )


RULE = Rule(
    id="jargon.insider-term",
    summary="A technical term that the page does not explain.",
    severity="warning",
    doc=Doc(
        finds="Technical terms, rare in general English, that stand on the page without an explanation. A page with "
        "more "
        "than four of them gets one finding that lists them.",
        why="I do not know the word. I could look it up, but I go on to a supplier who says what it does.",
        bad="Idempotent webhooks with exponential backoff.",
        better="Each order reaches your stock system once, even when the line breaks down in between.",
        silent="An explanation nearby ('…, a list of …', '(…)', 'that is', 'means'), terms that the positioning "
        "lists as known "
        "or its audiences are called by, terms that buyers use on calls, names, everyday words, articles.",
    ),
    check=_check,
)
