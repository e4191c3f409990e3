"""What a first-time reader can say of a page after its opening: what is sold, for whom, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.measure.values import AnnotatedPage, SentenceMeasure
from msgcheck.model import Clarity, Document, Evidence, Positioning

#: The readers whose judgement the head learnt saw the tab title, the headline and about 90 words; a little more lets
#: the head see what they were about to learn.
OPENING_WORDS = 150
#: Stands for the product's and company's name, which the readers did not see either.
_HIDDEN_NAME = "the product"
#: Below this a slot counts as not answered, and no words are quoted for it (readers' mean under 3 of 5).
_ANSWERED = 0.5
_ROLES = frozenset({"hero", "body", "list-item", "table", "caption", "quote", "cta"})
_FOR_WHOM = re.compile(
    r"\b(?:built|made|designed|created|ideal|perfect|tailored)?\s*\b(?:for|helps?|enables?|lets?|gives?)\s+"
    r"((?!you\b|your\b|free\b|it\b|this\b|that\b|a\b|more\b|the\b)[\w'’-]+(?:[ ,]+(?!to\b|who\b|that\b)[\w'’-]+){0,7})",
    re.IGNORECASE,
)


def opening_text(document: Document) -> str:
    """Tab title, headline, and the first words of copy under it, with the product's names hidden."""
    parts = [document.title, *_opening_blocks(document)]
    text = " ".join(part if re.search(r"[.!?:]$", part) else f"{part}." for part in parts if part)
    for name in sorted(document.names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _HIDDEN_NAME, text)
    return text


def _opening_blocks(document: Document) -> Iterator[str]:
    words = 0
    for index in opening_indices(document):
        text = document.blocks[index].text
        left = OPENING_WORDS - words
        if left <= 0:
            return
        kept = text.split()[:left]
        words += len(kept)
        yield " ".join(kept)


def opening_indices(document: Document) -> Iterator[int]:
    """Blocks in the order in which a first-time reader meets them: from the main headline on."""
    headline = next((i for i, block in enumerate(document.blocks) if block.role == "heading-1"), 0)
    for index in range(headline, len(document.blocks)):
        block = document.blocks[index]
        if block.role in _ROLES or block.role.startswith("heading"):
            yield index


def measure_clarity(
    page: AnnotatedPage, sentences: Sequence[SentenceMeasure], positioning: Positioning | None
) -> tuple[Clarity, float]:
    """Clarity by slot, each with the words that answer it, and the page's confusion (0..1).

    The numbers are the trained head's; the words are the opening's least vague claim (what), the words after
    'for' and its like or an agreed audience's name (who), and the claim that speaks of a result (why).
    """
    reading = page.reading
    opening = list(_opening_sentences(page, sentences))
    clarity = Clarity(
        what=reading.what,
        who=reading.who,
        why=reading.why,
        what_evidence=_what(opening) if reading.what >= _ANSWERED else None,
        who_evidence=_who(opening, positioning) if reading.who >= _ANSWERED else None,
        why_evidence=_why(opening) if reading.why >= _ANSWERED else None,
    )
    return clarity, reading.confusion


def _opening_sentences(page: AnnotatedPage, sentences: Sequence[SentenceMeasure]) -> Iterator[SentenceMeasure]:
    by_block: dict[int, list[SentenceMeasure]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    words = 0
    for index in opening_indices(page.document):
        for sentence in by_block.get(index, ()):
            if words >= OPENING_WORDS:
                return
            words += len(sentence.text.split())
            yield sentence


def _what(opening: Sequence[SentenceMeasure]) -> Evidence | None:
    said = [sentence for sentence in opening if sentence.role != "cta"]
    best = max(said, key=lambda sentence: sentence.claim - sentence.vagueness, default=None)
    return _evidence(best) if best else None


def _who(opening: Sequence[SentenceMeasure], positioning: Positioning | None) -> Evidence | None:
    names = [audience.name.lower() for audience in positioning.audiences] if positioning else []
    for sentence in opening:
        lower = sentence.text.lower()
        for name in names:
            if (place := lower.find(name)) >= 0:
                return _evidence(sentence, place, place + len(name))
    for sentence in opening:
        if (match := _FOR_WHOM.search(sentence.text)) is not None:
            return _evidence(sentence, *match.span(1))
    return None


_RESULT = re.compile(
    r"\b(?:so (?:that )?you|without|save|saves|cut|cuts|reduce|reduces|faster|fewer|less|more|instead of|stop|"
    r"avoid|avoids|prevent|prevents|increase|grow|win|keep|know|see|find|get)\b",
    re.IGNORECASE,
)


def _why(opening: Sequence[SentenceMeasure]) -> Evidence | None:
    results = [sentence for sentence in opening if sentence.role != "cta" and _RESULT.search(sentence.text)]
    best = max(results, key=lambda sentence: sentence.claim - sentence.vagueness, default=None)
    return _evidence(best) if best else None


def _evidence(sentence: SentenceMeasure, start: int = 0, end: int | None = None) -> Evidence:
    stop = len(sentence.text) if end is None else end
    return Evidence(sentence.block, sentence.start + start, sentence.start + stop, sentence.text[start:stop])
