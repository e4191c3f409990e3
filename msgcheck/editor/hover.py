"""What an editor shows beside the words of a finding."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from msgcheck.model import Finding
from msgcheck.report.markdown_text import code, escape
from msgcheck.report.plain import plain
from msgcheck.report.rule_help import help_markdown, help_text
from msgcheck.rules.registry import find_rule


def hover(findings: Iterable[Finding], kind: types.MarkupKind) -> str:
    """The findings at one place, each with what its rule is about; text from the page stays text."""
    if kind == types.MarkupKind.Markdown:
        return "\n\n---\n\n".join(map(_in_markdown, findings))
    return "\n\n".join(map(_in_text, findings))


def _in_markdown(finding: Finding) -> str:
    head = f"**{finding.severity}** {code(finding.rule)}"
    return "\n\n".join([head, escape(finding.message), escape(finding.advice), help_markdown(find_rule(finding.rule))])


def _in_text(finding: Finding) -> str:
    head = f"{finding.severity} {finding.rule}: {plain(finding.message)} {plain(finding.advice)}"
    return f"{head}\n\n{help_text(find_rule(finding.rule))}"
