"""Rule jargon.undefined-acronym: a short form that the page never spells out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgcheck.measure.acronyms import Acronym, expansions, find_acronyms, is_everyday
from msgcheck.measure.questions import asked_meaning, recalls_page
from msgcheck.measure.values import PageMeasures, SentenceMeasure
from msgcheck.model import Finding
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.phrases import elsewhere, own_names, place, voiced

_Use = tuple[SentenceMeasure, Acronym]
#: After a proper name, or before a number, capitals are part of a name or code: 'Jabra SE', 'ISO 27001', 'SOC 2'.
_NUMBERED = re.compile(r"^[\s-]?\d")
_NAME_AFTER = re.compile(r"^(?:,| and| or| &)\s+[A-Z][a-z]{2,}")
_NAME_BEFORE = re.compile(r"\s[A-Z][a-z]{2,}(?:,| and| or|, and|, or| &)\s+$")
_EXPLAINED = re.compile(
    r"^s?[”\"’']?\s*(?:\(|, (?:a|an|the|or|which|short for|i\.e\.|that is)\b|(?:means|stands for|is "
    r"(?:a|an|the|short))\b)"
)


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    known = _known(page, context)
    for _, sentence in voiced(page, context):
        if sentence.role == "caption":
            continue
        for acronym in find_acronyms(sentence.text):
            if acronym.form.upper() not in known and not is_everyday(acronym.form):
                uses[acronym.form.upper()].append((sentence, acronym))
    explained = _explained(page, uses)
    for form, same in uses.items():
        if form not in explained and not any(_is_named(sentence, acronym) for sentence, acronym in same):
            yield _finding(page, same)


def _known(page: PageMeasures, context: Context) -> set[str]:
    """Forms that buyers know: agreed ones, names, and what prospects say on calls without asking."""
    agreed = context.positioning
    terms = list(own_names(page, context))
    if agreed:
        terms += [*agreed.vocabulary.known, agreed.category, *agreed.category_aliases]
        terms += [text for preferred, _ in agreed.vocabulary.prefer for text in (preferred,)]
        terms += [audience.name for audience in agreed.audiences]
    words = {word.upper() for term in terms for word in re.findall(r"\w+", term)}
    return words | {word.removesuffix("S") for word in words} | _said_by_buyers(context)


@lru_cache(maxsize=2)
def _said_by_buyers(context: Context) -> frozenset[str]:
    """Short forms in prospects' turns, but for those that somebody asked the meaning of."""
    said: set[str] = set()
    asked: set[str] = set()
    for measures in context.calls.calls:
        asked |= {word.upper() for moment in measures.moments for word in re.findall(r"\w+", moment.term)}
        for turn in measures.call.turns:
            role = measures.call.role_of(turn.speaker)
            if turn.note or role == "rep":
                continue
            asked |= {word.upper() for term in asked_meaning(turn.text) for word in re.findall(r"\w+", term)}
            if role == "prospect" and not recalls_page(turn.text):
                said |= {acronym.form.upper() for acronym in find_acronyms(turn.text)}
    return frozenset(said - asked)


def _explained(page: PageMeasures, uses: dict[str, list[_Use]]) -> set[str]:
    texts = [block.text for _, block in page.document.copy()]
    found = set(expansions(uses, texts)) | _words_too(uses, texts)
    for form, same in uses.items():
        if any(_EXPLAINED.match(sentence.text[acronym.end :]) for sentence, acronym in same):
            found.add(form)
    return found


def _words_too(forms: Iterable[str], texts: list[str]) -> set[str]:
    """Forms that are words: the page writes them in small letters too ('DEBUG', 'debugging')."""
    small = {word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text)}
    return {form for form in forms if len(form) >= 4 and any(word.startswith(form.lower()) for word in small)}


def _is_named(sentence: SentenceMeasure, acronym: Acronym) -> bool:
    """Whether the letters are part of a name or code ('ISO 27001'), or stand in a list of names ('Gusto, ADP "
    "or Xero')."""
    before, after = sentence.text[: acronym.start], sentence.text[acronym.end :]
    return any(
        pattern is not None
        for pattern in (_NUMBERED.match(after), _NAME_AFTER.match(after), _NAME_BEFORE.search(before))
    )


def _finding(page: PageMeasures, same: list[_Use]) -> Finding:
    sentence, acronym = same[0]
    often = elsewhere(len(same), 1)
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=0.8,
        message=f"The page never says what “{acronym.form}” stands for{often}; a buyer from outside your "
        f"field stops here.",
        advice=f"Spell it out the first time, with the letters after it in brackets: “… ({acronym.form})”.",
        locations=(place(page, sentence, acronym.start, acronym.end),),
    )


RULE = Rule(
    id="jargon.undefined-acronym",
    summary="A short form that the page never spells out.",
    severity="warning",
    doc=Doc(
        finds="Short forms in capitals whose words do not stand on the page, in either order.",
        why="I do not know these letters, and I will not look silly by asking. I assume that the page is not for me.",
        bad="Works with every TMS and any 3PL.",
        better="Works with every transport management system (TMS) and with outside warehouses.",
        silent="Forms that everybody knows (PDF, VAT, CEO), units, norms with a number (ISO 9001), headings "
        "in capitals, "
        "names, what the positioning lists as known, and what buyers say on calls without asking.",
    ),
    check=_check,
)
