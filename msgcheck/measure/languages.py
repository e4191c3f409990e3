"""Counts the languages that a text names one by one."""

from __future__ import annotations

import re

from msgcheck.measure.quantities import Quantity

_NAMES = (
    "Afrikaans Albanian Arabic Armenian Basque Bengali Bulgarian Cantonese Catalan Chinese Croatian Czech Danish Dutch "
    "English Estonian Farsi Filipino Finnish Flemish French Galician Georgian German Greek Gujarati Hebrew Hindi "
    "Hungarian Icelandic Indonesian Irish Italian Japanese Kazakh Korean Latvian Lithuanian Malay Maltese Mandarin "
    "Marathi Mongolian Nepali Norwegian Persian Polish Portuguese Punjabi Romanian Russian Serbian Slovak Slovenian "
    "Somali Spanish Swahili Swedish Tagalog Tamil Telugu Thai Turkish Ukrainian Urdu Vietnamese Welsh"
)
_NAME = rf"(?:{'|'.join(_NAMES.split())})"
_LIST = re.compile(rf"\b{_NAME}(?:,\s{_NAME})*,?\s(?:and|or|&)\s{_NAME}\b")


def languages_named(text: str) -> Quantity | None:
    """The first list of two or more languages as their number, or None."""
    listed = _LIST.search(text)
    if listed is None:
        return None
    count = float(len(re.findall(_NAME, listed.group())))
    return Quantity("count", count, count, ("languag",), listed.start(), listed.end())
