"""The rules: what each finds, why a buyer cares, and how often it is right."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from msgcheck.errors import MsgcheckError
from msgcheck.rules.base import Rule
from msgcheck.rules.measured import measured_lines, precision
from msgcheck.rules.registry import all_rules, find_rule
from msgcheck.web.errors import AnswerError
from msgcheck.web.templating import page

router = APIRouter(include_in_schema=False)
#: In what order families are read, and what each is about.
_FAMILIES = {
    "jargon": "Words that the trade knows and buyers do not",
    "vague": "Words that say nothing that a buyer can picture",
    "mismatch": "Words that depart from what was agreed, or from what is said elsewhere",
    "call": "What reps say on calls",
    "other": "How the check itself went",
}


def _family(rule: Rule) -> str:
    name = rule.id.partition(".")[0]
    return name if name in _FAMILIES else "other"


@router.get("/rules")
def rules(request: Request) -> Response:
    members = {name: [rule for rule in all_rules() if _family(rule) == name] for name in _FAMILIES}
    families = [
        (name, about, [(rule, precision(rule.id)) for rule in members[name]]) for name, about in _FAMILIES.items()
    ]
    return page(request, "rules.html.j2", families=families)


@router.get("/rules/{id}")
def rule(request: Request, id: str) -> Response:
    try:
        found = find_rule(id)
    except MsgcheckError as error:
        raise AnswerError(404, error.message, "The list of rules has all of them.") from error
    return page(request, "rule.html.j2", rule=found, measured=list(measured_lines(id)), family=_family(found))
