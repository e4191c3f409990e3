"""Phrase lists: patterns over words, found in a sentence in one pass."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from msgcheck.language.values import Sentence, Token

_DATA = Path(__file__).parent / "data"
_PIECE = re.compile(r"[^\W_]+|['’](?:s|re|ve|ll|d|m|t)\b|[°%]", re.IGNORECASE)
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "your",
        "our",
        "their",
        "its",
        "his",
        "her",
        "my",
        "every",
        "each",
        "any",
        "all",
        "this",
        "these",
        "those",
        "some",
    ]
)
_HYPHENS = frozenset({"-", "‐", "‑"})
_VOWELS = "aeiou"
_IRREGULAR = {
    "be": "is are was were been being am 's 're", "become": "became", "break": "broke broken", "bring": "brought",
    "build": "built", "cut": "cutting", "do": "does did done", "drive": "drove driven", "eat": "ate eaten",
    "fit": "fitting fitted", "get": "got getting gotten", "give": "gave given", "go": "went gone goes",
    "grow": "grew grown", "have": "has had having 've", "hit": "hitting", "lead": "led", "leave": "left",
    "let": "letting",
    "make": "made", "meet": "met", "put": "putting", "rise": "rose risen", "run": "ran running", "see": "saw seen",
    "set": "setting", "stand": "stood", "take": "took taken", "think": "thought", "win": "won winning",
    "drill": "drilling", "swim": "swimming", "stop": "stopping stopped", "silo": "silos", "shop": "shops",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word as patterns see it: hyphenated compounds and clitics are apart. Offsets count in the sentence.

    `parted` says that punctuation stands before it.
    """

    text: str
    lemma: str
    pos: str
    start: int
    end: int
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern. Empty `forms` match every word; empty `pos` every part of speech."""

    forms: frozenset[str]
    lemmas: frozenset[str]
    pos: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A list entry. `plain` are words to say instead, or `ask` the question to answer; `why` names what is wrong.
    For the forms in `swap`, `plain` can be put in as it is.

    `mild` marks ordinary words that are jargon only in inflated company, `large` a benefit said to be large.
    """

    find: tuple[str, ...]
    plain: str = ""
    swap: tuple[str, ...] = ()
    ask: str = ""
    why: str = ""
    mild: bool = False
    large: bool = False
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase found in a sentence, from character `start` to `end`."""

    start: int
    end: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern of a phrase; an `open` one, with a `*`, does not reach over punctuation."""

    elements: tuple[Element, ...]
    phrase: Phrase
    open: bool

    @classmethod
    def of(cls, find: str, phrase: Phrase) -> _Pattern:
        elements = _elements(find)
        return cls(elements, phrase, any(not element.forms and not element.pos for element in elements))


class PhraseList:
    """Many phrases, indexed by the forms of their first word, so that a sentence is walked once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        by_form: dict[str, list[_Pattern]] = defaultdict(list)
        for phrase in self.phrases:
            for find in phrase.find:
                pattern = _Pattern.of(find, phrase)
                first = pattern.elements[0]
                if first.optional or not first.forms:
                    raise ValueError(f"the pattern {find!r} must begin with a word")
                for form in sorted(first.forms | first.lemmas):
                    by_form[form].append(pattern)
        self._by_form = dict(by_form)

    def matches(self, words: Sequence[Word]) -> tuple[PhraseMatch, ...]:
        """The phrases of a sentence from left to right, the longest at each place, none overlapping."""
        found: list[PhraseMatch] = []
        after = 0
        for index, word in enumerate(words):
            if index < after:
                continue
            best: tuple[int, Phrase] | None = None
            for pattern in self._beginning_with(word):
                end = _match(pattern.elements, 0, words, index)
                if pattern.open and any(word.parted for word in words[index + 1 : end]):
                    continue
                if end > index and (best is None or end > best[0]) and _allowed(pattern.phrase, words, index, end):
                    best = (end, pattern.phrase)
            if best is not None:
                after = best[0]
                found.append(PhraseMatch(word.start, words[after - 1].end, best[1]))
        return tuple(found)

    def _beginning_with(self, word: Word) -> Iterable[_Pattern]:
        written = self._by_form.get(word.text, ())
        if word.lemma == word.text or not (others := self._by_form.get(word.lemma)):
            return written
        return {id(pattern): pattern for pattern in (*written, *others)}.values()


@cache
def load_phrases(name: str) -> PhraseList:
    """A shipped list: `buzzwords`, `empty_phrases`, `benefits` or `weasels`."""
    entries = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))["phrases"]
    return PhraseList(_phrase(entry) for entry in entries)


@lru_cache(maxsize=4096)
def phrases_in(sentence: Sentence, name: str) -> tuple[PhraseMatch, ...]:
    """The phrases of a shipped list in a sentence. Measures and rules ask for the same sentence's again and again."""
    return load_phrases(name).matches(words_of(sentence))


