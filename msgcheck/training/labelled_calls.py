"""The calls that the moment detector learns from: labelled ones, written exchanges, and talk about no product."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.config import Calls
from msgcheck.errors import InputError
from msgcheck.extract.pages import extract_page
from msgcheck.extract.positioning import read_positioning
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.language.values import Language
from msgcheck.measure.annotate import annotate_calls, annotate_positioning
from msgcheck.measure.calls.detector import KINDS
from msgcheck.measure.calls.features import TurnFeatures, call_features, make_frame
from msgcheck.measure.calls.roles import infer_all
from msgcheck.model import UNSEEN, Call, Message, Positioning, RawDocument, Speaker, Turn

EXCHANGES = Path(__file__).parent / "data" / "exchanges.txt"
#: Of each long talk these turns are taken: the middle, where people are past their greetings.
_TALK = slice(40, 64)
_LABEL = re.compile(r" @([a-z-]+)$")
_VENDORS = ("Vendor", "Vendor's colleague")

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The turns of one call: `kinds` is -1 for no moment, else an index into KINDS; `subtle` marks moments that say it
    in no words, `hard` turns that only look like moments."""

    company: str
    features: TurnFeatures
    kinds: Labels
    subtle: NDArray[np.bool_]
    hard: NDArray[np.bool_]


