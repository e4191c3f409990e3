"""Rule mismatch.promise-gap: the page promises something that reps take back on calls."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.calls.promises import taken_back
from msgcheck.model import Call, Finding, Moment
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted, in_turn, turns, when
from msgcheck.rules.phrases import quoted

_Place = tuple[str, int, int, int]
_Gap = tuple[Call, Moment, int]


def _check_site(context: Context) -> Iterator[Finding]:
    gaps: dict[_Place, list[_Gap]] = {}
    for measures in context.calls.calls:
        for moment in measures.moments:
            if (answer := taken_back(measures.call, moment)) >= 0:
                suspect = moment.suspects[0]
                place = (suspect.page, suspect.block, suspect.start, suspect.end)
                gaps.setdefault(place, []).append((measures.call, moment, answer))
    for place, found in gaps.items():
        yield from _finding(place, found, context)


def _finding(place: _Place, found: list[_Gap], context: Context) -> Iterator[Finding]:
    page, block, start, end = place
    document = next((measures.document for measures in context.pages if measures.document.key == page), None)
    if document is None:
        return
    calls = sorted({call.key for call, _, _ in found})
    call, _, answer = found[0]
    who = call.turns[answer].speaker or "A rep"
    promise = locate(document, block, start, end)
    answers = (in_turn(call, answer, "", kind="related", note="takes it back") for call, _, answer in found)
    yield Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=max(min(moment.confidence, moment.suspects[0].score) for _, moment, _ in found),
        message=f"The page promises {quoted(promise.quote)}; on {counted(len(calls), 'call')} ({when(calls, context)}) "
        f"it was taken back. {who}: {quoted(call.turns[answer].text)}",
        advice="Promise here only what holds on the call, with the condition beside it.",
        locations=(promise, *turns([moment for _, moment, _ in found]), *answers),
    )


RULE = Rule(
    id="mismatch.promise-gap",
    summary="The page promises something that reps take back on calls.",
    severity="error",
    needs=("calls",),
    doc=Doc(
        finds="Sentences of the pages that a prospect cites on a call and that the rep then denies, limits or excuses; "
        "both places are quoted.",
        why="I had budgeted for what your page says. Now I wonder what else of it does not hold.",
        bad="Live in five minutes.  (call: “I wouldn't promise five minutes, it takes an afternoon.”)",
        better="Set up in an afternoon.",
        silent="What a prospect believed without citing the page, and promises that the rep confirms.",
    ),
    check_site=_check_site,
)
