"""Our own labelled sentences, pages and turns: figures fall only by an edit of floors.json, with a reason."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from msgcheck.config import Config
from msgcheck.engine import Inputs, Settings, check
from msgcheck.language.core import load_language
from msgcheck.model import Positioning, RawDocument, Report

GOLD = Path(__file__).parent.parent / "corpora" / "gold"
FLOORS = GOLD / "floors.json"
#: A figure may fall so far below its floor before the test fails: floating point differs between machines.
SLACK = 0.005


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def prf(hit: int, false: int, missed: int) -> dict[str, float]:
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / (precision + recall) if hit else 0.0,
    }


def sentence_figures() -> dict[str, float]:
    labelled = rows("sentences.jsonl")
    page = "\n\n".join(row["text"] for row in labelled).encode()
    report = check(Inputs(pages=(RawDocument("s.txt", "s.txt", "s.txt", page),)), Settings(), load_language())
    found = {sentence.text: sentence for sentence in report.sentences}
    rows_found = [(row, found[row["text"]]) for row in labelled if row["text"] in found]
    vague, claim = [row["vague"] for row, _ in rows_found], [row["claim"] for row, _ in rows_found]
    sure = [(row["vague"] == 2, sentence.vagueness) for row, sentence in rows_found if row["vague"] != 1]
    words = list(marked_words(rows_found))
    counts = [sum(pair == kind for pair in words) for kind in ((True, True), (True, False), (False, True))]
    figures = {
        "sentences.found": len(rows_found) / len(labelled),
        "vague.spearman": float(spearmanr(vague, [sentence.vagueness for _, sentence in rows_found])[0]),
        "vague.auc": float(roc_auc_score([label for label, _ in sure], [value for _, value in sure])),
        "claim.auc": float(roc_auc_score(claim, [sentence.claim for _, sentence in rows_found])),
    }
    return figures | {f"jargon.words.{name}": value for name, value in prf(*counts).items()}


def marked_words(pairs: list[tuple[dict[str, Any], Any]]) -> Iterator[tuple[bool, bool]]:
    """(found, labelled) for each word."""
    for row, sentence in pairs:
        text = row["text"]
        gold = {
            place
            for span in row["jargon"]
            for match in re.finditer(re.escape(span["text"]), text)
            for place in range(*match.span())
        }
        ours = {place for span in sentence.jargon for place in range(span.start, span.end)}
        for match in re.finditer(r"\w+", text):
            yield match.start() in ours, match.start() in gold


def page_figures() -> dict[str, float]:
    """Precision and recall a rule; words may be marked under another rule about wording."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    met: Counter[str] = Counter()
    unmet: Counter[str] = Counter()
    for page in tomllib.loads((GOLD / "pages.toml").read_text(encoding="utf-8"))["page"]:
        marks = [(mark["rule"], mark["quote"]) for mark in page["marks"]]
        places = found_places(page["id"], page["text"])
        for rule, quote in places:
            (right if any(shares_words(quote, marked) for _, marked in marks) else wrong)[rule] += 1
        for rule, marked in marks:
            (met if any(shares_words(quote, marked) for _, quote in places) else unmet)[rule] += 1
    precision = {f"{rule}.precision": right[rule] / (right[rule] + wrong[rule]) for rule in right | wrong}
    return precision | {f"{rule}.recall": met[rule] / (met[rule] + unmet[rule]) for rule in met | unmet}


def found_places(name: str, text: str) -> list[tuple[str, str]]:
    report = check(Inputs(pages=(RawDocument(name, name, f"{name}.md", text.encode()),)), Settings(), load_language())
    return [(finding.rule, place.quote) for finding in report.findings for place in finding.locations]


def shares_words(one: str, two: str) -> bool:
    """Whether half of the words of the shorter text stand in the other."""
    first, second = (set(re.findall(r"[\w#%'’-]+", text.lower())) for text in (one, two))
    return 2 * len(first & second) >= min(len(first), len(second)) > 0


def moment_report(product: str, turns: list[dict[str, Any]]) -> Report:
    """One call a labelled turn, with the turn before it."""
    first = turns[0]
    positioning = Positioning("gold", product, category=first["category"], not_categories=tuple(first["not"]))
    calls = []
    for row in turns:
        us, them = ("Prospect", "Rep") if row["role"] == "prospect" else ("Rep", "Prospect")
        lines = [f"{them}: {row['previous']}"] * bool(row["previous"])
        lines += [f"{us}: {row['text']}", f"{them}: {row['next']}"]
        calls.append(RawDocument(row["id"], row["id"], f"{row['id']}.txt", "\n".join(lines).encode()))
    config = Config.model_validate({"calls": {"rep_names": ["Rep"]}})
    return check(Inputs(calls=tuple(calls), positioning=positioning), Settings(config), load_language())


def moment_figures() -> dict[str, float]:
    labelled = rows("moments.jsonl")
    hit = false = missed = 0
    for product in sorted({row["product"] for row in labelled}):
        turns = [row for row in labelled if row["product"] == product]
        report = moment_report(product, turns)
        found = {(call.call.key, moment.quote) for call in report.calls for moment in call.moments}
        for row in turns:
            marked = (row["id"], " ".join(row["text"].split())) in found
            hit += marked and row["label"] is not None
            false += marked and row["label"] is None
            missed += not marked and row["label"] is not None
    return {f"moments.{name}": value for name, value in prf(hit, false, missed).items()}


@pytest.mark.models
def test_figures_on_our_own_labels_do_not_fall(accept: bool) -> None:
    figures = {
        name: round(value, 3) for name, value in (sentence_figures() | page_figures() | moment_figures()).items()
    }
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if accept:
        raised = {name: max(value, floors.get(name, value)) for name, value in sorted(figures.items())}
        FLOORS.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")
        return
    assert set(figures) == set(floors)
    assert {name: value for name, value in figures.items() if value < floors[name] - SLACK} == {}
