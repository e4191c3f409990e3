"""The rules: what each finds, why a buyer cares, and how often it is right."""

from __future__ import annotations

from fastapi import APIRouter

from msgcheck.errors import MsgcheckError
from msgcheck.rules.base import Rule
from msgcheck.rules.measured import measured_lines
from msgcheck.rules.registry import find_rule, selected
from msgcheck.web.api.shapes import Shape, refusals
from msgcheck.web.errors import AnswerError

router = APIRouter(prefix="/api/v1/rules", tags=["rules"])


class RuleAnswer(Shape):
    """A rule as `msgcheck explain` tells it."""

    id: str
    severity: str
    summary: str
    finds: str
    why: str
    bad: str
    better: str
    silent: str
    measured: list[str]
    needs: list[str]


@router.get("", responses=refusals())
def rules() -> list[RuleAnswer]:
    """All rules, by id."""
    return [described(rule) for rule in sorted(selected((), ()), key=lambda rule: rule.id)]


@router.get("/{id}", responses=refusals(404))
def rule(id: str) -> RuleAnswer:
    """One rule."""
    try:
        return described(find_rule(id))
    except MsgcheckError as error:
        raise AnswerError(404, error.message, error.hint) from error


def described(rule: Rule) -> RuleAnswer:
    """A rule with its documentation and what was measured of it."""
    doc = rule.doc
    return RuleAnswer(
        id=rule.id,
        severity=rule.severity,
        summary=rule.summary,
        finds=doc.finds,
        why=doc.why,
        bad=doc.bad,
        better=doc.better,
        silent=doc.silent,
        measured=list(measured_lines(rule.id)),
        needs=list(rule.needs),
    )
