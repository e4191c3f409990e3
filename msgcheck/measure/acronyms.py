"""Short forms in capitals: where they stand, whether the page says what they stand for, which ones everybody knows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "everyday_acronyms.toml"
#: Two to six letters with at least two capitals: 'COB', 'VoC', 'IaC', 'R2R'; a plural s and a hyphenated tail may
#: follow.
_SHORT = re.compile(
    r"(?<![\w.@/#$;-])(?P<form>[A-Z][A-Za-z0-9]?[A-Z0-9](?:[A-Z0-9]|[a-z](?=[A-Z])){0,4})(?P<plural>s?)(?![\w@/]|[.;]\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
#: Small words that expansions may leave out of the short form.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "per",
        "the",
        "to",
        "via",
        "with",
    ]
)
#: A line with so large a share of capital letters is set in capitals: its words are not short forms.
_SHOUTED = 0.6
_CHANCE = 3
#: Zipf frequencies from which four letters, or more, are read as a word: above those of short forms in general
#: English.
_COMMON, _KNOWN = 4.0, 3.0


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form in a text, without its plural s."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_acronyms(text: str) -> tuple[Acronym, ...]:
    """The short forms of a text that stand for words: not those of a line in capitals, not codes, units or versions."""
    return tuple(_acronyms(text))


def _acronyms(text: str) -> Iterator[Acronym]:
    if _is_shouted(text):
        return
    for match in _SHORT.finditer(text):
        form = match["form"]
        if sum(letter.isalpha() for letter in form) < 2 or _is_code(form) or _is_word(form):
            continue
        if _in_capital_phrase(text, match):
            continue
        yield Acronym(form, match.start("form"), match.end("form"))


def is_everyday(form: str) -> bool:
    """Whether a business reader knows the form, or it is a unit."""
    return form.upper() in _everyday()


def expansions(forms: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """The forms (upper case) that one of the texts explains, in either order: 'Large Language Model (LLM)',
    'LLM (large language model)', 'LLM, or large language model', 'LLM stands for …', or the words themselves."""
    wanted = {form.upper() for form in forms}
    known: set[str] = set()
    for text in texts:
        open_forms = wanted - known
        if open_forms:
            known |= set(_explained(open_forms, text))
    return frozenset(known)


def _explained(forms: set[str], text: str) -> Iterator[str]:
    words = [match.group() for match in _WORD.finditer(text)]
    lower = [word.lower() for word in words]
    for form in sorted(forms):
        initials = [letter.lower() for letter in form if letter.isalpha()]
        near = re.search(rf"\b{re.escape(form)}s?\b", text, re.IGNORECASE) is not None
        for first, word in enumerate(words):
            if lower[first] in _SMALL or not _spells(initials, lower[first : first + 2 * len(initials) + 1]):
                continue
            # Far from the short form, three small-lettered words in a row begin with any letters by chance.
            if near or word[0].isupper() or len(initials) > _CHANCE:
                yield form
                break


def _spells(initials: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words from here on begin with these letters, in order; small words may give a letter or none."""
    if not initials:
        return True
    if not words:
        return False
    word, rest = words[0], words[1:]
    fits = word[0] == initials[0]
    if word in _SMALL:
        return (fits and _spells(initials[1:], rest)) or _spells(initials, rest)
    return fits and len(word) > 2 and _spells(initials[1:], rest)


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 6 and sum(letter.isupper() for letter in letters) >= _SHOUTED * len(letters)


def _is_code(form: str) -> bool:
    """Versions, sizes and quarters ('V2', 'H100', 'FY24', 'Q3'): letters that a number follows."""
    return re.fullmatch(r"[A-Z]{1,3}\d+", form) is not None


@lru_cache(maxsize=10_000)
def _is_word(form: str) -> bool:
    """Whether the letters are a word or well-known name in capitals ('MOVE', 'NVIDIA'), by how often it is written."""
    from wordfreq import zipf_frequency

    return len(form) >= 4 and zipf_frequency(form.lower(), "en") >= (_COMMON if len(form) == 4 else _KNOWN)


def _in_capital_phrase(text: str, match: re.Match[str]) -> bool:
    """Whether a neighbouring word is a plain word in capitals too ('FREE TRIAL', 'GET STARTED')."""
    before = text[: match.start()].split()[-1:]
    after = text[match.end() :].split()[:1]
    bare = [word.strip(".,:;!?") for word in before + after]
    return any(len(word) >= 4 and word.isupper() and word.isalpha() for word in bare)


@cache
def _everyday() -> frozenset[str]:
    lists = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return frozenset(word.upper() for name in ("everyday", "units") for word in lists[name].split())
