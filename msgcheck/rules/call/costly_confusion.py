"""Rule call.costly-confusion: clearing up took a large share of a call."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.values import CallMeasures
from msgcheck.model import Clearing, Finding, Location, Suspect
from msgcheck.rules.base import Context, Doc, Rule
from msgcheck.rules.evidence import counted, turns
from msgcheck.rules.phrases import quoted

#: From here on: a quarter of the call, a minute, and more than one thing to clear up. Of twelve labelled calls with
#: prospects who misunderstood, eight took a quarter (four invented companies, November 2026).
_SHARE, _SECONDS, _MOMENTS = 0.25, 60.0, 2


def _check_site(context: Context) -> Iterator[Finding]:
    for call in context.calls.calls:
        spent = call.clearing
        large = spent is not None and spent.share >= _SHARE and spent.seconds >= _SECONDS
        if spent is not None and large and len(call.moments) >= _MOMENTS:
            yield _finding(call, spent)


def _finding(call: CallMeasures, spent: Clearing) -> Finding:
    time = f"{'about ' if spent.estimated else ''}{counted(max(1, round(spent.seconds / 60)), 'minute')}"
    cause = _cause(call)
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=max(moment.confidence for moment in call.moments),
        message=f"Clearing up {counted(len(call.moments), 'misunderstanding')} took {time} of this call, "
        f"{spent.share:.0%} of it.",
        advice=f"Begin with {quoted(cause.quote)} on {cause.page}, the likeliest cause."
        if cause
        else "Send a page ahead of the next call that says what had to be explained.",
        locations=(Location(call.call.key, note=f"{spent.share:.0%} of the call"), *turns(call.moments)),
    )


def _cause(call: CallMeasures) -> Suspect | None:
    """The sentence that the moments of the call blame most."""
    blame: dict[tuple[str, str], float] = {}
    for suspect in (suspect for moment in call.moments for suspect in moment.suspects[:1]):
        blame[suspect.page, suspect.quote] = blame.get((suspect.page, suspect.quote), 0.0) + suspect.score
    if not blame:
        return None
    page, quote = max(sorted(blame), key=blame.__getitem__)
    return Suspect(page, quote, blame[page, quote])


RULE = Rule(
    id="call.costly-confusion",
    summary="Clearing up misunderstandings took a large share of a call.",
    severity="note",
    needs=("calls",),
    doc=Doc(
        finds="Calls of which a quarter or more, and at least a minute, went into clearing up two or more "
        "misunderstandings; by the number of words where the transcript has no times.",
        why="I had thirty minutes, and ten of them went on finding out that you are not what I was looking for.",
        bad="A page that leaves what you do to be explained on the call.",
        better="A page after which the first question is about the price.",
        silent="Calls with one misunderstanding, and notes that were written about a call.",
    ),
    check_site=_check_site,
)
