"""All measures of one page, in the order in which they build on one another."""

from __future__ import annotations

from msgcheck.measure.audience import measure_audiences
from msgcheck.measure.category import CategoryFrame, guess_categories, measure_categories
from msgcheck.measure.clarity import measure_clarity
from msgcheck.measure.distance import page_meaning
from msgcheck.measure.facts import measure_conflicts, site_statements
from msgcheck.measure.messages import alignment, measure_messages
from msgcheck.measure.metrics import count_words, measure_metrics
from msgcheck.measure.offmessage import measure_unsupported
from msgcheck.measure.sentences import measure_sentences
from msgcheck.measure.terms import measure_terms
from msgcheck.measure.values import AnnotatedPage, AnnotatedPositioning, PageMeasures


def measure_page(page: AnnotatedPage, positioning: AnnotatedPositioning | None, frame: CategoryFrame) -> PageMeasures:
    """Measure a page; what needs a positioning is empty without one."""
    agreed = positioning.positioning if positioning else None
    sentences = measure_sentences(page, agreed)
    clarity, confusion = measure_clarity(page, sentences, agreed)
    aligned = alignment(sentences, positioning) if positioning else None
    return PageMeasures(
        document=page.document,
        sentences=sentences,
        words=count_words(page.document),
        clarity=clarity,
        confusion=confusion,
        metrics=measure_metrics(page.document, sentences, aligned),
        messages=measure_messages(sentences, positioning) if positioning else (),
        categories=measure_categories(page, positioning) if positioning else (),
        category_guess=guess_categories(page, frame),
        audiences=measure_audiences(page, positioning) if positioning else (),
        conflicts=measure_conflicts(sentences, positioning) if positioning else (),
        unsupported=measure_unsupported(sentences, positioning) if positioning else (),
        terms=measure_terms(page, agreed) if agreed else (),
        statements=site_statements(sentences) if positioning else (),
        meaning=page_meaning(sentences, positioning),
        opening=page.opening,
    )
