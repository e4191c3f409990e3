"""Rule mismatch.confused-by: the page sentence that likely caused a wrong belief heard on calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgcheck.measure.calls.beliefs import article
from msgcheck.model import Finding, Moment, Suspect
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted, turns, when
from msgcheck.rules.phrases import quoted

#: A suspect below this is a guess, and stays in the report's list of suspects: of sentences from 0.3 on three in four
#: are the cause, on companies left out. One call is thin evidence; from 0.6 on nineteen in twenty are (November 2026,
#: `python -m msgcheck.training.suspects --gold DIR`).
_LIKELY, _LIKELY_FROM_ONE = 0.3, 0.6


def _check_site(context: Context) -> Iterator[Finding]:
    moments = [moment for call in context.calls.calls for moment in call.moments if moment.kind == "misconception"]
    for belief in context.calls.misconceptions:
        held = [moment for moment in moments if moment.quote in belief.quotes and moment.perceived_category]
        needed = _LIKELY if len(belief.calls) > 1 else _LIKELY_FROM_ONE
        if held and belief.suspects and belief.suspects[0].score >= needed:
            yield from _finding(held, belief.suspects[0], context)
    for moment in moments:
        if not moment.perceived_category and moment.suspects and moment.suspects[0].score >= _LIKELY_FROM_ONE:
            yield from _finding([moment], moment.suspects[0], context)


def _finding(held: Sequence[Moment], suspect: Suspect, context: Context) -> Iterator[Finding]:
    document = next((page.document for page in context.pages if page.document.key == suspect.page), None)
    if document is None:
        return
    calls = sorted({moment.call for moment in held})
    belief = held[0].perceived_category
    believed = f"took you for {article(belief)}{belief}" if belief else "believed something that is not so"
    prospects = f"Prospects on {counted(len(calls), 'call')}" if len(calls) > 1 else "A prospect"
    yield Finding(
        rule=RULE.id,
        severity="error" if len(calls) > 1 else "warning",
        confidence=suspect.score,
        message=f"{prospects} {believed} ({when(calls, context)}). {quoted(suspect.quote)} is the likeliest cause.",
        advice=_advice(belief, context),
        locations=(locate(document, suspect.block, suspect.start, suspect.end), *turns(held)),
    )


def _advice(belief: str, context: Context) -> str:
    agreed = context.positioning.category if context.positioning else ""
    if agreed and belief:
        return f"Say here that it is {agreed}, and what it leaves to {article(belief)}{belief}."
    return "Read the sentence as they did, and say here what they had to be told on the call."


RULE = Rule(
    id="mismatch.confused-by",
    summary="The sentence that likely caused a wrong belief heard on calls.",
    severity="error",
    needs=("calls",),
    doc=Doc(
        finds="For each wrong belief that prospects show on calls, the sentence of the pages that most likely made "
        "them believe it: an error when two or more calls show it, a warning for one.",
        why="I came because of that line. It took your rep twenty minutes to tell me that you do something else.",
        bad="One place for every customer relationship.  (three prospects: “so you are a CRM?”)",
        better="Answer every customer e-mail from one shared inbox; your CRM stays where it is.",
        silent="Beliefs for which no sentence is likelier than chance; the report lists its suspects all the same.",
    ),
    check_site=_check_site,
)
