"""The report as JSON, schema version 1.0: the machine interface.

Programs match it against data of their own: keys of calls and the names in a call's `speakers` stand in it letter for
letter, with the `label` that stands for a name everywhere else. Without redaction all texts are letter for letter.

Schema history: 1.0, the first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields

from msgcheck.model import (
    BuyerTerm,
    CallReport,
    CallsPeriod,
    CategoryNoun,
    Clarity,
    Clearing,
    Comparison,
    Evidence,
    Fault,
    Finding,
    Location,
    MessageCoverage,
    Misconception,
    Moment,
    PageReport,
    RepDrift,
    Report,
    Run,
    SentenceReport,
    Skipped,
    Suspect,
    TalkTrack,
    Tool,
)
from msgcheck.report.json_text import json_pieces
from msgcheck.report.view import View

SCHEMA_VERSION = "1.0"

_Json = dict[str, object]
_DIGITS = 3


def render(report: Report, view: View) -> str:
    """The report as one JSON object and a line end."""
    return "".join(pieces(report, view))


def pieces(report: Report, view: View) -> Iterator[str]:
    """What `render` gives, piece by piece."""
    return json_pieces(members(report, view))


def members(report: Report, view: View) -> Iterator[tuple[str, object]]:
    """What stands in the report, by name; the lists, which may be long, as iterators.

    What is silenced is counted always, shown when asked for.
    """
    yield "schema_version", SCHEMA_VERSION
    yield "tool", _tool(report.tool)
    yield "run", _run(report.run)
    yield "summary", _summary(report)
    yield "pages", map(_page, report.pages)
    if view.sentences:
        yield "sentences", map(_sentence, report.sentences)
    yield "calls", map(_call, report.calls)
    yield "misconceptions", map(_misconception, report.misconceptions)
    yield "talk_tracks", map(_fields, report.talk_tracks)
    yield "voice", map(_fields, report.voice)
    yield "calls_trend", map(_fields, report.calls_trend)
    yield "findings", map(_finding, view.findings(report))
    yield "comparisons", map(_comparison, report.comparisons)
    yield "skipped", map(_fields, report.skipped)
    yield "faults", map(_fields, report.faults)


def _number(value: float | None) -> float | None:
    """Rounded; a measure that is no number is null, as JSON has no other word for it."""
    return None if value is None or not math.isfinite(value) else round(float(value), _DIGITS)


def _tool(tool: Tool) -> _Json:
    return {"name": tool.name, "version": tool.version, "encoder": tool.encoder, "nlp": tool.nlp}


def _run(run: Run) -> _Json:
    return {"started": run.started, "duration_s": _number(run.duration_s), "config": run.config}


def _summary(report: Report) -> _Json:
    summary = report.summary
    return {
        "pages": summary.pages,
        "calls": summary.calls,
        "words": summary.words,
        "findings": {severity: summary.findings.get(severity, 0) for severity in ("error", "warning", "note")},
        "confusion": _number(summary.confusion),
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
        "distance": _number(summary.distance),
        "spread": _number(summary.spread),
        "rep_distance": _number(summary.rep_distance),
        **_cleared(report.clearing),
    }


def _cleared(clearing: Clearing | None) -> _Json:
    """Null where no talk was heard; by the number of words (`estimated`) where a format has no times."""
    return {
        "clarifying_s": _number(clearing.seconds) if clearing else None,
        "clarifying_share": _number(clearing.share) if clearing else None,
        "clarifying_estimated": clearing.estimated if clearing else None,
    }


def _fields(value: TalkTrack | BuyerTerm | CallsPeriod | Skipped | Fault) -> _Json:
    """All fields of a value that hold no values of their own."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _page(page: PageReport) -> _Json:
    document, metrics = page.document, page.metrics
    return {
        "key": document.key,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "words": page.words,
        "confusion": _number(page.confusion),
        "clarity": {
            "what": _number(page.clarity.what),
            "who": _number(page.clarity.who),
            "why": _number(page.clarity.why),
        },
        "clarity_evidence": _evidence(page.clarity),
        "category_guess": [
            {"category": guess.category, "score": _number(guess.score)} for guess in page.category_guess
        ],
        "category_nouns": [_noun(noun) for noun in page.category_nouns],
        "category_noun": _noun(page.category_noun) if page.category_noun else None,
        "metrics": {
            "jargon_per_100_words": _number(metrics.jargon_per_100_words),
            "vague_share": _number(metrics.vague_share),
            "alignment": _number(metrics.alignment),
            "reading_grade": _number(metrics.reading_grade),
            "words_kept_share": _number(metrics.words_kept_share),
            "distance": _number(metrics.distance),
        },
        "messages": [_message(message) for message in page.messages],
    }