def load_turns(gold: Path, language: Language) -> Iterator[Example]:
    """`gold` holds a folder a company with positioning.yaml, page.txt (a sentence a line) and turns.jsonl."""
    for folder in sorted(path.parent for path in gold.glob("*/turns.jsonl")):
        rows = [json.loads(line) for line in (folder / "turns.jsonl").read_text(encoding="utf-8").splitlines()]
        lines = [line for line in (folder / "page.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
        grouped = [list(group) for _, group in groupby(rows, key=lambda row: str(row["call"]))]
        statement = read_positioning(raw(folder / "positioning.yaml"))
        features = _features([turns_call(turns) for turns in grouped], statement, lines, language)
        for turns, found in zip(grouped, features, strict=True):
            yield _example(folder.name, found, [row["label"] for row in turns], [bool(row["hard"]) for row in turns])


def load_cases(gold: Path, language: Language) -> Iterator[Example]:
    """`gold` holds a folder a company with positioning.yaml, site/, calls/ in any format, and labels.json that quotes
    the turns."""
    for folder in sorted(path.parent for path in gold.glob("*/labels.json")):
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        statement = read_positioning(raw(folder / "positioning.yaml"))
        pages = [extract_page(raw(path)) for path in sorted((folder / "site").rglob("*.html"))]
        lines = [block.text for page in pages for _, block in page.copy() if block.role not in UNSEEN]
        files = sorted(path for path in (folder / "calls").iterdir() if path.is_file())
        read = [(path.name, call) for path in files for call in infer_all(_read(raw(path)), Calls(), statement)]
        features = _features([call for _, call in read], statement, lines, language)
        for (name, call), found in zip(read, features, strict=True):
            moments = [item for item in labels["moments"] if Path(item["call"]).name == name]
            hard = [item for item in labels["hard_negatives"] if Path(item["call"]).name == name]
            yield _example(
                folder.name,
                found,
                [_quoted(moments, turn.text) for turn in call.turns],
                [_quoted(hard, turn.text) is not None for turn in call.turns],
            )


def load_exchanges(language: Language, path: Path = EXCHANGES) -> Iterator[Example]:
    """The project's own: stretches of invented calls about many trades, in data/exchanges.txt."""
    for place, block in enumerate(re.split(r"^= ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]):
        head, *lines = [line for line in block.splitlines() if line.strip()]
        product, category, denied = (part.strip() for part in head.split("|"))
        messages = [line[2:].strip() for line in lines if line.startswith("A:")]
        statement = Positioning(
            source="",
            product=product,
            category=category,
            not_categories=tuple(map(str.strip, denied.split(";"))),
            messages=tuple(Message(str(number), text) for number, text in enumerate(messages)),
        )
        page = [line[2:].strip() for line in lines if line.startswith("W:")]
        spoken = [line for line in lines if line[:2] not in ("A:", "W:")]
        talks = [list(talk) for dash, talk in groupby(spoken, key="-".__eq__) if not dash]
        calls = [_exchange([_LABEL.sub("", line) for line in talk]) for talk in talks]
        for talk, features in zip(talks, _features(calls, statement, page, language), strict=True):
            labels = [_LABEL.search(line) for line in talk]
            kinds = [{"kind": label[1]} if label else None for label in labels]
            yield _example(f"exchange {place}", features, kinds, [False] * len(talk))


def load_talk(folder: Path, language: Language) -> Iterator[Example]:
    """Files that the transcript readers can read; nothing in them is a moment."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".json", ".txt")):
        for call in infer_all(_read_talk(path), Calls(), None):
            middle = tuple(replace(turn, index=place) for place, turn in enumerate(call.turns[_TALK]))
            if middle:
                features = _features([replace(call, turns=middle)], None, [], language)[0]
                yield _example(path.stem, features, [None] * len(middle), [False] * len(middle))


def _features(
    calls: Sequence[Call], statement: Positioning | None, lines: Sequence[str], language: Language
) -> list[TurnFeatures]:
    copy = [sentence for passage in language.annotate(list(lines)) for sentence in passage.sentences]
    frame = make_frame(copy, annotate_positioning(statement, language) if statement else None, language)
    return [call_features(call, frame) for call in annotate_calls(calls, language)]


def _example(
    company: str, features: TurnFeatures, labels: Sequence[dict[str, Any] | None], hard: Sequence[bool]
) -> Example:
    kinds = np.array([KINDS.index(label["kind"]) if label else -1 for label in labels])
    subtle = np.array([bool(label and label.get("subtle")) for label in labels])
    return Example(company, features, kinds, subtle, np.array(hard) & (kinds < 0))


def _quoted(labels: Sequence[dict[str, Any]], text: str) -> dict[str, Any] | None:
    """The first label whose quote stands in the turn."""
    return next((label for label in labels if _bare(label["turn_quote"]) in _bare(text)), None)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def raw(path: Path) -> RawDocument:
    return RawDocument(path.name, str(path), path.name, path.read_bytes())


def turns_call(rows: Sequence[dict[str, str]]) -> Call:
    roles = {row["speaker"]: row["role"] for row in rows}
    speakers = tuple(Speaker(name, "rep" if role == "rep" else "prospect", 1.0) for name, role in roles.items())
    turns = tuple(Turn(index, row["speaker"], row["text"]) for index, row in enumerate(rows))
    return Call(rows[0]["call"], "", "plain", "", speakers, turns)


def _exchange(lines: Sequence[str]) -> Call:
    """R: a rep to a prospect, P: a prospect, T: the vendor's people among themselves by turns, N: written notes."""
    names = {"R": _VENDORS[:1], "P": ("Prospect",), "T": _VENDORS, "N": _VENDORS[:1]}
    turns = []
    for place, line in enumerate(lines):
        mark, text = line.split(":", 1)
        speaker = names[mark][place % len(names[mark])]
        turns.append(Turn(place, speaker, text.strip(), note=mark == "N"))
    spoken = dict.fromkeys(turn.speaker for turn in turns)
    speakers = tuple(Speaker(name, "rep" if name in _VENDORS else "prospect", 1.0) for name in spoken)
    return Call("", "", "plain", "", speakers, tuple(turns))


def _read(raw: RawDocument) -> list[Call]:
    try:
        return list(read_calls(raw))
    except InputError:
        return []


def _read_talk(path: Path) -> list[Call]:
    if path.suffix != ".json":
        return _read(raw(path))
    stored = json.loads(path.read_text(encoding="utf-8"))
    lines = stored.get("meeting_transcripts", []) if isinstance(stored, dict) else []
    text = "\n\n".join(f"{line['speaker']}: {line['content']}" for line in lines)
    return _read(RawDocument(path.name, str(path), f"{path.stem}.txt", text.encode()))
