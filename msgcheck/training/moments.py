"""Trains the moment detector on labelled calls of invented companies, and measures it on companies left out.

    python -m msgcheck.training.moments --gold DIR [--talk DIR] [--measure]

DIR holds a folder a company with positioning.yaml, page.txt (a sentence a line) and turns.jsonl. `--talk` names files
of talk that is about no product, as Markdown (`**Name:** text`) or JSON; every second one is learnt from as 'no
confusion here', the rest only measures false alarms.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from msgcheck.config import Calls
from msgcheck.errors import InputError
from msgcheck.extract.positioning import read_positioning
from msgcheck.extract.transcripts.detect import read_calls
from msgcheck.language.core import load_language
from msgcheck.language.values import Language, Vector
from msgcheck.measure.annotate import annotate_calls, annotate_positioning
from msgcheck.measure.calls.detector import KINDS, WEIGHTS, Design, Detector, Vocabulary, design, save
from msgcheck.measure.calls.features import TurnFeatures, call_features, make_frame
from msgcheck.measure.calls.roles import infer_all
from msgcheck.model import Call, RawDocument, Speaker, Turn

#: How much each group of features may say, and how strongly weights are held small: chosen by average precision with
#: one company left out at a time (8 companies, 3,702 turns, 284 moments; November 2026, `--measure`).
_CUES, _MEANING, _WORDS, _SPECIAL = 1.0, 0.4, 0.3, 0.5
_STRENGTH, _KIND_STRENGTH = 0.002, 0.003
#: An n-gram is used when so many companies' calls hold it: habits of speech, not subjects.
_COMPANIES = 7
_MODES = 3

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The turns of one call: `kinds` is -1 for no moment, else an index into KINDS; `hard` marks look-alikes."""

    company: str
    features: TurnFeatures
    kinds: Labels
    hard: NDArray[np.bool_]


def load_companies(gold: Path, language: Language) -> list[Example]:
    out = []
    for folder in sorted(path for path in gold.iterdir() if (path / "turns.jsonl").exists()):
        rows = [json.loads(line) for line in (folder / "turns.jsonl").read_text(encoding="utf-8").splitlines()]
        statement = read_positioning(_raw(folder / "positioning.yaml"))
        lines = [line for line in (folder / "page.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
        copy = [sentence for passage in language.annotate(lines) for sentence in passage.sentences]
        frame = make_frame(copy, annotate_positioning(statement, language), language)
        grouped = [list(group) for _, group in groupby(rows, key=lambda row: str(row["call"]))]
        for turns, call in zip(grouped, annotate_calls([_call(turns) for turns in grouped], language), strict=True):
            kinds = np.array([KINDS.index(row["label"]["kind"]) if row["label"] else -1 for row in turns])
            hard = np.array([bool(row["hard"]) for row in turns])
            out.append(Example(folder.name, call_features(call, frame), kinds, hard))
    return out


def _raw(path: Path) -> RawDocument:
    return RawDocument(path.name, str(path), path.name, path.read_bytes())


def _call(rows: Sequence[dict[str, str]]) -> Call:
    roles = {row["speaker"]: row["role"] for row in rows}
    speakers = tuple(Speaker(name, "rep" if role == "rep" else "prospect", 1.0) for name, role in roles.items())
    turns = tuple(Turn(index, row["speaker"], row["text"]) for index, row in enumerate(rows))
    return Call(rows[0]["call"], "", "plain", "", speakers, turns)


def load_talk(folder: Path, language: Language) -> list[Example]:
    """Files that the transcript readers can read; nothing in them is a moment."""
    out = []
    frame = make_frame([], None, language)
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".json", ".txt")):
        for call in annotate_calls(infer_all(_read_talk(path), Calls(), None), language):
            features = call_features(call, frame)
            count = len(features.modes)
            out.append(Example(path.stem, features, np.full(count, -1), np.zeros(count, dtype=np.bool_)))
    return out


