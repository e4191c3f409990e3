"""What a first-time reader can say of a page after its opening: what is sold, for whom, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgcheck.language.cues import audience_spans, benefit_spans, meant_spans
from msgcheck.language.openings import settle
from msgcheck.language.values import Language, OpeningReading
from msgcheck.measure.values import AnnotatedPage, SentenceMeasure
from msgcheck.model import Clarity, Document, Evidence, Positioning

#: The readers whose judgement the head learnt saw the tab title, the headline and about 90 words; evidence, and what a
#: page reads as, may stand a little further down.
OPENING_WORDS = 150
#: Stands for the product's and company's name, which the readers did not see either.
_HIDDEN_NAME = "the product"
#: Stands for a term that the agreed buyers know.
_KNOWN_TERM = "software"
#: Below this a slot counts as not even hinted at, and no words are quoted for it (readers' mean under 2.4 of 5).
_HINTED = 0.35
#: How much a sentence's place counts against its being the one that tells what is sold, a sentence further down.
_LATER = 0.08
#: How much it counts in favour to be the title or the headline, where things are named.
_NAMED = 0.3
#: Fewer words than this are a label.
_SHORTEST = 3
#: 'Software for bakeries', 'built for night shifts': whatever stands there is whom it is for.
_BUILT_FOR = re.compile(
    r"\b(?:software|app|platform|tools?|system|services?|agency|solutions?|built|made|designed|ideal|perfect)\s+for\s+"
    r"(?P<who>(?!(?:you|your|our|the|an?|any|all|every|each|better|best|modern|this|that|more)\b)"
    r"[\w'’&-]+(?:\s+(?!(?:with|who|that|to|in|on|from|at|by|without|so)\b)[\w'’&-]+){0,3})",
    re.IGNORECASE,
)
_NOT_THEM = re.compile(r"\b(?:you|your|our|we|improved|better)\b", re.IGNORECASE)
_ROLES = frozenset({"hero", "body", "list-item", "table", "caption", "quote", "cta"})


def opening_text(document: Document) -> str:
    """Tab title, headline, and the first words of copy under it, with the product's names hidden."""
    parts = [document.title, *_opening_blocks(document)]
    text = " ".join(part if re.search(r"[.!?:]$", part) else f"{part}." for part in parts if part)
    for name in sorted(document.names, key=len, reverse=True):
        text = re.sub(rf"(?:\b[Tt]he )?(?<!\w){re.escape(name)}(?!\w)", _HIDDEN_NAME, text)
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


def known_terms(positioning: Positioning | None) -> tuple[str, ...]:
    """The terms that the agreed buyers know: the vocabulary's list, and the category under all its names."""
    if positioning is None:
        return ()
    terms = (*positioning.vocabulary.known, positioning.category, *positioning.category_aliases)
    return tuple(sorted({term for term in terms if term.strip()}, key=lambda term: (-len(term), term)))


def read_for(openings: Sequence[str], known: Sequence[str], language: Language) -> list[OpeningReading]:
    """How clear each opening is to readers who know some terms: read as it stands and with a plain word in the place
    of each, the clearer of the two."""
    term = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in known) or "(?!)", re.IGNORECASE)
    plain = [term.sub(_KNOWN_TERM, opening) for opening in openings]
    readings = language.read_openings([*openings, *plain])
    pairs = zip(readings[: len(openings)], readings[len(openings) :], strict=True)
    return [
        settle(min(a.confusion, b.confusion), max(a.who, b.who), max(a.why, b.why)) if a != b else a for a, b in pairs
    ]


def measure_clarity(
    page: AnnotatedPage, sentences: Sequence[SentenceMeasure], positioning: Positioning | None
) -> tuple[Clarity, float]:
    """Clarity by slot, each with the words that answer it, and the page's confusion (0..1).

    The numbers are the trained head's. The words are: the plainest early claim (what); an agreed audience's name, the
    words after 'for' and its like, or a role or trade that is named (who); the plainest claim that speaks of a result
    (why). None stands where no such words were found.
    """
    reading = page.reading
    opening = list(_opening_sentences(page, sentences))
    clarity = Clarity(
        what=reading.what,
        who=reading.who,
        why=reading.why,
        what_evidence=_what(opening) if reading.what >= _HINTED else None,
        who_evidence=_who(opening, positioning) if reading.who >= _HINTED else None,
        why_evidence=_why(opening) if reading.why >= _HINTED else None,
    )
    return clarity, reading.confusion


def _opening_sentences(page: AnnotatedPage, sentences: Sequence[SentenceMeasure]) -> Iterator[SentenceMeasure]:
    """Tab title first, then the copy from the headline on, without buttons."""
    by_block: dict[int, list[SentenceMeasure]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    title = [index for index, block in enumerate(page.document.blocks) if block.role == "title"]
    words = 0
    for index in (*title, *opening_indices(page.document)):
        for sentence in by_block.get(index, ()):
            if words >= OPENING_WORDS:
                return
            words += len(sentence.text.split())
            if sentence.role != "cta":
                yield sentence


def _what(opening: Sequence[SentenceMeasure]) -> Evidence | None:
    said = [sentence for sentence in opening if len(sentence.text.split()) >= _SHORTEST]
    ranked = [
        0.4 * sentence.claim - sentence.vagueness - _LATER * place + _NAMED * (sentence.role in ("title", "heading-1"))
        for place, sentence in enumerate(said)
    ]
    return _evidence(said[ranked.index(max(ranked))]) if said else None


def _who(opening: Sequence[SentenceMeasure], positioning: Positioning | None) -> Evidence | None:
    names = [audience.name for audience in positioning.audiences] if positioning else []
    agreed = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) or "(?!)", re.IGNORECASE)
    for find in (lambda text: [match.span() for match in agreed.finditer(text)], _built_for, _meant, _named):
        for sentence in opening:
            if spans := find(sentence.text):
                return _evidence(sentence, *spans[0])
    return None


def _built_for(text: str) -> list[tuple[int, int]]:
    return [match.span("who") for match in _BUILT_FOR.finditer(text)]


def _meant(text: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end in meant_spans(text) if not _NOT_THEM.search(text[start:end])]


def _named(text: str) -> list[tuple[int, int]]:
    """Roles and trades in the plural: one alone ('store', 'university') is more often a verb or the company itself."""
    return [(start, end) for start, end in audience_spans(text) if text[:end].endswith("s")]


def _why(opening: Sequence[SentenceMeasure]) -> Evidence | None:
    results = [
        sentence
        for sentence in opening
        if len(sentence.text.split()) > _SHORTEST and sentence.role != "title" and benefit_spans(sentence.text)
    ]
    best = max(results, key=_plainness, default=None)
    return _evidence(best) if best else None


def _plainness(sentence: SentenceMeasure) -> float:
    return sentence.claim - sentence.vagueness


def _evidence(sentence: SentenceMeasure, start: int = 0, end: int | None = None) -> Evidence:
    stop = len(sentence.text) if end is None else end
    return Evidence(sentence.block, sentence.start + start, sentence.start + stop, sentence.text[start:stop])
