"""The finished report: measures and findings, sorted and rounded, ready for any renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from msgcheck import __version__
from msgcheck.language.values import Language
from msgcheck.measure.category import chief_noun
from msgcheck.measure.values import CallMeasures, CategoryUse, PageMeasures, SiteMeaning
from msgcheck.model import (
    SEVERITIES,
    CallReport,
    CategoryGuess,
    CategoryNoun,
    Clarity,
    Clearing,
    Fault,
    Finding,
    JargonSpan,
    MessageCoverage,
    Metrics,
    Misconception,
    Moment,
    PageReport,
    Report,
    Run,
    SentenceReport,
    Skipped,
    Summary,
    Suspect,
    Tool,
)
from msgcheck.packed import Joined, Packed
from msgcheck.rules.base import Context

_DIGITS = 3


def assemble(
    *,
    run: Run,
    language: Language,
    context: Context,
    meaning: SiteMeaning,
    findings: tuple[Finding, ...],
    skipped: Sequence[Skipped],
    faults: Sequence[Fault],
) -> Report:
    """Put the report together; pages keep the context's order (most confusing first)."""
    pages = tuple(_page(page) for page in context.pages)
    return Report(
        tool=Tool(__version__, language.encoder_name, language.nlp_name),
        run=run,
        summary=replace(
            _summary(pages, len(context.calls.calls), findings),
            distance=_known(meaning.distance),
            spread=_known(meaning.spread),
            rep_distance=_known(context.calls.rep_distance),
        ),
        positioning=context.positioning,
        pages=pages,
        sentences=Joined(Packed.of(_sentences(page), SentenceReport) for page in context.pages),
        calls=tuple(_call(call) for call in context.calls.calls),
        misconceptions=tuple(_misconception(found) for found in context.calls.misconceptions),
        clearing=_clearing(context.calls.clearing),
        talk_tracks=context.calls.talk_tracks,
        voice=context.calls.voice,
        calls_trend=tuple(replace(period, clarifying_s=_round(period.clarifying_s)) for period in context.calls.trend),
        findings=findings,
        skipped=tuple(sorted(set(skipped), key=lambda skip: (skip.what, skip.reason))),
        faults=tuple(sorted(set(faults), key=lambda fault: (fault.document, fault.rule, fault.error))),
    )


def _summary(pages: Sequence[PageReport], calls: int, findings: Sequence[Finding]) -> Summary:
    words = sum(page.words for page in pages)
    weighted = sum(page.confusion * page.words for page in pages)
    confusion = _round(weighted / words) if words else 0.0
    return recounted(Summary(len(pages), calls, words, {}, confusion, 0, 0), findings)


def recounted(summary: Summary, findings: Sequence[Finding]) -> Summary:
    """The summary with the counts of these findings."""
    counts = Counter(finding.severity for finding in findings if not finding.suppressed and not finding.baselined)
    return replace(
        summary,
        findings={severity: counts[severity] for severity in SEVERITIES},
        suppressed=sum(finding.suppressed for finding in findings),
        baselined=sum(finding.baselined for finding in findings),
    )


def _page(page: PageMeasures) -> PageReport:
    noun = chief_noun(page.categories)
    return PageReport(
        document=page.document,
        words=page.words,
        confusion=_round(page.confusion),
        clarity=_clarity(page.clarity),
        category_guess=tuple(CategoryGuess(guess.category, _round(guess.score)) for guess in page.category_guess),
        metrics=_metrics(page.metrics, page.meaning.distance),
        messages=tuple(_coverage(message) for message in page.messages),
        category_nouns=tuple(_noun(use) for use in page.categories if use.block >= 0),
        category_noun=_noun(noun) if noun else None,
        opening=page.opening,
    )


def _noun(use: CategoryUse) -> CategoryNoun:
    return CategoryNoun(use.text, use.match, use.where, use.block)


def _clarity(clarity: Clarity) -> Clarity:
    return replace(clarity, what=_round(clarity.what), who=_round(clarity.who), why=_round(clarity.why))


def _metrics(metrics: Metrics, distance: float | None) -> Metrics:
    return Metrics(
        jargon_per_100_words=_round(metrics.jargon_per_100_words),
        vague_share=_round(metrics.vague_share),
        alignment=_known(metrics.alignment),
        reading_grade=_round(metrics.reading_grade),
        words_kept_share=_round(metrics.words_kept_share),
        distance=_known(distance),
    )


def _coverage(message: MessageCoverage) -> MessageCoverage:
    return replace(message, score=_round(message.score))


def _sentences(page: PageMeasures) -> list[SentenceReport]:
    return [
        SentenceReport(
            page=page.document.key,
            text=sentence.text,
            role=sentence.role,
            vagueness=_round(sentence.vagueness),
            claim=_round(sentence.claim),
            jargon=tuple(_jargon(span) for span in sentence.jargon),
        )
        for sentence in page.sentences
    ]


def _jargon(span: JargonSpan) -> JargonSpan:
    return replace(span, score=_round(span.score))


def _call(call: CallMeasures) -> CallReport:
    spoken = replace(
        call.call,
        speakers=tuple(replace(speaker, confidence=_round(speaker.confidence)) for speaker in call.call.speakers),
    )
    return CallReport(
        call=spoken,
        moments=tuple(_moment(moment) for moment in call.moments),
        rep_drift=tuple(replace(drift, score=_round(drift.score)) for drift in call.rep_drift),
        clearing=_clearing(call.clearing),
        rep_distance=_known(call.rep_distance),
    )


def _clearing(clearing: Clearing | None) -> Clearing | None:
    if clearing is None:
        return None
    return replace(
        clearing, seconds=_round(clearing.seconds), share=_round(clearing.share), talk_s=_round(clearing.talk_s)
    )


def _moment(moment: Moment) -> Moment:
    return replace(moment, confidence=_round(moment.confidence), suspects=_suspects(moment.suspects))


def _misconception(found: Misconception) -> Misconception:
    return replace(found, suspects=_suspects(found.suspects))


def _suspects(suspects: Sequence[Suspect]) -> tuple[Suspect, ...]:
    return tuple(replace(suspect, score=_round(suspect.score)) for suspect in suspects)


def _known(value: float | None) -> float | None:
    return None if value is None else _round(value)


def _round(value: float) -> float:
    return round(float(value), _DIGITS)
