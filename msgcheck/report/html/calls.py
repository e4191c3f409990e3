"""Lay out what calls show: moments, and the wrong beliefs that they share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgcheck.model import CallReport, CallsPeriod, Finding, Misconception, Moment, Suspect, TalkTrack
from msgcheck.report import wording
from msgcheck.report.html.pages import Anchors, note
from msgcheck.report.html.views import (
    CallView,
    Link,
    MisconceptionView,
    MomentView,
    RepView,
    SuspectView,
    TrendView,
)


def call_view(report: CallReport, findings: Sequence[Finding], anchors: Anchors) -> CallView:
    """A call's section; `findings` are those whose place is in this call."""
    call = report.call
    id = anchors.calls[call.key]
    return CallView(
        id=id,
        report=report,
        people=", ".join(
            speaker.name if speaker.role == "unknown" else f"{speaker.name} ({speaker.role})"
            for speaker in call.speakers
        ),
        lasted=f"{wording.clock(call.duration_s)} min" if call.duration_s is not None else "",
        cleared=wording.spent(report.clearing) if report.clearing and report.clearing.seconds else "",
        moments=tuple(_moment(moment, anchors) for moment in report.moments),
        notes=tuple(note(found, f"{id}-f{rank}", rank, anchors) for rank, found in enumerate(findings, 1)),
    )


def trend_view(period: CallsPeriod) -> TrendView:
    day = date.fromisoformat(period.start)
    label = f"{day:%b %y}" if period.unit == "month" else f"{day.day} {day:%b}"
    return TrendView(period, label, period.confused / period.calls, wording.clock(period.clarifying_s))


def rep_views(tracks: Sequence[TalkTrack]) -> tuple[RepView, ...]:
    """A row for each rep."""
    return tuple(
        RepView(speaker, tuple(tuple(t for t in tracks if (t.speaker, t.slot) == (speaker, s)) for s in wording.SLOTS))
        for speaker in dict.fromkeys(track.speaker for track in tracks)
    )


def misconception_view(found: Misconception, anchors: Anchors) -> MisconceptionView:
    return MisconceptionView(
        label=found.label,
        count=found.count,
        calls=tuple(Link(key, anchors.to(key)) for key in found.calls),
        quotes=found.quotes,
        suspects=_suspects(found.suspects, anchors),
    )


def _moment(moment: Moment, anchors: Anchors) -> MomentView:
    return MomentView(
        when=wording.clock(moment.start_s) if moment.start_s is not None else "",
        speaker=moment.speaker or "Somebody",
        what=wording.shown(moment),
        quote=moment.quote,
        suspects=_suspects(moment.suspects, anchors),
    )


def _suspects(suspects: Sequence[Suspect], anchors: Anchors) -> tuple[SuspectView, ...]:
    return tuple(SuspectView(suspect, anchors.to(suspect.page, suspect.block)) for suspect in suspects)
