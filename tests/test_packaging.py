"""What website repositories include: the GitHub action, the GitLab template, the pre-commit hook."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from msgcheck.report.markdown import MARKER

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
PAGE = "# Payroll for dentists\n\nWe leverage seamless synergies to help practices unlock their potential.\n"
#: Stands for `python -m venv`, without the network: it makes an environment whose msgcheck is this one.
PYTHON = """#!{python}
import os, pathlib, sys
assert sys.argv[1:3] == ["-m", "venv"], sys.argv
programs = pathlib.Path(sys.argv[3]) / "bin"
programs.mkdir(parents=True, exist_ok=True)
pip, msgcheck = 'printf "%s\\\\n" "$@" >> "$RUNNER_TEMP/pip.log"', 'exec {python} -m msgcheck "$@"'
for name, line in (("pip", pip), ("msgcheck", msgcheck)):
    (programs / name).write_text("#!/bin/sh\\n" + line + "\\n")
    (programs / name).chmod(0o755)
"""
#: Stands for GitHub's own command: it keeps comments in a file, and refuses other tokens.
GH = """#!{python}
import json, os, pathlib, sys
arguments = sys.argv[1:]
kept = pathlib.Path(os.environ["RUNNER_TEMP"]) / "comments.json"
comments = json.loads(kept.read_text()) if kept.exists() else {{}}
if os.environ["GH_TOKEN"] != "secret":
    sys.exit("gh: HTTP 403")
if "--method" not in arguments:
    print("\\n".join(number for number, body in comments.items() if body.startswith(os.environ["MARKER"])))
    sys.exit(0)
method, address = arguments[arguments.index("--method") + 1 :][:2]
name, _, path = arguments[arguments.index("-F") + 1].partition("=@")
assert name == "body", arguments
if method == "PATCH":
    base, _, number = address.rpartition("/")
    assert base == "repos/kiln/web/issues/comments", address
else:
    number = str(len(comments) + 1)
    assert (method, address) == ("POST", "repos/kiln/web/issues/7/comments"), arguments
