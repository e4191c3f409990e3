"""How many years of school a text asks for: the Flesch-Kincaid grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
#: A y between vowels is a consonant ('payable').
_GLIDE = re.compile(r"(?<=[aeiou])y(?=[aeiou])")
#: Neighbouring vowels that are two syllables ('media', 'client', 'annual', 'idea', 'being'), and 'rhythm'.
_APART = re.compile(
    r"(?<![tcs])i[au]|(?<![tcsglnx])io|(?<![tc])ien|iet|(?<=[^aeiou])ier$|(?<![qg])ua|(?<![gqb])ui(?=[dn])|uou"
    r"|eos?$|oe[mt]|(?<=cr)ea(?!m|k|se|ture)|(?<=[id])ea(?=s?$)|(?<=r)eas?$|[aeiou](?=ing$)|(?:th|s)m$"
)
#: Vowels that one does not hear: a last e, -ed and -es after most consonants, and the e of 'statement'.
_SILENT = re.compile(
    r"[^aeiouyl]e$|[aeiouy]le$|[^aeioutdl]ed$|[aeiouy]led$|[^aeiousxzcghl]es$|[aeiouy]les$|(?<=[^aeiouycs])hes$"
)
_SILENT_INSIDE = re.compile(r"(?<=[^aeiouyl])e(?=(?:ly|ments?|ful|less|ness|times)$)")
_LONGEST_GRADE = 24.0


def reading_grade(sentences: Iterable[str]) -> float:
    """The US school grade at which the sentences read easily (0 to 24; 0.0 without words).

    Grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid, Fishburne, Rogers and
    Chissom, 'Derivation of new readability formulas for Navy enlisted personnel', 1975).
    """
    texts = [words for sentence in sentences if (words := _WORD.findall(sentence))]
    count = sum(len(words) for words in texts)
    if not count:
        return 0.0
    spoken = sum(syllables(word) for words in texts for word in words)
    grade = 0.39 * count / len(texts) + 11.8 * spoken / count - 15.59
    return min(_LONGEST_GRADE, max(0.0, grade))


def word_count(text: str) -> int:
    """The words of a text; numbers and marks are none."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables a word has when said aloud, from its spelling; right for about nine English words in ten."""
    return sum(_part(part) for part in re.split(r"[-'’]", word.lower()) if part) or 1


def _part(part: str) -> int:
    part = _GLIDE.sub("j", part)
    groups = len(_VOWELS.findall(part))
    if len(part) <= 3:
        return min(groups, 1) + bool(_APART.search(part))
    groups += len(_APART.findall(part)) - len(_SILENT_INSIDE.findall(part)) - bool(_SILENT.search(part))
    return max(1, groups)
