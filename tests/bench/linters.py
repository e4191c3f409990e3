"""msgcheck against write-good, alex, textlint and proselint: time, and which of their findings readers bear out.

    python tests/bench/linters.py [--sentences FILE.jsonl] [--files N]

Installs the others (npm, and PyPI in an environment of its own) into a temporary folder and prints their versions.
All read the same Markdown files, each a process: one page, then --files pages. textlint, which brings no rules, runs
textlint-rule-stop-words (filler words, buzzwords and clichés).

With --sentences, lines of `{"text", "jargon": [{"start", "end"}], "vague_votes"}` as labelled by readers, each sentence
is a file, and the words that each program points at are compared with the jargon that readers marked. The others look
for more than jargon; so also told is how many of the sentences in which they find anything readers called vague, or
marked any word of. msgcheck is counted twice: by its findings, and by every word that its report reads as jargon.
Sentences that its weights learnt from flatter it: figures on unseen pages stand in language/heads/MODEL_CARD.md.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGES = ("write-good", "alex", "textlint", "textlint-rule-stop-words")
#: proselint's own command cannot tell where a finding ends; it puts a line break before the text.
PROSELINT = """
import sys
from pathlib import Path
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

CheckRegistry().register_many(__register__)
for path in sys.argv[1:]:
    for found in LintFile(Path(path)).lint():
        print(path, *(place - 1 for place in found.check_result.span))
"""
PAGE = """# Visitor sign-in for busy offices

Welcome to page {number}. We leverage a robust, best-in-class platform to utilize synergies across your whole journey.

## How it works

Visitor {number} types a name at the desk, and the host gets a message within {number} seconds. Nobody has to call.
It was decided at this point in time that very many things could obviously be improved in order to empower teams.

- Plans start at ${number} a month for one desk.
- Moving from a paper book number {number} takes an afternoon.
- Cutting-edge solutions unlock seamless experiences for the guys at the door.

## What people say

"We used to look for the book," says the manager of house {number}. "Now we look at the screen."
"""
ROUNDS = 5
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

#: Characters that a program points at, in a file that holds one sentence: (name of the file, start, end).
Mark = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Program:
    """How one linter is called on files, and what its output points at."""

    name: str
    command: Callable[[Sequence[str]], list[str]]
    marks: Callable[[str, dict[str, str]], Iterator[Mark]]


def installed(folder: Path) -> list[Program]:
    subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, *PACKAGES], check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
    python = str(folder / "python" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-qq", "proselint"], check=True)
    for name in PACKAGES:
        package = json.loads((folder / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
        print(name, package["version"])
    version = "from importlib.metadata import version; print('proselint', version('proselint'))"
    print(subprocess.run([python, "-c", version], check=True, capture_output=True, text=True).stdout.strip())
    node = folder / "node_modules" / ".bin"
    rules = ["--rule", "stop-words", "--format", "json"]
    return [
        Program("write-good", lambda files: [str(node / "write-good"), "--parse", *files], write_good_marks),
        Program("alex", lambda files: [str(node / "alex"), *files], alex_marks),
        Program("textlint", lambda files: [str(node / "textlint"), *rules, *files], textlint_marks),
        Program("proselint", lambda files: [python, "-c", PROSELINT, *files], proselint_marks),
    ]


def write_good_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    """Lines of 'FILE:LINE:COLUMN:"words" is …', columns from 0."""
    for path, column, words in re.findall(r'^(.+?):1:(\d+):"(.+?)"', output, re.MULTILINE):
        yield Path(path).name, int(column), int(column) + len(words)


def alex_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    """A file's name, then lines of 'LINE:COLUMN-LINE:COLUMN  warning …', columns from 1."""
    name = ""
    for line in output.splitlines():
        if place := re.match(r"\s+1:(\d+)-1:(\d+)\s", line):
            yield name, int(place[1]) - 1, int(place[2]) - 1
        elif found := re.match(r"(\S+\.md)\b", line):
            name = Path(found[1]).name


def textlint_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    """JSON; the words stand in the message, a character or so behind the place that is told."""
    for file in json.loads(output):
        name = Path(file["filePath"]).name
        for message in file["messages"]:
            words = re.search(r"“(.+?)”", message["message"])
            start = texts[name].lower().find(words[1].lower(), message["index"]) if words else -1
            if words and start >= 0:
                yield name, start, start + len(words[1])


def proselint_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    for line in output.splitlines():
        path, start, end = line.rsplit(" ", 2)
        yield Path(path).name, int(start), int(end)


def msgcheck(*more: str) -> Callable[[Sequence[str]], list[str]]:
    return lambda files: [sys.executable, "-m", "msgcheck", "check", *files, "--format", "json", *more]


