"""The rules as SARIF describes them: what a code scanning page shows beside a finding."""

from __future__ import annotations

from collections.abc import Iterable

from msgcheck.report.markdown_text import code
from msgcheck.report.rule_help import help_markdown, help_text
from msgcheck.rules.base import Rule
from msgcheck.rules.measured import precision
from msgcheck.rules.registry import all_rules

_Json = dict[str, object]

#: GitHub orders alerts by these names. The floors are ours: 0.6 is what a rule needs to be above `note`.
_PRECISIONS = ((0.9, "very-high"), (0.75, "high"), (0.6, "medium"), (0.0, "low"))
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}


def descriptors(named: Iterable[str]) -> list[_Json]:
    """A reporting descriptor for every rule, sorted by id; `named` are those that findings speak of."""
    known = {rule.id: rule for rule in all_rules()}
    return [_descriptor(known[name]) if name in known else {"id": name} for name in sorted({*known, *named})]


def _descriptor(rule: Rule) -> _Json:
    properties: _Json = {"tags": [rule.id.split(".")[0], "copy"], "problem.severity": _PROBLEMS[rule.severity]}
    if (measured := precision(rule.id)) is not None:
        properties["precision"] = next(name for floor, name in _PRECISIONS if measured >= floor)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.replace(".", "-").split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.doc.finds},
        "help": {"text": help_text(rule), "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": rule.severity},
        "properties": properties,
    }


def _markdown(rule: Rule) -> str:
    comment = code(f"<!-- {_COMMENT} {rule.id} -->")
    return f"{help_markdown(rule)}\n\nTo accept one finding, put this comment before it: {comment}"


_COMMENT = "msgcheck-disable-next-line"
