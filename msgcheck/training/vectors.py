"""Vectors of frequent words, so that the small pipeline knows words that its treebank does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.strings import StringStore
from spacy.vectors import Vectors
from wordfreq import top_n_list

from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.training.treebank import Word

Matrix = NDArray[np.float32]
#: How many words, and how many numbers each: together about 4 MB on disk.
_WORDS, _DIMENSIONS = 45_000, 24
#: Of the encoder's six layers the lower ones tell parts of speech best: on words that only the development part
#: holds, a linear reading of them gets 78 of 100 tags right, of the middle ones alone 77, of the fifth 73.
_LAYERS = (1, 2, 3, 4)
_RIDGE = 1000.0
_FOLDS = 5
#: A word seen more often than this weighs no more.
_ENOUGH = 20


def with_vectors(sentences: Sequence[Sequence[Word]]) -> Language:
    """An empty English pipeline with vectors of words, small or capitalised.

    A word's vector is what a ridge regression, fitted on the words of the treebank, expects its tags to be from the
    states of the installed encoder that reads the word alone, reduced to principal components. Words of the treebank
    are expected by a regression that has not seen them, so that vectors mean the same for known and unknown words.
    """
    words = [word for word in top_n_list("en", _WORDS) if word.isalpha()]
    encoded = dict(TorchEncoder(_LAYERS).states(words))
    states = np.stack([encoded[index].values.mean(axis=1).ravel() for index in range(len(words))])
    vectors = _whitened(expected_tags(states, words, sentences))
    strings = StringStore([*words, *map(str.capitalize, words)])
    table = Vectors(shape=vectors.shape)
    for row, (word, vector) in enumerate(zip(words, vectors, strict=True)):
        table.add(strings[word], vector=vector, row=row)
        table.add(strings[word.capitalize()], row=row)
    nlp = spacy.blank("en")
    nlp.vocab.vectors = table
    return nlp


def expected_tags(states: Matrix, words: Sequence[str], sentences: Iterable[Sequence[Word]]) -> Matrix:
    """A row a word, a column a tag: how often the word has the tag, as expected from its state."""
    rows = {word: row for row, word in enumerate(words)}
    tagged = [(rows[word.form.lower()], word.tag) for words in sentences for word in words if word.form.lower() in rows]
    columns = {tag: column for column, tag in enumerate(sorted({tag for _, tag in tagged}))}
    counts = np.zeros((len(words), len(columns)), dtype=np.float32)
    for row, tag in tagged:
        counts[row, columns[tag]] += 1
    totals = counts.sum(axis=1)
    shares = counts / np.maximum(totals, 1)[:, None]
    standard = (states - states.mean(axis=0)) / states.std()
    return _cross_fitted(standard, shares, np.minimum(totals, _ENOUGH))


def _cross_fitted(states: Matrix, targets: Matrix, weights: Matrix) -> Matrix:
    """The targets as expected from the states; rows without weight are expected by the mean of all regressions."""
    folds = np.where(weights > 0, np.arange(len(weights)) % _FOLDS, -1)
    expected: Matrix = np.zeros_like(targets)
    for fold in range(_FOLDS):
        fitted = (folds >= 0) & (folds != fold)
        root, mean = np.sqrt(weights[fitted])[:, None], targets[fitted].mean(axis=0)
        weighted = states[fitted] * root
        gram = weighted.T @ weighted + _RIDGE * np.eye(weighted.shape[1], dtype=np.float32)
        slopes = np.linalg.solve(gram, weighted.T @ ((targets[fitted] - mean) * root))
        predicted = states @ slopes + mean
        expected[folds == fold] = predicted[folds == fold]
        expected[folds == -1] += predicted[folds == -1] / _FOLDS
    return expected


def _whitened(rows: Matrix) -> Matrix:
    """The first principal components, each with a variance of one."""
    centred = rows - rows.mean(axis=0)
    _, _, components = np.linalg.svd(centred, full_matrices=False)
    reduced = centred @ components[:_DIMENSIONS].T
    whitened: Matrix = (reduced / reduced.std(axis=0)).astype(np.float32)
    return whitened
