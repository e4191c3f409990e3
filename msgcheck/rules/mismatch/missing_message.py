"""Rule mismatch.missing-message: an agreed message is said nowhere it should be."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.measure.pagekind import front_page
from msgcheck.measure.values import PageMeasures
from msgcheck.model import Finding, Location, Message, MessageCoverage
from msgcheck.paths import matches_any
from msgcheck.rules.base import Context, Doc, Rule, locate, whole


def _check(page: PageMeasures, context: Context) -> Iterator[Finding]:
    for message, coverage in _covered(page, context):
        if coverage.status == "missing" and matches_any(page.document.key, message.required_on):
            yield _required(page, message, coverage)


def _check_site(context: Context) -> Iterator[Finding]:
    if not context.pages or context.positioning is None:
        return
    front = front_page(context.pages)
    for message in context.positioning.messages:
        found = [
            coverage for page in context.pages for own, coverage in _covered(page, context) if own.id == message.id
        ]
        required = any(matches_any(page.document.key, message.required_on) for page in context.pages)
        if not required and found and all(coverage.status == "missing" for coverage in found):
            yield Finding(
                rule=RULE.id,
                severity="note",
                confidence=1.0 - max(coverage.score for coverage in found),
                message=f"No page that was read says: “{_short(message.text)}”",
                advice="Decide where buyers should read it, or drop it from the agreed messages.",
                locations=(whole(front.document, note=message.id),),
            )


def _covered(page: PageMeasures, context: Context) -> Iterator[tuple[Message, MessageCoverage]]:
    by_id = {message.id: message for message in context.positioning.messages} if context.positioning else {}
    return ((by_id[coverage.id], coverage) for coverage in page.messages if coverage.id in by_id)


def _required(page: PageMeasures, message: Message, coverage: MessageCoverage) -> Finding:
    locations: tuple[Location, ...] = (whole(page.document, note=message.id),)
    closest = ""
    if coverage.block >= 0:
        note = "the closest line"
        near = locate(page.document, coverage.block, coverage.start, coverage.end, kind="related", note=note)
        locations = (*locations, near)
        closest = f" Closest line: “{_short(coverage.quote)}”"
    return Finding(
        rule=RULE.id,
        severity="error",
        confidence=1.0 - coverage.score,
        message=f"This page never says what the positioning wants on it: “{_short(message.text)}”{closest}",
        advice="Add a sentence that says it, near the top if it decides the purchase.",
        locations=locations,
    )


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 140 else folded[:139].rsplit(" ", 1)[0] + " …"


RULE = Rule(
    id="mismatch.missing-message",
    summary="An agreed message is said nowhere it should be.",
    severity="error",
    needs=("messages",),
    doc=Doc(
        finds="Pages that match a message's `required_on` and do not say it, in these or other words; and, as a note, "
        "agreed messages that no page says.",
        why="What stands on no page is first heard on a call, by those who come that far. "
        "The others leave without the reason that was meant to keep them.",
        bad="Fernlight makes flower orders easy.  (agreed: Orders from every marketplace arrive in one list.)",
        better="Orders from every marketplace arrive in one list.",
        silent="The same thing in other words, or spread over two or three neighbouring sentences, counts as said; "
        "so does half of it.",
    ),
    check=_check,
    check_site=_check_site,
)
