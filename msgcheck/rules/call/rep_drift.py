"""Rule call.rep-drift: a rep describes the product otherwise than agreed, or than the other reps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgcheck.model import Finding, Location, RepDrift
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted, in_turn, when
from msgcheck.rules.phrases import quoted

_Heard = list[tuple[str, RepDrift]]


def _check_site(context: Context) -> Iterator[Finding]:
    heard: dict[tuple[str, str, str], _Heard] = {}
    for measures in context.calls.calls:
        for drift in measures.rep_drift:
            key = (drift.speaker, drift.message, drift.words.lower())
            heard.setdefault(key, []).append((measures.call.key, drift))
    for found in heard.values():
        yield _finding(found, context)


def _finding(found: _Heard, context: Context) -> Finding:
    first = found[0][1]
    calls = sorted({call for call, _ in found})
    place = f"on {counted(len(calls), 'call')} ({when(calls, context)})"
    if first.message == "audience":
        said = f"{first.speaker} says {place} that it is for {quoted(first.words)}, which no agreed audience is."
        advice = "Agree on whom to offer it to, and add them to the positioning if that is right."
    else:
        agreed = quoted(context.positioning.category if context.positioning else "")
        keeper = _keeper(first.speaker, context)
        said = f"{first.speaker} calls it {quoted(first.words)} {place}; agreed is {agreed}"
        said += f", as {keeper} says." if keeper else "."
        advice = "Give reps the agreed sentence to open with, or change it if theirs works better."
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=max(drift.score for _, drift in found),
        message=said,
        advice=advice,
        locations=tuple(_places(found, context)),
    )


def _keeper(speaker: str, context: Context) -> str:
    """The rep who keeps to the agreed category most, if it is another one."""
    tracks = [track for track in context.calls.talk_tracks if track.slot == "category" and track.agreed]
    best = max((track for track in tracks if track.speaker != speaker), key=lambda track: track.count, default=None)
    return best.speaker if best else ""


def _places(found: Sequence[tuple[str, RepDrift]], context: Context) -> Iterator[Location]:
    calls = {measures.call.key: measures.call for measures in context.calls.calls}
    for number, (key, drift) in enumerate(found):
        yield in_turn(calls[key], drift.turn, drift.words, kind="related" if number else "primary")


RULE = Rule(
    id="call.rep-drift",
    summary="A rep describes the product otherwise than agreed.",
    severity="warning",
    needs=("positioning", "calls"),
    doc=Doc(
        finds="What a rep calls the product, or whom they say it is for, where the positioning says another thing; "
        "with the rep who keeps to the agreed words, if one does.",
        why="Two of your people told me two different things, and the page a third. Which of them do I tell my boss?",
        bad="Think of us as the autopilot of your billing.  (agreed: invoice reminder software)",
        better="It is invoice reminder software: it writes to those who have not paid.",
        silent="Accepted names of the category, what a rep denies (“we are not an agency”), and what prospects say.",
    ),
    check_site=_check_site,
)
