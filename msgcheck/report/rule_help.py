"""A rule's documentation as other tools show it beside a finding."""

from __future__ import annotations

from msgcheck.report.markdown_text import escape
from msgcheck.rules.base import Rule
from msgcheck.rules.measured import measured_lines


def help_text(rule: Rule) -> str:
    """What the rule finds and why, as plain text."""
    return "\n\n".join([rule.doc.finds, *(f"{heading}: {text}" for heading, text in _parts(rule))])


def help_markdown(rule: Rule) -> str:
    """The same as Markdown."""
    parts = [escape(rule.doc.finds)]
    for heading, text in _parts(rule):
        quoted = heading in ("Bad", "Better")
        parts.append(f"**{heading}**\n\n{'> ' if quoted else ''}{escape(text)}")
    return "\n\n".join(parts)


def _parts(rule: Rule) -> list[tuple[str, str]]:
    doc = rule.doc
    measured = " ".join(measured_lines(rule.id))
    parts = [("Why a buyer cares", doc.why), ("Bad", doc.bad), ("Better", doc.better)]
    parts += [("Silent when", doc.silent), ("Measured", measured)]
    return [(heading, text) for heading, text in parts if text]
