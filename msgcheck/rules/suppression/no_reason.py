"""suppression.no-reason: a comment that silences a rule and does not say why."""

from __future__ import annotations

from msgcheck.rules.base import Doc, Rule

#: The engine reports it, with what else is wrong with comments, and only where `[suppressions] require_reason` is set.
RULE = Rule(
    id="suppression.no-reason",
    summary="A msgcheck-disable comment without a reason, where the configuration asks for one.",
    severity="error",
    doc=Doc(
        finds="With `[suppressions] require_reason = true`, a msgcheck-disable comment that gives no reason after two "
        "dashes.",
        why="Whoever edits the page next cannot tell whether the words were agreed or only got through.",
        bad="<!-- msgcheck-disable-next-line jargon.buzzword -->\nThe seamless tube lasts for twenty years.",
        better="<!-- msgcheck-disable-next-line jargon.buzzword -- tubes without a seam, meant literally -->\n"
        "The seamless tube lasts for twenty years.",
    ),
)