def finding_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    for finding in json.loads(output)["findings"]:
        for place in finding["locations"]:
            if place["line"] == place["end_line"] == 1:
                yield Path(place["document"]).name, place["column"] - 1, place["end_column"] - 1


def reading_marks(output: str, texts: dict[str, str]) -> Iterator[Mark]:
    for sentence in json.loads(output)["sentences"]:
        name = Path(sentence["page"]).name
        first = texts[name].find(sentence["text"])
        for span in sentence["jargon"] if first >= 0 else ():
            yield name, first + span["start"], first + span["end"]


def answer(program: Program, files: Sequence[str], folder: Path) -> tuple[float, str]:
    """Seconds of a whole process in `folder`, where textlint looks for its rules, and all that it said.

    Findings are no failure: write-good exits with their number.
    """
    started = time.perf_counter()
    done = subprocess.run(program.command(files), cwd=folder, capture_output=True, check=False, text=True)
    if "Traceback" in done.stderr or "Error" in done.stderr:
        raise RuntimeError(f"{program.name}: {done.stderr}")
    return time.perf_counter() - started, done.stdout or done.stderr


def compare_time(programs: Sequence[Program], count: int, home: Path) -> None:
    """The last of the programs reads everything once before, and knows it then."""
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / f"{number:04}.md" for number in range(count)]
        for number, file in enumerate(files):
            file.write_text(PAGE.format(number=number + 2), encoding="utf-8")
        paths = [str(file) for file in files]
        for some in (paths[:1], paths):
            answer(programs[-1], some, home)
            times: dict[str, list[float]] = {program.name: [] for program in programs}
            for _ in range(ROUNDS):
                for program in programs:
                    times[program.name].append(answer(program, some, home)[0])
            known = statistics.median(times["msgcheck, known"])
            print(f"{len(some)} Markdown pages, seconds of a whole process, median of {ROUNDS}:")
            for program, taken in times.items():
                middle = statistics.median(taken)
                print(f"  {program:18s} {middle:6.2f}  {1000 * middle / len(some):7.1f} ms a page"
                      f"  {middle / known:5.2f} of msgcheck where it knows the page")  # fmt: skip


def compare_findings(programs: Sequence[Program], labelled: Sequence[dict[str, Any]], home: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = {f"{number:04}.md": row["text"].strip() for number, row in enumerate(labelled)}
        for name, text in texts.items():
            (Path(folder) / name).write_text(text + "\n", encoding="utf-8")
        files = sorted(str(path) for path in Path(folder).glob("*.md"))
        print(f"{len(labelled)} labelled sentences, words of jargon, and sentences in which anything is found:")
        for program in programs:
            marks = list(program.marks(answer(program, files, home)[1], texts))
            print(f"  {program.name:18s} {judged(marks, texts, labelled)}")


def judged(marks: Sequence[Mark], texts: dict[str, str], labelled: Sequence[dict[str, Any]]) -> str:
    found = right = wanted = told = borne = 0
    for (name, text), row in zip(texts.items(), labelled, strict=True):
        shift = len(row["text"]) - len(row["text"].lstrip())
        gold = words_in(text, [(span["start"] - shift, span["end"] - shift) for span in row["jargon"]])
        ours = words_in(text, [(start, end) for file, start, end in marks if file == name])
        found, right, wanted = found + len(ours), right + len(ours & gold), wanted + len(gold)
        if ours:
            told += 1
            borne += bool(gold) or statistics.mean(row["vague_votes"]) >= 1.5
    precision, recall = right / max(1, found), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"F1 {f1:.2f} (precision {precision:.2f}, recall {recall:.2f}); "
        f"{told} sentences, {borne / max(1, told):.2f} of them vague or with jargon"
    )


def words_in(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Where the words begin that the spans touch."""
    return {
        word.start()
        for word in _WORD.finditer(text)
        if any(start < word.end() and word.start() < end for start, end in spans)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--files", type=int, default=50)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        others = installed(home)
        ours = Program("msgcheck, known", msgcheck(), finding_marks)
        compare_time([*others, Program("msgcheck, new", msgcheck("--no-cache"), finding_marks), ours], args.files, home)
        if args.sentences:
            rows = [json.loads(line) for line in args.sentences.read_text(encoding="utf-8").splitlines()]
            findings = Program("msgcheck", msgcheck("--select", "jargon"), finding_marks)
            readings = Program("msgcheck, readings", msgcheck("--include", "sentences"), reading_marks)
            compare_findings([*others, findings, readings], rows, home)


if __name__ == "__main__":
    main()
