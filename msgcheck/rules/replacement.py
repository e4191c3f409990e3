"""Plain words that can be put in the place of others, and leave the sentence right."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_PLAIN = re.compile(r"\w[\w '’-]*")


def in_place_of(old: str, new: str, before: str) -> str:
    """`new` with the capital that `old` has, after the words `before`; empty where it would not fit as it is.

    It does not fit where an article before it would be wrong, and where it holds what may mean something to a page's
    format.
    """
    if not _PLAIN.fullmatch(new) or old.isupper():
        return ""
    article = _ARTICLE.search(before)
    if article and _vowel(old) != _vowel(new):
        return ""
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _vowel(word: str) -> bool:
    return word[0].lower() in "aeiou"