@lru_cache(maxsize=4096)
def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """The words of a sentence as patterns see them, likewise."""
    return tuple(split_words(sentence.tokens))


def split_words(tokens: Sequence[Token]) -> Iterator[Word]:
    """Tokens as patterns see them: compounds and clitics apart, curly apostrophes straight, punctuation left out."""
    parted = False
    for token in tokens:
        if token.text.isalnum():
            yield Word(token.text.lower(), token.lemma, token.pos, token.start, token.end, parted)
            parted = False
            continue
        pieces = list(_PIECE.finditer(token.text))
        parted = parted or (not pieces and token.text not in _HYPHENS)
        for piece in pieces:
            text = piece.group().lower().replace("’", "'")
            lemma = token.lemma if len(pieces) == 1 else text
            yield Word(text, lemma, token.pos, token.start + piece.start(), token.start + piece.end(), parted)
            parted = False


@cache
def forms_of(word: str) -> frozenset[str]:
    """Regular and a few irregular forms of a word, in British and American spelling; a superset is fine."""
    stems = {word}
    if word.endswith("ize"):
        stems.add(word[:-3] + "ise")
    forms = set(stems) | set(_IRREGULAR.get(word, "").split())
    for stem in stems if word.isalpha() and len(word) > 2 else ():
        if stem.endswith("y") and stem[-2] not in _VOWELS:
            forms |= {stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"}
        elif stem.endswith("e"):
            forms |= {stem + "s", stem + "d", stem[:-1] + "ing"}
        else:
            forms |= {stem + "s", stem + "es", stem + "ed", stem + "ing"}
    return frozenset(forms)


def _phrase(entry: dict[str, object]) -> Phrase:
    values = {key: value if isinstance(value, str | bool) else _strings(value) for key, value in entry.items()}
    guards = {key: frozenset(values.pop(key, ())) for key in ("not_before", "not_after", "not_near")}  # type: ignore[arg-type]
    return Phrase(**values, **guards)  # type: ignore[arg-type]


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list of words was expected, not {value!r}")
    return tuple(str(item) for item in value)


def _elements(find: str) -> tuple[Element, ...]:
    parts = [part for chunk in find.split() for part in _chunks(chunk)]
    return tuple(_element(part) for part in parts)


def _chunks(chunk: str) -> list[str]:
    """Hyphenated pattern words fall apart as the words of a sentence do."""
    return chunk.split("-") if "-" in chunk and "|" not in chunk else [chunk]


def _element(part: str) -> Element:
    optional = part.endswith("?")
    part = part.removesuffix("?")
    if part == "*":
        return Element(frozenset(), frozenset(), frozenset(), optional)
    if part == "DET":
        return Element(_DETERMINERS, frozenset(), frozenset(), optional)
    if part.isupper() and part in {"NOUN", "ADJ", "VERB", "ADV"}:
        pos = frozenset({part, "PROPN"}) if part == "NOUN" else frozenset({part})
        return Element(frozenset(), frozenset(), pos, optional)
    alternatives, _, tail = part.partition("/")
    pos = frozenset(tail.replace("PART", "").split("|")) - {""}
    names = [name.removeprefix("=") for name in alternatives.split("|")]
    exact = {name for name in names if f"={name}" in alternatives.split("|")}
    forms = frozenset().union(*(frozenset({name}) if name in exact else forms_of(name) for name in names))
    return Element(forms, frozenset(names) - exact, pos, optional)


def _match(elements: Sequence[Element], place: int, words: Sequence[Word], index: int) -> int:
    """Where a match that goes on at `index` ends (one past its last word), or -1. Optional places are tried first."""
    if place == len(elements):
        return index
    element = elements[place]
    if index < len(words) and _fits(element, words[index]):
        end = _match(elements, place + 1, words, index + 1)
        if end >= 0:
            return end
    return _match(elements, place + 1, words, index) if element.optional else -1


def _fits(element: Element, word: Word) -> bool:
    if element.pos and word.pos not in element.pos:
        return False
    return not element.forms or word.text in element.forms or word.lemma in element.lemmas


def _allowed(phrase: Phrase, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether no guard word gives the phrase its plain meaning."""
    if end < len(words) and _known(words[end], phrase.not_before):
        return False
    if start and _known(words[start - 1], phrase.not_after):
        return False
    return not any(_known(word, phrase.not_near) for word in (*words[:start], *words[end:]))


def _known(word: Word, guards: frozenset[str]) -> bool:
    return word.text in guards or word.lemma in guards or word.text.removesuffix("s") in guards
