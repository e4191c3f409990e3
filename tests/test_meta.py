"""What the project promises about itself: the README's commands, the catalogue, the exports."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from msgcheck.cli.main import COMMANDS, cli
from msgcheck.rules.registry import MODULES, all_rules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_has_exactly_two_setup_commands_of_one_line() -> None:
    blocks = re.findall(r"^```sh setup\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]


def test_every_msgcheck_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"(?:^|[`\s/])msgcheck ([a-z]+)\b(?= |`|$)", README, flags=re.MULTILINE))
    commands = {name for name in named if name in COMMANDS or f"`msgcheck {name}" in README}
    assert commands <= set(COMMANDS)
    assert {"check", "demo", "init"} <= commands


def test_every_option_in_the_readmes_commands_exists() -> None:
    context = cli.make_context("msgcheck", ["check"], resilient_parsing=True)
    check = cli.get_command(context, "check")
    assert check is not None
    known = {option for parameter in check.params for option in (*parameter.opts, *parameter.secondary_opts)}
    lines = [line for line in README.splitlines() if "msgcheck check" in line and not line.startswith("-")]
    used = {
        word
        for line in lines
        for word in shlex.split(line.split("msgcheck check", 1)[1].replace("`", " "), posix=False)
        if word.startswith("--")
    }
    assert {word.rstrip(".,)") for word in used} <= known


def test_the_changelog_has_an_unreleased_part() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_registry_lines_are_sorted_and_match_the_ids() -> None:
    assert list(MODULES) == sorted(MODULES)
    ours = {name.replace("_", "-") for name in MODULES}
    assert ours <= {rule.id for rule in all_rules()}


def test_every_rule_module_is_registered() -> None:
    folder = ROOT / "msgcheck" / "rules"
    modules = {f"{path.parent.name}.{path.stem}" for path in folder.glob("*/*.py") if path.stem != "__init__"}
    assert modules == set(MODULES)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_is_documented(rule: object) -> None:
    doc = rule.doc  # type: ignore[attr-defined]
    assert all(text.strip() for text in (rule.summary, doc.finds, doc.why, doc.bad, doc.better))  # type: ignore[attr-defined]
    assert doc.bad != doc.better


def test_exports_are_sorted() -> None:
    for path in sorted((ROOT / "msgcheck").rglob("*.py")):
        match = re.search(r"^__all__ = \[(.*?)\]", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        if match:
            names = re.findall(r"\"(\w+)\"", match[1])
            assert names == sorted(names, key=lambda name: (not name.isupper(), name)), path


def test_no_module_is_longer_than_400_lines() -> None:
    long = [
        str(path)
        for path in sorted((ROOT / "msgcheck").rglob("*.py"))
        if path.read_text(encoding="utf-8").count("\n") > 400
    ]
    assert long == []
