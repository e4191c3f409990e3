"""`msgcheck init`: write msgcheck.toml and positioning.yaml to start from."""

from __future__ import annotations

from pathlib import Path

import click

from msgcheck.errors import UsageError

_CONFIG = """\
# How msgcheck reads this site. Every key: the README, 'Configuration'.
positioning = "positioning.yaml"
fail_on = "error"

[pages]
include = [{pages}]

[calls]
paths = []
"""


@click.command("init")
@click.option("--yes", is_flag=True, help="Ask nothing; write examples to edit.")
@click.option("--folder", default=".", type=click.Path(file_okay=False), help="Where to write.")
def command(yes: bool, folder: str) -> None:
    """Write msgcheck.toml and positioning.yaml, asking a few questions."""
    paths = [Path(folder) / name for name in ("msgcheck.toml", "positioning.yaml")]
    for path in paths:
        if path.exists():
            raise UsageError(f"{path}: is there already.", "Edit it, or remove it first.")
    answers = _EXAMPLE if yes else _ask()
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths[0].write_text(_CONFIG.format(pages=_quoted(answers["pages"])), encoding="utf-8")
    paths[1].write_text(_positioning(answers), encoding="utf-8")
    click.echo(f"Wrote {paths[0]} and {paths[1]}. Next: edit the messages and facts, then run `msgcheck check`.")


_EXAMPLE = {
    "product": "Your product",
    "category": "the noun buyers should use, such as help-desk software",
    "audience": "who it is for",
    "needs": "the job they need done",
    "message": "One thing that every visitor should learn.",
    "pages": "site",
}


def _ask() -> dict[str, str]:
    return {
        "product": click.prompt("The product's name, as it must be written"),
        "category": click.prompt("What should buyers call it (such as 'help-desk software')"),
        "audience": click.prompt("Who is it for"),
        "needs": click.prompt("What job do they need done"),
        "message": click.prompt("The one thing that every visitor should learn"),
        "pages": click.prompt("Where are the pages (folder or URL)", default="site"),
    }


def _positioning(answers: dict[str, str]) -> str:
    from msgcheck.extract.positioning import as_yaml

    plain = {
        "product": answers["product"],
        "category": answers["category"],
        "not": [],
        "audiences": [{"id": "main", "name": answers["audience"], "needs": answers["needs"]}],
        "messages": [{"id": "main", "kind": "value", "text": answers["message"], "required_on": ["/"]}],
        "facts": [],
        "vocabulary": {"prefer": {}, "avoid": [], "known": []},
    }
    return as_yaml(plain)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
