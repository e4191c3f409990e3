"""`msgcheck explain RULE`: one rule with its reason and examples."""

from __future__ import annotations

import textwrap

import click

from msgcheck.rules.base import Rule
from msgcheck.rules.measured import measured_lines
from msgcheck.rules.registry import find_rule

_WIDTH = 88


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain one rule: what it finds, why a buyer cares, bad and better copy."""
    click.echo(explanation(find_rule(rule)))


def explanation(rule: Rule) -> str:
    """The rule's documentation as plain text."""
    doc = rule.doc
    parts = [
        f"{rule.id} ({rule.severity})",
        rule.summary,
        _section("Finds", doc.finds),
        _section("Why a buyer cares", doc.why),
        _section("Bad", doc.bad),
        _section("Better", doc.better),
    ]
    if doc.silent:
        parts.append(_section("Silent when", doc.silent))
    if measured := "\n".join(measured_lines(rule.id)):
        parts.append(_section("Measured", measured))
    if rule.needs:
        parts.append(_section("Needs", ", ".join(rule.needs)))
    if rule.options:
        settings = "\n".join(f"{name} = {value!r}" for name, value in sorted(rule.options.items()))
        parts.append(_section(f'Settings under [rules."{rule.id}"]', settings))
    return "\n\n".join(parts)


def _section(heading: str, text: str) -> str:
    lines = [textwrap.fill(line, _WIDTH, initial_indent="  ", subsequent_indent="  ") for line in text.splitlines()]
    return "\n".join([f"{heading}:", *lines])