def _noun(noun: CategoryNoun) -> _Json:
    return {"text": noun.text, "match": noun.match, "where": noun.where}


def _evidence(clarity: Clarity) -> _Json:
    def quote(evidence: Evidence | None) -> str | None:
        return evidence.quote if evidence else None

    return {
        "what": quote(clarity.what_evidence),
        "who": quote(clarity.who_evidence),
        "why": quote(clarity.why_evidence),
    }


def _message(message: MessageCoverage) -> _Json:
    return {"id": message.id, "status": message.status, "score": _number(message.score), "quote": message.quote}


def _sentence(sentence: SentenceReport) -> _Json:
    return {
        "page": sentence.page,
        "text": sentence.text,
        "role": sentence.role,
        "vagueness": _number(sentence.vagueness),
        "claim": _number(sentence.claim),
        "jargon": [
            {"start": span.start, "end": span.end, "text": span.text, "kind": span.kind, "score": _number(span.score)}
            for span in sentence.jargon
        ],
    }


def _call(report: CallReport) -> _Json:
    call = report.call
    return {
        "key": call.key,
        "format": call.format,
        "date": call.date,
        "speakers": [
            {
                "name": speaker.name,
                "label": speaker.label or speaker.name,
                "role": speaker.role,
                "confidence": _number(speaker.confidence),
            }
            for speaker in call.speakers
        ],
        "turns": len(call.turns),
        "duration_s": _number(call.duration_s),
        **_cleared(report.clearing),
        "rep_distance": _number(report.rep_distance),
        "moments": [_moment(moment) for moment in report.moments],
        "rep_drift": [_drift(drift) for drift in report.rep_drift],
    }


def _moment(moment: Moment) -> _Json:
    return {
        "turn": moment.turn,
        "start_s": _number(moment.start_s),
        "speaker": moment.speaker,
        "role": moment.role,
        "kind": moment.kind,
        "quote": moment.quote,
        "about": moment.about,
        "perceived_category": moment.perceived_category,
        "term": moment.term,
        "message": moment.message,
        "confidence": _number(moment.confidence),
        "suspects": [_suspect(suspect) for suspect in moment.suspects],
    }


def _drift(drift: RepDrift) -> _Json:
    return {
        "turn": drift.turn,
        "speaker": drift.speaker,
        "quote": drift.quote,
        "words": drift.words,
        "message": drift.message,
        "score": _number(drift.score),
    }


def _suspect(suspect: Suspect) -> _Json:
    return {
        "page": suspect.page,
        "quote": suspect.quote,
        "score": _number(suspect.score),
        "reason": suspect.reason,
    }


def _misconception(found: Misconception) -> _Json:
    return {
        "label": found.label,
        "count": found.count,
        "calls": list(found.calls),
        "quotes": list(found.quotes),
        "suspects": [_suspect(suspect) for suspect in found.suspects],
    }


def _finding(finding: Finding) -> _Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": _number(finding.confidence),
        "message": finding.message,
        "advice": finding.advice,
        "fingerprint": finding.fingerprint,
        "suppressed": finding.suppressed,
        "baselined": finding.baselined,
        "locations": [_location(location) for location in finding.locations],
    }


def _comparison(comparison: Comparison) -> _Json:
    return {
        "against": comparison.against,
        "known": comparison.known,
        "gone": [{"rule": gone.rule, "document": gone.document, "quote": gone.quote} for gone in comparison.gone],
        "unread": comparison.unread,
        "notes": list(comparison.notes),
    }


def _location(location: Location) -> _Json:
    """Lines and columns are null where a whole document is meant, `block` and the offsets in it likewise.

    `replacement` stands only where there is one.
    """
    placed, inside = location.line > 0, location.block >= 0
    return {
        "document": location.document,
        "kind": location.kind,
        "line": location.line if placed else None,
        "column": location.column or None if placed else None,
        "end_line": location.end_line or None if placed else None,
        "end_column": location.end_column or None if placed else None,
        "selector": location.selector,
        "block": location.block if inside else None,
        "start": location.start if inside else None,
        "end": location.end if inside else None,
        "quote": location.quote,
        "note": location.note,
        **({"replacement": location.replacement} if location.replacement else {}),
    }
