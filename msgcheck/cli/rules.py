"""`msgcheck rules`: every rule on a line."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from msgcheck.rules.registry import all_rules


@click.command("rules")
def command() -> None:
    """List the rules: id, severity, and what each finds."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Rule", "Severity", "Finds"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "Finds")
    for rule in all_rules():
        table.add_row(rule.id, rule.severity, Text(rule.summary))
    console = Console()
    console.print(table)
    console.print("\n`msgcheck explain RULE` gives the reason, and bad and better copy.", style="dim")
