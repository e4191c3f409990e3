"""What an agreed fact rules out in so many words: a charge, other integrations, a start without what is needed, keeping
data, doing at once what takes its time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgcheck.measure.lexical import content, rarity
from msgcheck.measure.quantities import agree, quantities
from msgcheck.measure.statements import against_fact
from msgcheck.measure.values import Conflict, SentenceMeasure

#: The reading is of set phrases, not of meaning; these confidences are judgements, not measurements.
_SURE, _LIKELY = 0.85, 0.7

_NO_CHARGE = re.compile(
    r"\b(?:no|without (?:an?|any)|never (?:an?|any))\s+(?P<before>[\w-]+(?:\s[\w-]+)?\s)?(?:fees?|charges?|costs?)\b"
    r"(?:\s(?:per|for(?:\s(?:an?|the|your))?)\s(?P<per>[\w-]+))?",
    re.IGNORECASE,
)
#: Names for the work of getting a customer going, for which vendors charge once.
_STARTING = frozenset(content("set-up setup onboarding implementation installation activation migration"))
_PER = re.compile(r"\s?(?:/|per|for (?:each|every)|each|an?)\s?(?P<per>[\w-]+)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!?]\s")

_ENDS_A_LIST = re.compile(
    r"\bno other\b|\bnothing else\b|\bonly (?:these|those|the (?:two|three|four|five|six|seven|eight|nine|ten))\b",
    re.IGNORECASE,
)
_WORD = r"[\w&+/-]*(?:\.\w+)*"
_NAME = rf"[A-Z]{_WORD}(?:\s[A-Z0-9]{_WORD}){{0,3}}"
_NAMES = re.compile(rf"{_NAME}(?:,\s(?:and\s|or\s)?{_NAME})*,?\s(?:and|or)\s{_NAME}")
_ITEM = re.compile(_NAME)
_LISTED = frozenset({"list-item", "table", "caption", "alt"})

_NEEDS = re.compile(r"\b(?:needs?|requires?|must have)\s+(?!no\b)(?P<what>[^.;]+)", re.IGNORECASE)
_NOT_NEEDED = re.compile(
    r"\bno\s(?P<what>[\w-]+(?:\s[\w-]+){0,2}?)(?:\?\W*no problem|\s(?:is\s|are\s)?(?:needed|required|necessary))\b",
    re.IGNORECASE,
)

_KEEPS_NONE = re.compile(
    r"\b(?:(?:stores?|keeps?|retains?|saves?|holds?) no|(?:does not|doesn't|do not|don't|never) "
    r"(?:stores?|keeps?|retains?|saves?|holds?))\s(?P<what>[^.;,]+)",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\b(?:stor(?:es?|ed|age)|keeps?|kept|retains?|retained|retention|saves?|saved|holds?|held)\b", re.IGNORECASE
)

_LATER = re.compile(
    r"\b(?:overnight|nightly|(?:every|each) night|in (?:nightly |daily )?batches|"
    r"the (?:next|following) (?:day|morning)|"
    r"once an? (?:day|week|month))\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:(?:in )?real[- ]time|instant(?:ly|aneously)?|immediately|on the fly|in seconds|within seconds|"
    r"as (?:it|they) happens?|the (?:moment|second|minute|instant) (?:it|they)\s\w+)\b",
    re.IGNORECASE,
)
#: So many words of weight must an immediate claim share with the fact that times the same thing later.
_SAME_WORK = 2
_TELLING = 0.2


def constraint_conflicts(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """The places of a page that a fact rules out, whatever the closeness of their wording."""
    yield from _charges(fact, text, sentences)
    yield from _others(fact, text, sentences)
    yield from _done_without(fact, text, sentences)
    yield from _kept(fact, text, sentences)
    yield from _at_once(fact, text, sentences)


def _charges(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """A price for what the fact says costs nothing ('no set-up fee', 'no fee per location')."""
    denied = list(_NO_CHARGE.finditer(text))
    if not denied:
        return
    starting = any(set(content(found["before"] or found["per"] or "")) & _STARTING for found in denied)
    per = {found["per"].lower().rstrip("s") for found in denied if found["per"]}
    agreed = quantities(text)
    for item in _own(sentences):
        for amount in quantities(item.text):
            if amount.kind != "money" or amount.high == 0 or any(agree(amount, own) for own in agreed):
                continue
            lead = _SENTENCE_END.split(item.text[: amount.start])[-1]
            head = _PER.match(item.text, amount.end)
            if amount.per in per or (head and head["per"].lower().rstrip("s") in per):
                end = head.end() if head and not amount.per else amount.end
                yield against_fact(item, amount.start, end, fact, text, _SURE)
            elif starting and set(content(lead)) & _STARTING:
                yield against_fact(item, amount.start, amount.end, fact, text, _SURE)


def _others(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """A name that stands in a list with those of a fact which says that there are no others."""
    if not _ENDS_A_LIST.search(text):
        return
    agreed = {name.group() for listed in _NAMES.finditer(text) for name in _ITEM.finditer(listed.group())}
    if len(agreed) < 2:
        return
    for item in _own(sentences):
        for listed in _NAMES.finditer(item.text):
            names = list(_ITEM.finditer(listed.group()))
            if sum(name.group() in agreed for name in names) >= 2:
                for name in names:
                    if name.group() not in agreed:
                        start = listed.start() + name.start()
                        yield against_fact(item, start, start + len(name.group()), fact, text, _SURE)
    for _, together in groupby(_own(sentences), key=lambda item: (item.section, item.role)):
        items = [item for item in together if item.role in _LISTED and _ITEM.fullmatch(item.text)]
        if sum(item.text in agreed for item in items) >= 2:
            yield from (
                against_fact(item, 0, len(item.text), fact, text, _SURE) for item in items if item.text not in agreed
            )


def _done_without(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """'No history? No problem.' where the fact says that history is needed."""
    needed = {key for found in _NEEDS.finditer(text) for key in content(found["what"])}
    if not needed:
        return
    for _, together in groupby(_own(sentences), key=lambda item: item.block):
        block = list(together)
        for item, following in zip(block, [*block[1:], None], strict=True):
            said = f"{item.text} {following.text}" if following is not None else item.text
            found = _NOT_NEEDED.search(said)
            if found and found.start() < len(item.text) and needed.issuperset(content(found["what"]) or ["?"]):
                yield against_fact(item, found.start(), min(found.end(), len(item.text)), fact, text, _LIKELY)


def _kept(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """'90 days of logs are kept' where the fact says that no logs are."""
    none = {key for found in _KEEPS_NONE.finditer(text) for key in content(found["what"])}
    for item in _own(sentences):
        keeping = _KEEPS.search(item.text) if none and not _KEEPS_NONE.search(item.text) else None
        times = [amount for amount in quantities(item.text) if amount.kind == "duration"]
        if keeping and times and none & set(content(item.text)):
            start, end = min(keeping.start(), times[0].start), max(keeping.end(), times[0].end)
            yield against_fact(item, start, end, fact, text, _SURE)


def _at_once(fact: str, text: str, sentences: Sequence[SentenceMeasure]) -> Iterator[Conflict]:
    """'The moment it closes' where the fact says 'overnight'."""
    if not _LATER.search(text) or _AT_ONCE.search(text):
        return
    timed = {key for key in content(text) if rarity(key) > _TELLING}
    for item in _own(sentences):
        found = _AT_ONCE.search(item.text)
        if found and not _LATER.search(item.text) and len(timed & set(content(item.text))) >= _SAME_WORK:
            yield against_fact(item, found.start(), found.end(), fact, text, _SURE)


def _own(sentences: Sequence[SentenceMeasure]) -> list[SentenceMeasure]:
    return [item for item in sentences if item.company_voice and item.role != "cta"]
