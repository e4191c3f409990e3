"""Fit the weights by which a page's sentences are suspected of having caused a moment.

    python -m msgcheck.training.suspects --gold DIR

DIR holds a folder a company, as for `msgcheck.training.moments`, whose labels name the line of the page that caused a
moment. Prints how often the cause is among the top three with one company left out at a time, how sure the scores are,
and the weights for `msgcheck/measure/calls/suspects.py`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from msgcheck.cache import Cache, cache_folder
from msgcheck.config import LanguageSettings
from msgcheck.extract.positioning import read_positioning
from msgcheck.language.core import load_language
from msgcheck.language.values import Language
from msgcheck.measure.annotate import annotate_calls, annotate_positioning
from msgcheck.measure.calls.features import make_frame, neighbours
from msgcheck.measure.calls.measure import charge_of
from msgcheck.measure.calls.suspects import Copy, Lineup
from msgcheck.training.labelled_calls import raw, turns_call

Floats = NDArray[np.float64]

#: Weights by judgement, and how strongly the fitted ones are drawn towards them, in units of the columns' deviations.
_JUDGED = (3.0, 1.0, 1.0, 0.5, 2.0, 0.7, 1.5, 1.0, 2.0, 0.5, -1.5, 0.0, 0.0, 0.0, 0.0)
_TOWARDS = 5.0
_LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One moment: a row of features a sentence of the page, and which sentences are the cause."""

    company: str
    rows: Floats
    cause: NDArray[np.bool_]


def load(gold: Path, language: Language) -> Iterator[Case]:
    for folder in sorted(path.parent for path in gold.glob("*/turns.jsonl")):
        rows = [json.loads(line) for line in (folder / "turns.jsonl").read_text(encoding="utf-8").splitlines()]
        lines = (folder / "page.txt").read_text(encoding="utf-8").splitlines()
        statement = annotate_positioning(read_positioning(raw(folder / "positioning.yaml")), language)
        copy = [
            Copy("page", number, sentence.start, sentence.end, sentence)
            for number, passage in enumerate(language.annotate(lines))
            for sentence in passage.sentences
        ]
        frame = make_frame([item.sentence for item in copy], statement, language)
        lineup = Lineup(copy, frame)
        grouped = [list(group) for _, group in groupby(rows, key=lambda row: str(row["call"]))]
        for turns, call in zip(grouped, annotate_calls(list(map(turns_call, grouped)), language), strict=True):
            answers = neighbours(call.call.turns).answer
            for index, row in enumerate(turns):
                if row["label"] and row["label"].get("page_line") is not None:
                    charge = charge_of(call, index, answers[index], row["label"]["kind"], frame, copy, language)
                    cause = np.array([item.block == row["label"]["page_line"] for item in copy])
                    yield Case(folder.name, np.asarray(lineup.features(charge), dtype=np.float64), cause)


def fit(cases: Sequence[Case]) -> Floats:
    """A conditional logit: which of a page's sentences is the cause."""
    scale = np.concatenate([case.rows for case in cases]).std(axis=0) + 1e-6
    start = np.array(_JUDGED) * scale
    scaled = [(case.rows / scale, case.cause) for case in cases]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _TOWARDS * float(((weights - start) ** 2).sum()), 2 * _TOWARDS * (weights - start)
        for rows, cause in scaled:
            scores = rows @ weights
            whole, hit = logsumexp(scores), logsumexp(scores[cause])
            total += float(whole - hit)
            slope += np.exp(scores - whole) @ rows - np.exp(scores[cause] - hit) @ rows[cause]
        return total, slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x / scale)


def main() -> None:
    """Print figures and weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    args = parser.parse_args()
    language = load_language(LanguageSettings(), cache=Cache(cache_folder()))
    cases = list(load(args.gold, language))
    scores: list[Floats] = []
    for company in sorted({case.company for case in cases}):
        weights = fit([case for case in cases if case.company != company])
        scores += [case.rows @ weights for case in cases if case.company == company]
    cases.sort(key=lambda case: case.company)
    top = [
        bool(case.cause[np.argsort(-score, kind="stable")[:3]].any()) for case, score in zip(cases, scores, strict=True)
    ]
    every, cause = np.concatenate(scores), np.concatenate([case.cause for case in cases])
    logit = LogisticRegression(C=1e6).fit(every[:, None], cause)
    sure = logit.predict_proba(every[:, None])[:, 1]
    print(json.dumps({"moments": len(cases), "cause in top 3": round(float(np.mean(top)), 3)}))
    print(json.dumps({str(level): round(float(cause[sure >= level].mean()), 2) for level in _LEVELS}))
    weights = fit(cases) * logit.coef_[0, 0]
    print("weights", [round(float(weight), 2) for weight in weights], "bias", round(float(logit.intercept_[0]), 2))


if __name__ == "__main__":
    main()