def _read_talk(path: Path) -> list[Call]:
    if path.suffix == ".json":
        stored = json.loads(path.read_text(encoding="utf-8"))
        lines = stored.get("meeting_transcripts", []) if isinstance(stored, dict) else []
        text = "\n\n".join(f"{line['speaker']}: {line['content']}" for line in lines)
        raw = RawDocument(path.name, str(path), f"{path.stem}.txt", text.encode())
    else:
        raw = _raw(path)
    try:
        return list(read_calls(raw))
    except InputError:
        return []


def common_ngrams(examples: Iterable[Example]) -> Vocabulary:
    """N-grams of a turn, its answer and the turn before that nearly every company's calls hold."""
    by_company: dict[str, list[set[str]]] = {}
    for example in examples:
        seen = by_company.setdefault(example.company, [set(), set(), set()])
        for row in example.features.words:
            for place in range(3):
                seen[place] |= row[place]
    counts = [Counter(gram for seen in by_company.values() for gram in seen[place]) for place in range(3)]
    least = min(_COMPANIES, len(by_company) - 1)
    return tuple(
        {gram: column for column, gram in enumerate(sorted(g for g, n in count.items() if n >= least))}
        for count in counts
    )


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """Means and what each column is multiplied by; the scale carries the weight of the column's group."""

    shared_mean: Vector
    special_mean: Vector
    shared: Vector
    special: Vector


def _scaling(rows: Design, vocabulary: Vocabulary, meaning: int) -> Scaling:
    shared_mean, special_mean = np.nanmean(rows.shared, axis=0), np.nanmean(rows.special, axis=0)
    words = [len(known) for known in vocabulary]
    shared = np.repeat([_MEANING / 2, _WORDS, _WORDS, _WORDS / 3], [meaning, *words])
    special = np.repeat([_CUES, _MEANING], [rows.special.shape[1] - 2 * meaning, 2 * meaning])
    return Scaling(
        shared_mean,
        special_mean,
        shared / (np.nanstd(rows.shared, axis=0) + 1e-3),
        special / (np.nanstd(rows.special, axis=0) + 1e-3),
    )


def _matrix(rows: Design, scaling: Scaling) -> Vector:
    """Shared columns, special columns, the mode, and special columns once more for each mode."""
    special = np.nan_to_num((rows.special - scaling.special_mean) * scaling.special)
    modes = np.eye(_MODES)[list(rows.modes)]
    own = [special * modes[:, mode : mode + 1] * _SPECIAL for mode in range(_MODES)]
    shared = np.nan_to_num((rows.shared - scaling.shared_mean) * scaling.shared)
    return np.hstack([shared, special, modes, *own]).astype(np.float32)


def fit(examples: Sequence[Example], talk: Sequence[Example] = ()) -> Detector:
    """Two logistic regressions over the same features: is it a moment, and of which kind."""
    vocabulary = common_ngrams(examples)
    labelled = _stack([design(example.features, vocabulary) for example in examples])
    meaning = examples[0].features.meaning.shape[1] // 3
    scaling = _scaling(labelled, vocabulary, meaning)
    rows = _stack([labelled, *(design(example.features, vocabulary) for example in talk)])
    kinds = np.concatenate([example.kinds for example in (*examples, *talk)])
    matrix = _matrix(rows, scaling)
    moment = LogisticRegression(C=_STRENGTH, max_iter=500).fit(matrix, kinds >= 0)
    chosen = kinds >= 0
    kind = LogisticRegression(C=_KIND_STRENGTH, max_iter=500).fit(matrix[chosen], kinds[chosen])
    weights = np.vstack([moment.coef_, kind.coef_]).T
    return _unfolded(weights, np.concatenate([moment.intercept_, kind.intercept_]), vocabulary, scaling)


