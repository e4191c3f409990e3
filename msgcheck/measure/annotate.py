"""Documents, calls and the positioning, read by the language layer in few large batches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgcheck.language.values import Language
from msgcheck.measure.clarity import known_terms, opening_text, read_for
from msgcheck.measure.values import AnnotatedCall, AnnotatedPage, AnnotatedPositioning
from msgcheck.model import Call, Document, Positioning


def annotate_pages(
    documents: Sequence[Document], language: Language, positioning: Positioning | None = None
) -> tuple[AnnotatedPage, ...]:
    """All pages in one batch: text that pages share is read once. Terms that the agreed buyers know do not confuse."""
    passages = iter(
        language.annotate([block.text if block.is_copy else "" for doc in documents for block in doc.blocks])
    )
    openings = [opening_text(document) for document in documents]
    vectors = language.embed(openings)
    readings = read_for(openings, known_terms(positioning), language)
    return tuple(
        AnnotatedPage(document, tuple(islice(passages, len(document.blocks))), opening, vector, reading)
        for document, opening, vector, reading in zip(documents, openings, vectors, readings, strict=True)
    )


def annotate_calls(calls: Sequence[Call], language: Language) -> tuple[AnnotatedCall, ...]:
    """All calls in one batch, each turn split into sentences and also read as a whole."""
    texts = [turn.text for call in calls for turn in call.turns]
    passages = iter(language.annotate(texts))
    vectors = language.embed(texts)
    annotated, first = [], 0
    for call in calls:
        last = first + len(call.turns)
        annotated.append(AnnotatedCall(call, tuple(islice(passages, len(call.turns))), vectors[first:last]))
        first = last
    return tuple(annotated)


def annotate_positioning(positioning: Positioning, language: Language) -> AnnotatedPositioning:
    """The parts of the positioning, each embedded as a reader would meet it."""
    messages = [message.text for message in positioning.messages]
    facts = [fact.text for fact in positioning.facts]
    category = [positioning.category] if positioning.category else []
    return AnnotatedPositioning(
        positioning=positioning,
        messages=tuple(language.annotate(messages)),
        facts=tuple(language.annotate(facts)),
        message_vectors=language.embed(messages),
        fact_vectors=language.embed(facts),
        categories=language.embed([*category, *positioning.category_aliases]),
        not_categories=language.embed(positioning.not_categories),
        audiences=language.embed([audience.name for audience in positioning.audiences]),
        needs=language.embed([audience.needs or audience.name for audience in positioning.audiences]),
        statement=language.embed([positioning.statement] if positioning.statement else []),
    )
