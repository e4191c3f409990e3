"""Fits and checks the readings behind the mismatch rules on pages with true and altered positioning statements.

    python -m msgcheck.training.mismatch GOLD

GOLD holds `pages/ID.html.gz`, `pairs/pairs.jsonl` and `pairs/ID.{true,category,audience,message,fact}.yaml`. Prints the
weights that stand in `measure/messages.py` and `measure/audience.py`, and figures held out by page.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from msgcheck.extract.pages import extract_page
from msgcheck.extract.positioning import read_positioning
from msgcheck.language.core import CachedLanguage, load_language
from msgcheck.measure.annotate import annotate_pages, annotate_positioning
from msgcheck.measure.audience import features, words_shared
from msgcheck.measure.category import embed_frame, guess_categories, measure_categories
from msgcheck.measure.facts import measure_conflicts
from msgcheck.measure.lexical import content
from msgcheck.measure.messages import message_features
from msgcheck.measure.sentences import measure_sentences
from msgcheck.measure.values import AnnotatedPage, AnnotatedPositioning, SentenceMeasure
from msgcheck.model import RawDocument

_FOLDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A page with a true statement and copies of it that are altered in one respect each."""

    id: str
    altered_message: str
    page: AnnotatedPage
    sentences: tuple[SentenceMeasure, ...]
    statements: dict[str, AnnotatedPositioning]


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    language = load_language()
    lines = (folder / "pairs" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [_read(folder, json.loads(line), language) for line in lines if line.strip()]
    _report("messages", *_messages(pairs))
    _report("audience", *_audiences(pairs))
    _categories(pairs, language)
    _facts(pairs)


def _read(folder: Path, entry: dict[str, Any], language: CachedLanguage) -> _Pair:
    name = f"{entry['id']}.html"
    content_of_page = gzip.decompress((folder / "pages" / f"{name}.gz").read_bytes())
    page = annotate_pages([extract_page(RawDocument(name, name, name, content_of_page))], language)[0]
    statements = {}
    for kind in ("true", "category", "audience", "message", "fact"):
        path = folder / "pairs" / f"{entry['id']}.{kind}.yaml"
        raw = RawDocument(str(path), str(path), path.name, path.read_bytes())
        statements[kind] = annotate_positioning(read_positioning(raw), language)
    sentences = measure_sentences(page, statements["true"].positioning)
    return _Pair(entry["id"], entry["altered_message_id"], page, sentences, statements)


_Table = tuple[list[list[float]], list[int], list[str], list[str]]


def _messages(pairs: Sequence[_Pair]) -> _Table:
    """True messages against the altered one of the same page."""
    rows, labels, groups, names = [], [], [], ["closeness", "words_on_page"]
    for pair in pairs:
        for kind, label in (("true", 1), ("message", 0)):
            agreed = pair.statements[kind]
            found = message_features(pair.sentences, agreed)
            for message, values in zip(agreed.positioning.messages, found, strict=True):
                if label or message.id == pair.altered_message:
                    rows.append([values[name] for name in names])
                    labels.append(label)
                    groups.append(pair.id)
    return rows, labels, groups, names


def _audiences(pairs: Sequence[_Pair]) -> _Table:
    """The nearest of the true audiences against the nearest of the altered ones."""
    rows, labels, groups, names = [], [], [], ["meaning", "opening", "words", "need_words"]
    for pair in pairs:
        vectors = np.stack([item.sentence.vector for item in pair.sentences])
        said = {key for item in pair.sentences for key in content(item.text)}
        for kind, label in (("true", 1), ("audience", 0)):
            agreed = pair.statements[kind]
            found = []
            for row, audience in enumerate(agreed.positioning.audiences):
                values = features(vectors, pair.page.opening_vector, agreed.audiences[row], agreed.needs[row])
                values |= words_shared(audience.name, audience.needs, said)
                found.append([values[name] for name in names])
            rows.append(max(found, key=sum))
            labels.append(label)
            groups.append(pair.id)
    return rows, labels, groups, names


def _report(name: str, rows: list[list[float]], labels: list[int], groups: list[str], names: list[str]) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    x, y = np.array(rows), np.array(labels)
    model = LogisticRegression(C=10.0 if name == "messages" else 1.0, class_weight="balanced")
    held_out = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")[:, 1]
    model.fit(x, y)
    weights = dict(zip(names, model.coef_[0].round(2).tolist(), strict=True))
    print(f"{name}: intercept {model.intercept_[0]:.2f}, weights {weights}")
    print(f"  held out by page: AUC {roc_auc_score(y, held_out):.3f}")
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55):
        caught = int((held_out[y == 0] < threshold).sum())
        wrong = int((held_out[y == 1] < threshold).sum())
        print(f"  under {threshold}: {caught} of {(y == 0).sum()} false, {wrong} of {(y == 1).sum()} true")


def _categories(pairs: Sequence[_Pair], language: CachedLanguage) -> None:
    frame = embed_frame(language)
    readings: dict[str, list[float]] = {"true": [], "category": []}
    for pair in pairs:
        best = guess_categories(pair.page, frame)[0].score
        for kind, values in readings.items():
            values.append(2 * measure_categories(pair.page, pair.statements[kind])[-1].score - best)
    for threshold in (0.30, 0.35, 0.40, 0.45):
        counts = {kind: sum(value < threshold for value in values) for kind, values in readings.items()}
        print(f"category: under {threshold}: {counts['category']} of {len(pairs)} false, {counts['true']} true")


def _facts(pairs: Sequence[_Pair]) -> None:
    caught = sum(bool(measure_conflicts(pair.sentences, pair.statements["fact"])) for pair in pairs)
    wrong = sum(bool(measure_conflicts(pair.sentences, pair.statements["true"])) for pair in pairs)
    print(f"facts: a conflict on {caught} of {len(pairs)} pages with a false fact, on {wrong} with none")


if __name__ == "__main__":
    main(sys.argv[1:])