def _stack(parts: Sequence[Design]) -> Design:
    return Design(
        np.vstack([part.shared for part in parts]),
        np.vstack([part.special for part in parts]),
        tuple(mode for part in parts for mode in part.modes),
    )


def _unfolded(weights: Vector, bias: Vector, vocabulary: Vocabulary, scaling: Scaling) -> Detector:
    """Fold the scaling into the weights, so that the detector needs the means alone."""
    shared, special = len(scaling.shared), len(scaling.special)
    cuts = np.cumsum([shared, special, _MODES, special, special])
    own_shared, own_special, modes, *by_mode = np.split(weights, cuts)
    return Detector(
        vocabulary=vocabulary,
        shared_mean=scaling.shared_mean,
        special_mean=scaling.special_mean,
        shared_weights=own_shared * scaling.shared[:, None],
        special_weights=np.stack([(own_special + _SPECIAL * part) * scaling.special[:, None] for part in by_mode]),
        bias=bias + modes,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Out-of-company predictions for labelled turns, in one order."""

    odds: Vector
    kinds: Labels
    truth: Labels
    hard: NDArray[np.bool_]


def leave_one_out(examples: Sequence[Example], talk: Sequence[Example]) -> Judged:
    parts = list(_held_out(examples, talk))
    return Judged(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _held_out(
    examples: Sequence[Example], talk: Sequence[Example]
) -> Iterator[tuple[Vector, Labels, Labels, NDArray[np.bool_]]]:
    for company in sorted({example.company for example in examples}):
        detector = fit([example for example in examples if example.company != company], talk)
        for example in examples:
            if example.company == company:
                likely, kinds = detector.judge(example.features)
                yield np.log(likely / (1 - likely)), kinds.argmax(axis=1), example.kinds, example.hard


def calibration(judged: Judged) -> tuple[float, float]:
    """Platt's slope and intercept, on companies left out: 0.5 then means as likely as not."""
    model = LogisticRegression(C=100.0).fit(judged.odds[:, None], judged.truth >= 0)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def figures(judged: Judged, slope: float, intercept: float) -> dict[str, float]:
    said, true = slope * judged.odds + intercept >= 0, judged.truth >= 0
    hits = said & true
    precision, recall = hits.sum() / said.sum(), hits.sum() / true.sum()
    return {
        "precision": float(precision),
        "recall": float(recall),
        "F1": float(2 * precision * recall / (precision + recall)),
        "kind_right": float((judged.kinds == judged.truth)[hits].mean()),
        "hard_negatives_silent": float(1 - said[judged.hard & ~true].mean()),
    }


def calibrated(detector: Detector, slope: float, intercept: float) -> Detector:
    """The detector with its first output put through the calibration."""
    scale = np.array([slope, *[1.0] * len(KINDS)])
    shift = np.array([intercept, *[0.0] * len(KINDS)])
    return Detector(
        detector.vocabulary,
        detector.shared_mean,
        detector.special_mean,
        detector.shared_weights * scale,
        detector.special_weights * scale,
        detector.bias * scale + shift,
    )


def main() -> None:
    """Measure with one company left out at a time, then train on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--talk", type=Path)
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--measure", action="store_true", help="print figures only")
    args = parser.parse_args()
    language = load_language()
    examples = load_companies(args.gold, language)
    talk = load_talk(args.talk, language) if args.talk else []
    judged = leave_one_out(examples, talk[::2])
    slope, intercept = calibration(judged)
    shown = figures(judged, slope, intercept)
    detector = calibrated(fit(examples, talk[::2]), slope, intercept)
    if unseen := talk[1::2]:
        likely = np.concatenate([detector.judge(example.features)[0] for example in unseen])
        shown["false_alarms_per_1000_turns_of_talk"] = float(1000 * (likely >= 0.5).mean())
    print(json.dumps({name: round(value, 3) for name, value in shown.items()}, indent=2))
    if not args.measure:
        save(detector, args.output)


if __name__ == "__main__":
    main()
