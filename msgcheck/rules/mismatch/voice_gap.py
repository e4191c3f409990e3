"""Rule mismatch.voice-gap: buyers on several calls call it something else than the pages do."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.values import PageMeasures
from msgcheck.model import BuyerTerm, Finding, Location
from msgcheck.rules.base import Context, Doc, Rule, locate
from msgcheck.rules.evidence import counted, in_turn, when
from msgcheck.rules.phrases import quoted

#: One buyer's word is a habit; two buyers' on two calls begin to be how the trade speaks.
_CALLS, _PROSPECTS = 2, 2


def _check_site(context: Context) -> Iterator[Finding]:
    terms = [term for term in context.calls.voice if term.about == "product"]
    ours = max((term.count for term in terms if term.pages), default=0)
    for term in terms:
        heard = len(term.calls) >= _CALLS and term.prospects >= _PROSPECTS and term.count > ours
        place = _first_place(term.page_term, context) if heard and not term.pages and term.page_term else None
        if place:
            yield _finding(term, place, context)


def _finding(term: BuyerTerm, place: Location, context: Context) -> Finding:
    calls = {measures.call.key: measures.call for measures in context.calls.calls}
    times = f" ({counted(term.page_count, 'time')})" if term.page_count > 1 else ""
    return Finding(
        rule=RULE.id,
        severity=RULE.severity,
        confidence=min(0.9, 0.5 + 0.1 * term.count),
        message=f"The pages call it {quoted(term.page_term)}{times}; {counted(term.prospects, 'prospect')} on "
        f"{counted(len(term.calls), 'call')} call it {quoted(term.words)} ({when(term.calls, context)}), "
        "which no page says.",
        advice="Say their word once near the top, so that those who look for it know that they are right here.",
        locations=(place, *(in_turn(calls[key], turn, term.words, kind="related") for key, turn in term.places)),
    )


def _first_place(noun: str, context: Context) -> Location | None:
    for page in sorted(context.pages, key=_depth):
        for use in page.categories:
            if use.block >= 0 and use.text == noun:
                return locate(page.document, use.block, use.start, use.end)
    return None


def _depth(page: PageMeasures) -> tuple[int, str]:
    """Pages higher up first: visitors arrive there."""
    return page.document.key.count("/"), page.document.key


RULE = Rule(
    id="mismatch.voice-gap",
    summary="Buyers call it something else than the pages do.",
    severity="note",
    needs=("calls",),
    doc=Doc(
        finds="What two or more prospects on two or more calls call the product, where no page uses their words; with "
        "what the pages call it, and how often.",
        why="I searched for a visitor app. I nearly missed you, because you call it an access experience.",
        bad="The arrival experience platform.  (three prospects: “a sign-in app”)",
        better="The sign-in app for visitors: the arrival experience platform of …",
        silent="Words of one prospect, words that a page uses, and what somebody wrongly took it for.",
    ),
    check_site=_check_site,
)
