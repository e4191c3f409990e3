"""budget.exceeded: a page or site has more of something than the team allows."""

from __future__ import annotations

from msgcheck.rules.base import Doc, Rule

#: `msgcheck.gate.budget` reports it: only with all findings and measures at hand can they be counted.
RULE = Rule(
    id="budget.exceeded",
    summary="A page or site over its budget, or worse than last time.",
    severity="error",
    doc=Doc(
        finds='With `[budget]`, a page (or with `per = "site"`, the pages together) that has more jargon, more vague '
        "claims, more confusion or more findings than its budget; with `no_worse = true`, a page that is worse than in "
        "the baseline, at the commit of `--changed-since` or in the last run of the history. Says by how much, and "
        "what most of it is.",
        why="One more buzzword never seems worth a discussion. In a year they are all that a visitor reads.",
        bad="[budget]\njargon_per_100_words = 2.0   (the page has 3.1)",
        better="The page says in plain words what it said in jargon, or the team raises the limit and says why.",
        silent="A page that was over its budget when the baseline was written is known until it gets worse.",
    ),
)
