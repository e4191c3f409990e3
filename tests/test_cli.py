"""The installed command, end to end: what goes where, and which exit code says what."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """# Payroll software for dental practices

Ledgerling pays your staff on the last working day of each month and files the tax return. 38 practices in Ohio use it.

## Ready for what comes next

We leverage seamless synergies to help forward-thinking practices unlock their full potential.
"""

POSITIONING = """
version: 1
product: Ledgerling
category: payroll software
messages:
  - {id: pays, text: "Ledgerling pays staff on the last working day of each month.", required_on: ["/"]}
facts:
  - {id: price, text: "Plans start at $29 a month."}
"""


def msgcheck(*arguments: str, cwd: Path, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
    binary = stdin if isinstance(stdin, bytes) else (stdin or "").encode()
    done = subprocess.run(
        [sys.executable, "-m", "msgcheck", *arguments], cwd=cwd, input=binary, capture_output=True, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "positioning.yaml").write_text(POSITIONING, encoding="utf-8")
    return tmp_path


@pytest.mark.models
def test_a_page_with_jargon_is_reported_with_place_reason_and_advice(site: Path) -> None:
    done = msgcheck("check", "index.md", "--positioning", "positioning.yaml", "--format", "json", cwd=site)
    report = json.loads(done.stdout)
    found = {f["rule"]: f for f in report["findings"]}
    assert done.stderr == ""
    assert report["schema_version"] == "1.0"
    assert "jargon.buzzword" in found
    place = found["jargon.buzzword"]["locations"][0]
    line = PAGE.splitlines()[place["line"] - 1]
    assert line[place["column"] - 1 :].startswith(place["quote"])
    assert all(f["message"] and f["advice"] for f in report["findings"])
    assert [m["status"] for m in report["pages"][0]["messages"]] == ["covered"]


@pytest.mark.models
def test_the_exit_code_follows_fail_on(site: Path) -> None:
    codes = {
        level: msgcheck(
            "check", "index.md", "--select", "jargon.buzzword", "--fail-on", level, "-q", cwd=site
        ).returncode
        for level in ("error", "warning", "never")
    }
    assert codes == {"error": 0, "warning": 1, "never": 0}


@pytest.mark.models
def test_two_runs_give_the_same_bytes_but_for_run(site: Path) -> None:
    arguments = ("check", "index.md", "--positioning", "positioning.yaml", "--format", "json", "--include", "sentences")
    first, second = (json.loads(msgcheck(*arguments, *extra, cwd=site).stdout) for extra in ((), ("--no-cache",)))
    assert {**first, "run": 0} == {**second, "run": 0}


@pytest.mark.models
def test_html_and_json_files_are_written_beside_the_terminal_report(site: Path) -> None:
    done = msgcheck("check", "index.md", "-o", "report.html", "-o", "report.json", cwd=site)
    assert "index.md" in done.stdout
    assert (site / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((site / "report.json").read_text(encoding="utf-8"))["summary"]["pages"] == 1
    assert [path.name for path in site.iterdir() if path.name.startswith(".")] == []


@pytest.mark.models
def test_stdin_is_read_as_its_name_says(site: Path) -> None:
    done = msgcheck(
        "check",
        "-",
        "--stdin-filename",
        "draft.html",
        "--format",
        "json",
        cwd=site,
        stdin="<h1>Payroll for dentists</h1>",
    )
    report = json.loads(done.stdout)
    assert [page["source"] for page in report["pages"]] == ["draft.html"]


def test_a_page_in_another_language_is_skipped_with_the_reason(tmp_path: Path) -> None:
    german = "Lohnabrechnung für Zahnarztpraxen: nahtlose Synergien, ganzheitliche Lösungen.\n"
    (tmp_path / "de.md").write_text(german, encoding="utf-8")
    done = msgcheck("check", "de.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "de.md: its language is 'de'; msgcheck reads English" in done.stderr


@pytest.mark.models
def test_a_broken_page_is_a_fault_and_the_others_are_checked(site: Path) -> None:
    (site / "broken.md").write_bytes(b"caf\xe9 \xff\xfe")
    done = msgcheck("check", ".", "--format", "json", cwd=site)
    report = json.loads(done.stdout)
    told = [fault["document"] for fault in report["faults"]] + [skip["what"] for skip in report["skipped"]]
    assert any("broken.md" in name for name in told)
    assert [page["key"] for page in report["pages"]] == ["index.md"]


def test_a_rule_that_crashes_is_a_fault_and_exit_code_3(site: Path) -> None:
    script = (
        "import msgcheck.rules.vague.hero_unclear as m, dataclasses, sys\n"
        "def crash(page, context): raise RuntimeError('boom')\n"
        "m.RULE = dataclasses.replace(m.RULE, check=crash)\n"
        "from msgcheck.cli.main import main\n"
        "main(['check', 'index.md', '--no-cache', '--format', 'json'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert [fault["rule"] for fault in json.loads(done.stdout)["faults"]] == ["vague.hero-unclear"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check",), "No page to check"),
        (("check", "nowhere"), "nowhere"),
        (("check", "index.md", "--positioning", "none.yaml"), "none.yaml"),
        (("check", "index.md", "--config", "none.toml"), "none.toml"),
        (("check", "index.md", "--select", "jargn"), "jargn"),
        (("check", "index.md", "-o", "report.pdf"), "report.pdf"),
        (("check", "index.md", "-o", "no/such/folder/report.html"), "no/such/folder"),
        (("check", "index.md", "--calls", "none"), "none"),
        (("chek", "index.md"), "chek"),
        (("explain", "jargon.buzzwrd"), "jargon.buzzword"),
        (("check", "empty.md"), "empty"),
        (("check", "binary.md"), "binary"),
        (("check", "https://nothing.invalid/"), "nothing.invalid"),
    ],
)
def test_wrong_use_is_one_clear_line_and_a_code_that_is_not_0(
    site: Path, arguments: tuple[str, ...], says: str
) -> None:
    (site / "empty.md").write_bytes(b"")
    (site / "binary.md").write_bytes(bytes(range(256)) * 4)
    done = msgcheck(*arguments, cwd=site)
    assert done.returncode in (2, 3)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_positioning_mistake_names_file_and_key(site: Path) -> None:
    (site / "positioning.yaml").write_text("version: 1\nproduct: X\ncategry: y\nmessages: []\n", encoding="utf-8")
    done = msgcheck("check", "index.md", "--positioning", "positioning.yaml", cwd=site)
    assert done.returncode == 2
    assert "positioning.yaml" in done.stderr
    assert "categry" in done.stderr
    assert "category" in done.stderr


def test_control_codes_in_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    done = msgcheck("check", "\x1b[31mred\x07", cwd=tmp_path)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


@pytest.mark.parametrize("module", ["torch", "spacy", "sentence_transformers", "bs4", "requests", "altair"])
def test_help_loads_nothing_heavy(module: str) -> None:
    script = (
        "import sys\n"
        "from msgcheck.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print({module!r} in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_explain_and_rules_answer_from_the_rules_themselves(tmp_path: Path) -> None:
    assert "Why a buyer cares" in msgcheck("explain", "jargon.buzzword", cwd=tmp_path).stdout
    assert "vague.hero-unclear" in msgcheck("rules", cwd=tmp_path).stdout


def test_init_writes_files_that_check_accepts_and_never_overwrites(tmp_path: Path) -> None:
    assert msgcheck("init", "--yes", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["msgcheck.toml", "positioning.yaml"]
    again = msgcheck("init", "--yes", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_extract_prints_one_object_a_document(site: Path) -> None:
    done = msgcheck("extract", "index.md", cwd=site)
    (document,) = (json.loads(line) for line in done.stdout.splitlines())
    assert set(document) == {"key", "source", "kind", "title", "language", "blocks", "skipped"}
    assert document["blocks"][0]["role"] == "heading-1"
    assert (document["blocks"][0]["line"], document["blocks"][0]["column"]) == (1, 3)


@pytest.mark.models
def test_calls_are_read_alone(tmp_path: Path) -> None:
    talk = (
        "Ada: Thanks for joining. What brought you to us?\n"
        "Bo: Honestly, I thought you were a CRM, that's what your website sounded like.\n"
        "Ada: Not quite, we do payroll. Let me show you.\n"
        "Bo: Oh okay. How much is it?\n"
        "Ada: Plans start at twenty-nine dollars a month.\n"
    )
    (tmp_path / "call.txt").write_text(talk, encoding="utf-8")
    done = msgcheck("calls", "call.txt", "--format", "json", cwd=tmp_path)
    (call,) = json.loads(done.stdout)["calls"]
    assert done.returncode == 0
    assert call["turns"] == 5
    assert [moment["turn"] for moment in call["moments"]] == [1]
