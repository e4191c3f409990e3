"""The figures that sum up a page's wording."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgcheck.measure.readability import reading_grade
from msgcheck.measure.values import SentenceMeasure
from msgcheck.model import UNSEEN, Document, Metrics

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
#: From here on a sentence counts as vague or as a claim: the middle of the scale on which annotators marked it.
HALF = 0.5
#: Fewer words than this are a label, not a sentence whose length says how hard a text is to read.
_SHORTEST = 4


def count_words(document: Document) -> int:
    """The words of the page's copy that a reader sees."""
    return sum(_words(block.text) for _, block in document.copy() if block.role not in UNSEEN)


def measure_metrics(document: Document, sentences: Sequence[SentenceMeasure], alignment: float | None) -> Metrics:
    """Units as in `model.Metrics`; `alignment` is passed through."""
    seen = [sentence for sentence in sentences if sentence.role not in UNSEEN]
    words = sum(_words(sentence.text) for sentence in seen)
    jargon = sum(_words(span.text) for sentence in seen for span in sentence.jargon)
    claims = [sentence for sentence in seen if sentence.company_voice and sentence.claim >= HALF]
    vague = sum(sentence.vagueness >= HALF for sentence in claims)
    kept = count_words(document)
    return Metrics(
        jargon_per_100_words=100 * jargon / words if words else 0.0,
        vague_share=vague / len(claims) if claims else 0.0,
        alignment=alignment,
        reading_grade=reading_grade(text for text in (s.text for s in seen) if _words(text) >= _SHORTEST),
        words_kept_share=min(1.0, kept / document.visible_words) if document.visible_words else 0.0,
    )


def _words(text: str) -> int:
    return len(_WORD.findall(text))
