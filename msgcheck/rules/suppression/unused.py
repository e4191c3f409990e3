"""suppression.unused: a comment that silences nothing any more."""

from __future__ import annotations

from msgcheck.rules.base import Doc, Rule

#: The engine reports it: only after all rules have run is it known what a comment silenced.
RULE = Rule(
    id="suppression.unused",
    summary="A msgcheck-disable comment that silences nothing, or names no rule.",
    severity="note",
    doc=Doc(
        finds="A msgcheck-disable comment on lines where no finding stands, or with a name that is no rule's.",
        why="The words it excused are gone. Left in place, it hides the next problem on those lines.",
        bad="<!-- msgcheck-disable-next-line jargon -->\nWe print your invoices and post them the same day.",
        better="We print your invoices and post them the same day.",
    ),
)
