"""Lay out what calls show: moments, and the wrong beliefs that they share."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.model import CallReport, Finding, Misconception, Moment, Suspect
from msgcheck.report import wording
from msgcheck.report.html.pages import Anchors, note
from msgcheck.report.html.views import CallView, Link, MisconceptionView, MomentView, SuspectView


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
        what=wording.MOMENTS[moment.kind],
        quote=moment.quote,
        heard_as=moment.perceived_category or moment.term or moment.about,
        suspects=_suspects(moment.suspects, anchors),
    )


def _suspects(suspects: Sequence[Suspect], anchors: Anchors) -> tuple[SuspectView, ...]:
    return tuple(SuspectView(suspect, anchors.to(suspect.page, suspect.block)) for suspect in suspects)
