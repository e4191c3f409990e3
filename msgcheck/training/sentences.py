"""The labelled sentences as the reading top is trained on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.heads import surface
from msgcheck.language.torch_encoder import TorchEncoder

_KINDS = {"buzzword": 1, "insider": 2}

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The labelled sentences, and what the shared layers of the encoder make of them.

    `targets` are means of the annotators, (sentences, 2): vagueness and claim. `states`, `offsets` and `marks` (the
    shares of annotators who call a token none, buzzword, insider) have a row a token, marks of start and end included.
    `trusted` sentences have three annotators, the others one.
    """

    texts: list[str]
    pages: NDArray[np.str_]
    trusted: NDArray[np.bool_]
    targets: Floats
    surface: Floats
    states: list[NDArray[np.float16]]
    offsets: list[Integers]
    marks: list[Floats]
    jargon: list[list[dict[str, Any]]]


def load_sentences(gold: Path) -> Sentences:
    """`gold` holds sentences.jsonl and extra_sentences.jsonl."""
    rows = [
        json.loads(line)
        for name in ("sentences.jsonl", "extra_sentences.jsonl")
        for line in (gold / name).read_text(encoding="utf-8").splitlines()
    ]
    texts = [row["text"] for row in rows]
    encoded = {index: (states, offsets) for index, states, offsets in TorchEncoder(()).shared(texts)}
    offsets = [encoded[index][1] for index in range(len(texts))]
    return Sentences(
        texts=texts,
        pages=np.array([row["page"] for row in rows]),
        trusted=np.array([len(row["vague_votes"]) >= 3 for row in rows]),
        targets=np.array(
            [[np.mean(row["vague_votes"]) / 2, np.mean(row["claim_votes"])] for row in rows], dtype=np.float32
        ),
        surface=np.stack([surface(text) for text in texts]),
        states=[encoded[index][0].astype(np.float16) for index in range(len(texts))],
        offsets=offsets,
        marks=[_marks(row, places) for row, places in zip(rows, offsets, strict=True)],
        jargon=[row["jargon"] for row in rows],
    )


def _marks(row: dict[str, Any], offsets: Integers) -> Floats:
    annotators = [list(_spans(row["text"], marked)) for marked in row.get("jargon_any", ())] or [
        [(span["start"], span["end"], _KINDS[span["kind"]]) for span in row["jargon"]]
    ]
    shares = np.zeros((len(offsets), 1 + len(_KINDS)), dtype=np.float32)
    for spans in annotators:
        kinds = np.zeros(len(offsets), dtype=np.int64)
        for start, end, kind in spans:
            kinds[(offsets[:, 0] < end) & (offsets[:, 1] > start)] = kind
        shares[np.arange(len(offsets)), kinds] += 1 / len(annotators)
    return shares


def _spans(text: str, marked: list[tuple[str, str]]) -> Iterator[tuple[int, int, int]]:
    """Where the phrases that one annotator marked ('B' for buzzwords) stand."""
    for phrase, kind in marked:
        for match in re.finditer(re.escape(phrase), text, re.IGNORECASE):
            yield match.start(), match.end(), _KINDS["buzzword" if kind == "B" else "insider"]
