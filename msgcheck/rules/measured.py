"""What is known of how often each rule is right: figures measured on labelled pages, and findings judged by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

#: `pages` and `cases` are written by `msgcheck.training.rules`, `judged` by hand.
PATH = Path(__file__).parent / "measured.json"


def measured_lines(rule: str) -> Iterator[str]:
    """The figures of a rule in sentences, how they came about included; none where nothing was measured."""
    figures = _figures()
    if pages := figures["pages"].get(rule):
        if "precision" in pages:
            counted = f"{pages['findings']} findings on real pages"
            yield (
                f"Precision {pages['precision']:.2f}: the share of {counted} that a label bears out "
                "(annotators' labels; weights that did not see the page)."
            )
        if "recall" in pages:
            yield f"Recall {pages['recall']:.2f} of {pages['labels']} labelled phrases of its kind on these pages."
    if cases := figures["cases"].get(rule):
        yield f"Recall {cases['recall']:.2f} of {cases['labels']} marks that an editor made on four invented sites."
    if judged := figures["judged"].get(rule):
        share = judged["right"] / judged["findings"]
        counted = f"{judged['right']} of {judged['findings']} findings"
        yield f"Precision {share:.2f}, judged by hand: {counted} on {judged['on']}."


def precision(rule: str) -> float | None:
    """The rule's precision: that of the labelled pages, else the one judged by hand, else None."""
    figures = _figures()
    if (pages := figures["pages"].get(rule)) and "precision" in pages:
        return float(pages["precision"])
    judged = figures["judged"].get(rule)
    return judged["right"] / judged["findings"] if judged else None


@cache
def _figures() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded
