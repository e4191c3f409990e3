"""Measures what the thresholds of the wording rules let through, on readings of pages that the weights did not see.

    python -m msgcheck.training.wording --gold DIR --readings FILE

FILE is what `msgcheck.training.heads --readings FILE` wrote. Prints, as JSON: jargon by word and sentence; for
vagueness from 0.6 to 0.95 on, how many sentences are over it and the shares that annotators call vague and concrete;
the same once more for sentences with an empty phrase in them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from msgcheck.language.heads import word_readings
from msgcheck.language.nlp import SpacyPipeline
from msgcheck.language.values import Sentence
from msgcheck.language.words import pack_tokens, pack_words
from msgcheck.measure.jargon import find_jargon
from msgcheck.measure.specificity import is_empty_phrase
from msgcheck.training.heads import Readings
from msgcheck.training.sentences import Floats, Sentences, load_sentences

#: The reading alone is heard in claims from this score on (rules/jargon/buzzword.py).
_CLAIM = 0.5
_ALONE = (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99)
_LEVELS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95)


def read(data: Sentences, readings: Readings) -> list[Sentence]:
    """The sentences as rules see them, with cross-validated readings."""
    texts = [data.texts[index] for index in readings.index]
    parsed = SpacyPipeline().sentences(texts)
    return [
        Sentence(
            text,
            0,
            len(text),
            float(vague),
            float(claim),
            pack_tokens(token for _, _, tokens in spans[:1] for token in tokens),
            pack_words(word_readings(text, data.offsets[index][1:-1], share)),
            b"",
        )
        for index, text, spans, (vague, claim), share in zip(
            readings.index, texts, parsed, readings.sentences, readings.words, strict=True
        )
    ]


def jargon_figures(data: Sentences, readings: Readings, sentences: Sequence[Sentence]) -> dict[str, float]:
    """By word, and by sentence with any, on the sentences that three annotators read."""
    words, holding = np.zeros(3), np.zeros(3)
    for index, sentence in zip(readings.index, sentences, strict=True):
        if not data.trusted[index]:
            continue
        gold = {place for span in data.jargon[index] for place in range(span["start"], span["end"])}
        ours = {place for span in find_jargon(sentence) for place in range(span.start, span.end)}
        for match in re.finditer(r"\w+", sentence.text):
            words += _counted(match.start() in ours, match.start() in gold)
        holding += _counted(bool(ours), bool(gold))
    hit, false, missed = words
    return {
        "words.precision": hit / (hit + false),
        "words.recall": hit / (hit + missed),
        "words.F1": 2 * hit / (2 * hit + false + missed),
        "sentences.precision": holding[0] / (holding[0] + holding[1]),
        "sentences.recall": holding[0] / (holding[0] + holding[2]),
    }


def _counted(said: bool, true: bool) -> NDArray[np.float64]:
    return np.array([said and true, said and not true, true and not said], dtype=np.float64)


def vague_figures(labels: Floats, sentences: Sequence[Sentence], picked: NDArray[np.bool_]) -> dict[str, list[float]]:
    """For each level: sentences over it, the share that is vague, the share that is concrete."""
    read_as = np.array([sentence.vagueness for sentence in sentences])
    shown = {}
    for level in _LEVELS:
        over = labels[picked & (read_as >= level)]
        shown[f"{level}"] = [float(len(over)), float((over > 0.75).mean()), float((over < 0.25).mean())]
    return shown


def alone_figures(data: Sentences, readings: Readings, sentences: Sequence[Sentence]) -> dict[str, list[float]]:
    """Spans that the reading alone marks, by kind and least score: their number, and the share that annotators mark."""
    found: dict[str, list[bool]] = {}
    for index, sentence in zip(readings.index, sentences, strict=True):
        gold = {place for span in data.jargon[index] for place in range(span["start"], span["end"])}
        for span in find_jargon(sentence):
            if span.source == "head" and (span.kind == "insider" or sentence.claim >= _CLAIM):
                marked = not gold.isdisjoint(range(span.start, span.end))
                for level in _ALONE:
                    if span.score >= level:
                        found.setdefault(f"{span.kind} {level}", []).append(marked)
    return {name: [float(len(marks)), float(np.mean(marks))] for name, marks in sorted(found.items())}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--readings", type=Path, required=True)
    args = parser.parse_args()
    data = load_sentences(args.gold)
    readings = Readings.load(args.readings)
    sentences = read(data, readings)
    labels = data.targets[readings.index, 0]
    everything = np.ones(len(sentences), dtype=np.bool_)
    empty = np.array([is_empty_phrase(sentence) for sentence in sentences])
    figures = {
        "jargon": jargon_figures(data, readings, sentences),
        "marked by the reading alone": alone_figures(data, readings, sentences),
        "vague": vague_figures(labels, sentences, everything),
        "vague with an empty phrase": vague_figures(labels, sentences, empty),
    }
    print(json.dumps(figures, indent=2, default=float))


if __name__ == "__main__":
    main()
