"""Any bytes give a document or one clear line, wherever bytes are read: drawn ones here, nasty ones in tests/fuzz."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgcheck.cli.main import main
from tests.fuzz.monsters import monsters
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS, attempted, packed

ROOT = Path(__file__).parent.parent
#: Seconds until the process that reads all nasty inputs counts as hanging.
_PATIENCE = 900
#: What marks up, quotes, nests or ends something in one format or another.
_MARKS = [mark.encode("utf-8", "surrogatepass") for mark in (
    "\0", "\n", "\r", "\r\n\r\n", "---\n", "<", "</", "<!--", "-->", "<p>", "<svg>", "&#x", "&amp;", "{", "}}", "[",
    "]", "\"", "'", "\\u", "\\ud800", "\ud800", "\u202e", "\x1b[31m", ": ", "- ", "* ", "`", "|", "#", "&a", "*a",
    "!!int ", "=", "-->\n00:01", "Ada: ", "=?utf-8?q?", "9" * 400, "1e999", "NaN", "null", "\ufeff", "\u2028", "\x0b",
    "%zz", "\u0301",
)]  # fmt: skip

rubbish = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
marks = st.lists(st.sampled_from(_MARKS) | rubbish, max_size=6).map(b"".join)


@st.composite
def spoilt(draw: st.DrawFn, seed: bytes) -> bytes:
    """A valid file of which a part is gone or doubled, with marks and rubbish in its place."""
    first, last = (draw(st.integers(0, len(seed))) for _ in range(2))
    return seed[:first] + draw(marks) + seed[last:]


@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes_are_read_or_refused_in_one_line(target: str) -> None:
    drawn = st.one_of(marks, *(spoilt(seed) for seed in SEEDS[target]))

    @settings(
        max_examples=8 if target in ("check", "editor") else 60,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def reads(content: bytes) -> None:
        assert "\n" not in attempted(target, content)

    reads()


def test_nasty_inputs_are_read_or_refused_in_one_line_and_in_little_memory() -> None:
    command = [sys.executable, "-m", "tests.fuzz.inputs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert (done.returncode, done.stdout.splitlines()[:-1], done.stderr[-2000:]) == (0, [], "")


@pytest.mark.parametrize(
    ("target", "what", "name", "command", "code"),
    [
        ("page-docx", "a larger bomb", "x.docx", ("check",), 2),
        ("page-docx", "a billion laughs", "x.docx", ("extract",), 3),
        ("page-yaml", "deep", "x.yaml", ("extract",), 3),
        ("page-json", "deep", "x.json", ("check",), 2),
        ("page-json", "one key twice", "x.json", ("extract",), 0),
        ("call-json", "no keys", "x.json", ("calls",), 2),
        ("config", "a huge number", "msgcheck.toml", ("check", "--config"), 2),
        ("positioning-yaml", "aliases", "p.yaml", ("calls", ".", "--positioning"), 2),
    ],
)
def test_a_nasty_file_ends_the_command_with_one_line_and_the_right_code(
    target: str,
    what: str,
    name: str,
    command: tuple[str, ...],
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = next(content for place, kind, content in monsters() if (place, kind) == (target, what))
    (tmp_path / name).write_bytes(packed(content) if target == "page-docx" else content)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([*command, name])
    said = capsys.readouterr()
    assert (ended.value.code, said.err.count("\n")) == (code, int(code != 0))
