"""The sentences of a page's copy, each with how vague it is, whether it is a claim, and which words are jargon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgcheck.language.values import Sentence
from msgcheck.measure.jargon import find_jargon
from msgcheck.measure.values import AnnotatedPage, SentenceMeasure
from msgcheck.model import Block, JargonSpan, Positioning

#: A passage between quotation marks, perhaps with the speaker's name after it.
_QUOTED = re.compile(r"""^\s*[“"«](?P<said>[^”"»]{12,})[”"»]?\s*(?:[-–—~|,]?\s*[^.!?]{0,80})?$""")
_OPEN_QUOTE = re.compile(r"[“«]")
_CLOSED_QUOTE = re.compile(r"[”»]")


def measure_sentences(page: AnnotatedPage, positioning: Positioning | None) -> tuple[SentenceMeasure, ...]:
    """Every sentence of the page's copy (title, description and image texts included), in the order of the page."""
    names = product_names(page.document.names, positioning)
    return tuple(_measured(page, names))


def product_names(given: Iterable[str], positioning: Positioning | None) -> frozenset[str]:
    """The names, in lower case, under which the company and its product go: no word of theirs is jargon."""
    agreed = (positioning.product, *positioning.aliases) if positioning else ()
    return frozenset(name.lower() for name in (*given, *agreed) if name.strip())


def _measured(page: AnnotatedPage, names: frozenset[str]) -> Iterator[SentenceMeasure]:
    for index, block in page.document.copy():
        open_quote = False
        own = block.role != "quote" and _QUOTED.match(block.text) is None
        for sentence in page.passages[index].sentences:
            quoted = open_quote or _begins_quote(sentence.text)
            open_quote = quoted and not _CLOSED_QUOTE.search(sentence.text)
            yield _measure(index, block, sentence, names, company_voice=own and not quoted)


def _measure(
    index: int, block: Block, sentence: Sentence, names: frozenset[str], *, company_voice: bool
) -> SentenceMeasure:
    return SentenceMeasure(
        block=index,
        start=sentence.start,
        end=sentence.end,
        role=block.role,
        section=block.section,
        sentence=sentence,
        vagueness=sentence.vagueness,
        claim=sentence.claim,
        jargon=without_names(find_jargon(sentence), sentence.text, names),
        company_voice=company_voice,
    )


def _begins_quote(text: str) -> bool:
    """Whether the sentence begins somebody's speech: a quotation mark opens it, and more than a term stands inside."""
    opened = _OPEN_QUOTE.match(text)
    if opened is None:
        return False
    closed = _CLOSED_QUOTE.search(text)
    inside = text[1 : closed.start()] if closed else text[1:]
    return len(inside.split()) > 4


def without_names(spans: Sequence[JargonSpan], text: str, names: frozenset[str]) -> tuple[JargonSpan, ...]:
    """The spans that are not (part of) the name of the company or its product."""
    lower = text.lower()
    taken = [match.span() for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", lower)]
    return tuple(span for span in spans if not any(start <= span.start and span.end <= end for start, end in taken))