comments[number] = pathlib.Path(path).read_text()
kept.write_text(json.dumps(comments))
"""


@dataclass
class Runner:
    """Runs the shell steps of the action as GitHub's runner does: expressions filled in, outputs handed on."""

    folder: Path
    inputs: Mapping[str, str]
    outputs: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    log: str = ""

    def run(self) -> None:
        for step in STEPS:
            if "run" in step and self.holds(step.get("if", "")):
                self.step(step)
            if any(self.codes.values()):
                break

    def step(self, step: Mapping[str, Any]) -> None:
        told = {name: self.folder / f"{name.lower()}.txt" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        told["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
        script = self.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "CI"))},
            **{name: str(path) for name, path in told.items()},
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "kiln/web",
            "GITHUB_SHA": "abc",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            **{name: self.filled(value) for name, value in step.get("env", {}).items()},
        }
        # The tests share one cache of readings.
        environment["MSGCHECK_CACHE_DIR"] = os.environ["MSGCHECK_CACHE_DIR"]
        where = self.folder / "checkout" / self.filled(step.get("working-directory", "."))
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
        self.codes[step["name"]] = done.returncode
        self.log += done.stdout + done.stderr
        if "id" in step:
            pairs = (line.split("=", 1) for line in told["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines())
            self.outputs |= {f"steps.{step['id']}.outputs.{name}": value for name, value in pairs}

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: self.value(found[1]), text)

    def value(self, name: str) -> str:
        event = json.loads((self.folder / "event.json").read_text(encoding="utf-8"))
        number = str(event.get("pull_request", {}).get("number", ""))
        known = {
            "github.action_path": str(ROOT),
            "github.event.pull_request": number,
            "github.event.pull_request.number": number,
            "runner.temp": str(self.folder / "temp"),
            "github.token": "secret",
            **self.outputs,
        }
        if name.startswith("inputs."):
            default = ACTION["inputs"][name.removeprefix("inputs.")]["default"]
            return self.inputs.get(name.removeprefix("inputs."), self.filled(default))
        return known.get(name, "")

    def holds(self, condition: str) -> bool:
        """What a condition of `==`, `!=` and `&&` says."""
        for part in filter(None, condition.removeprefix("${{").removesuffix("}}").strip().split(" && ")):
            name, sign, wanted = re.fullmatch(r"([\w.-]+)(?: (==|!=) '(.*)')?", part.strip()).groups()  # type: ignore[union-attr]
            if not (self.value(name) if sign is None else (self.value(name) == wanted) == (sign == "==")):
                return False
        return True

    @property
    def summary(self) -> str:
        return (self.folder / "github_step_summary.txt").read_text(encoding="utf-8")

    @property
    def comments(self) -> dict[str, str]:
        kept = self.folder / "temp" / "comments.json"
        return json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A pull request that proposes one page, in a repository with a configuration."""
    for name in ("bin", "temp", "checkout/site"):
        (tmp_path / name).mkdir(parents=True)
    for name, text in (("python", PYTHON), ("gh", GH)):
        (tmp_path / "bin" / name).write_text(text.format(python=sys.executable), encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "checkout" / "site" / "index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "checkout" / "msgcheck.toml").write_text('[pages]\ninclude = ["site"]\n', encoding="utf-8")
    event = {"pull_request": {"number": 7, "head": {"sha": "abc"}}}
    (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path / "checkout"], check=True)
    return Runner(tmp_path, {"args": "--select=jargon\n\n--fail-on=warning"})


@pytest.mark.models
def test_the_action_checks_reports_comments_once_and_fails(runner: Runner) -> None:
    runner.run()
    assert runner.codes["Pass or fail"] == 1
    assert {name: code for name, code in runner.codes.items() if code} == {"Pass or fail": 1}
    assert "::warning title=jargon.buzzword,file=site/index.md,line=3," in runner.log
    assert (
        runner.summary
        == runner.comments["1"]
        == Path(runner.outputs["steps.check.outputs.markdown"]).read_text("utf-8")
    )
    assert "](<https://github.com/kiln/web/blob/abc/site/index.md#L3>)" in runner.comments["1"]
    for kind in ("html", "json", "sarif"):
        assert Path(runner.outputs[f"steps.check.outputs.{kind}"]).is_file()
    assert (runner.folder / "temp" / "pip.log").read_text("utf-8").splitlines()[-1] == str(ROOT)

    (runner.folder / "checkout" / "site" / "index.md").write_text(PAGE.partition("\n\nWe")[0], encoding="utf-8")
    again = Runner(runner.folder, runner.inputs)
    again.run()
    assert set(again.codes.values()) == {0}
    assert list(again.comments) == ["1"]
    assert again.comments["1"].splitlines()[:2] == [MARKER, "### msgcheck: nothing to mend"]


def test_nothing_checked_fails_the_action_and_says_so_in_the_summary(runner: Runner) -> None:
    shutil.rmtree(runner.folder / "checkout" / "site")
    runner.run()
    assert runner.codes["Pass or fail"] == 2
    assert runner.summary.startswith("**msgcheck checked nothing** (exit code 2)")
    assert runner.comments == {}
    assert "site: no such file or folder" in runner.log


@pytest.mark.models
def test_a_pull_request_that_may_not_be_commented_on_is_checked_all_the_same(runner: Runner) -> None:
    fork = Runner(runner.folder, {"args": "--select=jargon", "targets": "site/*.md", "token": "read-only"})
    fork.run()
    assert set(fork.codes.values()) == {0}
    assert "::warning title=msgcheck::The comments of this pull request cannot be read" in fork.log


def test_nothing_from_outside_is_written_into_a_script() -> None:
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


def schema(name: str) -> Draft7Validator:
    vendored = files("check_jsonschema").joinpath("builtin_schemas", "vendor", f"{name}.json")
    return Draft7Validator(json.loads(vendored.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "path"),
    [("github-actions", "action.yml"), ("gitlab-ci", "templates/msgcheck.gitlab-ci.yml")],
)
def test_the_published_schema_accepts_it(name: str, path: str) -> None:
    content = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert [error.message for error in schema(name).iter_errors(content)] == []


def test_inputs_and_outputs_of_the_action_are_described_and_documented() -> None:
    told = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for kind in ("inputs", "outputs"):
        assert [name for name, value in ACTION[kind].items() if not value["description"].strip()] == []
        assert [name for name in ACTION[kind] if f"| `{name}` |" not in told] == []


@pytest.mark.models
def test_the_pre_commit_hook_checks_the_configured_pages_when_a_page_is_committed(tmp_path: Path) -> None:
    from pre_commit.clientlib import load_manifest

    (hook,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    settings = 'select = ["jargon"]\nfail_on = "warning"\n[pages]\ninclude = ["index.md"]\n'
    (tmp_path / "msgcheck.toml").write_text(settings, encoding="utf-8")
    ours = {name: hook[name] for name in ("id", "name", "files", "pass_filenames")}
    local = {
        **ours,
        "language": "system",
        "entry": hook["entry"].replace("msgcheck", f"{sys.executable} -m msgcheck", 1),
    }
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)

    def committed(*names: str) -> tuple[int, str]:
        environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
        command = [sys.executable, "-m", "pre_commit", "run", "--files", *names]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, said = committed("index.md")
    assert (code, "jargon.buzzword" in said) == (1, True)
    code, said = committed("logo.svg")
    assert (code, "Skipped" in said) == (0, True)
