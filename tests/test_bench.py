"""The benchmarks' own parts: pages are varied as they say, and what other linters point at is read right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench import linters
from bench.corpus import write_varied

PAGE = """<!doctype html><title>Bread for early shops</title><style>.early { color: black }</style>
<h1>Bread that arrives before your doors open</h1><p>Every morning our drivers bring warm loaves to small shops.</p>
<script>var early = "before dawn";</script>"""
TEXT = "Nobody should utilize the obvious guys at this point in time."


def varied(folder: Path, count: int, *, alike: bool = False) -> list[str]:
    folder.mkdir()
    write_varied([PAGE], folder, count, alike=alike)
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


def markup(page: str) -> list[str]:
    return re.findall(r"<(?:style|script).*?</|<[^>]+>", page, re.DOTALL)


def test_copies_of_a_page_differ_in_words_and_keep_their_markup(tmp_path: Path) -> None:
    pages = varied(tmp_path / "pages", 6)
    assert len(set(pages)) == 6
    assert {tuple(markup(page)) for page in pages} == {tuple(markup(PAGE))}


def test_copies_are_the_same_in_every_run(tmp_path: Path) -> None:
    assert varied(tmp_path / "once", 3) == varied(tmp_path / "again", 3)


def test_copies_that_are_alike_differ_in_their_last_words_alone(tmp_path: Path) -> None:
    assert varied(tmp_path / "pages", 2, alike=True) == [
        PAGE.replace("small shops.", f"small shops. no {number}") for number in range(2)
    ]


@pytest.mark.parametrize(
    ("marks", "output", "words"),
    [
        (linters.write_good_marks, '/t/0.md:1:14:"utilize" is wordy or unneeded\n', ["utilize"]),
        (linters.alex_marks, "0.md\n  1:34-1:38  warning  `guys` may be insensitive  gals-man\n", ["guys"]),
        (
            linters.textlint_marks,
            json.dumps([{"filePath": "/t/0.md", "messages": [{"index": 13, "message": "Avoid using “utilize”"}]}]),
            ["utilize"],
        ),
        (linters.proselint_marks, "/t/0.md 42 60\n", ["this", "point", "in", "time"]),
    ],
)
def test_what_other_linters_point_at_is_read_from_what_they_say(
    marks: Callable[[str, dict[str, str]], Iterator[linters.Mark]], output: str, words: list[str]
) -> None:
    found = [(start, end) for name, start, end in marks(output, {"0.md": TEXT}) if name == "0.md"]
    assert [re.match(r"\w+", TEXT[place:])[0] for place in sorted(linters.words_in(TEXT, found))] == words


def test_words_are_judged_by_what_readers_marked() -> None:
    labelled = [
        {"text": TEXT, "jargon": [{"start": 14, "end": 21}, {"start": 42, "end": 60}], "vague_votes": [0, 0, 0]},
        {"text": "We bake at four.", "jargon": [], "vague_votes": [0, 0, 1]},
    ]
    texts = {"0.md": TEXT, "1.md": "We bake at four."}
    told = linters.judged([("0.md", 14, 21), ("1.md", 3, 7)], texts, labelled)
    assert told == "F1 0.29 (precision 0.50, recall 0.20); 2 sentences, 0.50 of them vague or with jargon"
