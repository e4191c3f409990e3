"""What a stretch of time is the time of: getting started, a trial, a refund. Then wording may differ altogether."""

from __future__ import annotations

import re

from msgcheck.measure.quantities import Quantity
from msgcheck.measure.statements import clause_around
from msgcheck.measure.values import Statement

#: Trials last days or weeks; a shorter time beside the word is that of something else.
_SHORTEST_TRIAL = 2 * 86400.0
_BEGUN = (
    r"(?:live|up and running|running|ready|set[ -]?up|onboarded|installed|implemented|deployed|rolled out|started|"
    r"go(?:es|ing)? live|goes? into use)"
)
_BEGUN_IN = re.compile(rf"\b{_BEGUN}\W+(?:\w+\W+){{0,2}}?(?:in|within|by|under|after|on)\W+(?:\w+\W+)?$", re.IGNORECASE)
_BEGUN_BY = re.compile(rf"\b{_BEGUN}\W+(?:by tomorrow|(?:the )?same[ -]day|overnight)$", re.IGNORECASE)
_STARTING_TAKES = re.compile(
    r"\b(?:set[ -]?up|onboarding|implementation|installation|roll-?out|deployment)\s(?:\w+\s)?takes\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_TRIAL = re.compile(r"\btrial\b|\bno (?:credit |bank )?card\b", re.IGNORECASE)
_REFUND = re.compile(r"\brefund|\bmoney[ -]back\b", re.IGNORECASE)


def occasion(statement: Statement, amount: Quantity) -> str:
    """What the amount is the time of, or '' where the words around it do not say."""
    clause = clause_around(statement.text, amount.start, amount.end)
    lead, upto = statement.text[: amount.start], statement.text[: amount.end]
    if _BEGUN_IN.search(lead) or _STARTING_TAKES.search(lead) or _BEGUN_BY.search(upto):
        return "getting started"
    if _REFUND.search(clause):
        return "refund"
    if amount.low >= _SHORTEST_TRIAL and _TRIAL.search(statement.block):
        return "trial"
    return ""
