"""The shipped phrase lists: every pattern can match, every guard silences, and spellings read alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from msgcheck.language.values import Token
from msgcheck.measure.phrases import Phrase, PhraseList, Word, load_phrases, split_words

LISTS = ("buzzwords", "empty_phrases", "benefits", "weasels")
FILLER = "thing"


def spoken(*words: str | tuple[str, str]) -> tuple[Word, ...]:
    """Words, or (word, part of speech) pairs, as if tokens a space apart had been split."""
    found, start = [], 0
    for word in words:
        text, pos = word if isinstance(word, tuple) else (word, "X")
        found.append(Token(text, text.lower(), pos, start, start + len(text)))
        start += len(text) + 1
    return tuple(split_words(found))


def example(find: str) -> list[tuple[str, str]]:
    """The first way in which a pattern can be written."""
    return [word for part in find.split() if not part.endswith("?") for word in _written(part)]


def _written(part: str) -> Iterator[tuple[str, str]]:
    if part == "DET":
        yield "the", "DET"
    elif part == "*":
        yield FILLER, "NOUN"
    elif part in ("NOUN", "ADJ", "VERB", "ADV"):
        yield FILLER, part
    else:
        names, _, pos = part.partition("/")
        for word in names.split("|")[0].removeprefix("=").split("-"):
            yield word, pos.split("|")[0] or "X"


def patterns(name: str) -> Iterator[tuple[Phrase, str]]:
    return ((phrase, find) for phrase in load_phrases(name).phrases for find in phrase.find)


def alone(phrase: Phrase, find: str) -> PhraseList:
    """A list of this one pattern with the guards of its phrase."""
    guards = {name: getattr(phrase, name) for name in ("not_before", "not_after", "not_near")}
    return PhraseList([Phrase((find,), **guards)])


@pytest.mark.parametrize("name", LISTS)
def test_every_pattern_matches_what_it_describes(name: str) -> None:
    silent = [find for phrase, find in patterns(name) if not alone(phrase, find).matches(spoken(*example(find)))]
    assert silent == []


@pytest.mark.parametrize("name", LISTS)
def test_every_guard_gives_the_phrase_its_plain_meaning(name: str) -> None:
    loud = []
    for phrase, find in patterns(name):
        words, one = example(find), alone(phrase, find)
        cases = [(guard, [*words, guard]) for guard in phrase.not_before]
        cases += [(guard, [guard, *words]) for guard in phrase.not_after]
        cases += [(guard, [*words, FILLER, guard]) for guard in phrase.not_near]
        loud += [
            (find, guard) for guard, said in cases if guard.isalpha() and any(
                match.end >= sum(len(word) + 1 for word, _ in words) - 1 for match in one.matches(spoken(*said))
            )
        ]  # fmt: skip
    assert loud == []


@pytest.mark.parametrize("name", LISTS)
def test_every_phrase_offers_plain_words_or_asks_a_question(name: str) -> None:
    assert [phrase.find for phrase in load_phrases(name).phrases if bool(phrase.plain) == bool(phrase.ask)] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_pattern_stands_twice(name: str) -> None:
    assert [find for find, count in Counter(find for _, find in patterns(name)).items() if count > 1] == []


def test_the_lists_are_as_long_as_the_changelog_says() -> None:
    assert len(list(patterns("buzzwords"))) >= 1500
    assert len(list(patterns("empty_phrases"))) >= 330


@pytest.mark.parametrize(
    "said",
    [("best-in-class",), ("best", "in", "class"), ("Best", "in", "Class"), ("best", "-", "in", "-", "class")],
)
def test_hyphens_and_capitals_make_no_difference(said: tuple[str, ...]) -> None:
    assert len(load_phrases("buzzwords").matches(spoken(*said))) == 1


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_straight_and_curly_apostrophes_read_alike(apostrophe: str) -> None:
    said = spoken("in", "today", f"{apostrophe}s", "digital", "world")
    assert len(load_phrases("buzzwords").matches(said)) == 1


@pytest.mark.parametrize("form", ["empower", "empowers", "empowered", "empowering"])
def test_inflected_forms_are_found(form: str) -> None:
    assert len(load_phrases("buzzwords").matches(spoken((form, "VERB")))) == 1


def test_a_wildcard_does_not_reach_over_a_comma() -> None:
    phrases = PhraseList([Phrase(("cut * cost",))])
    assert len(phrases.matches(spoken("cut", "energy", "costs"))) == 1
    assert phrases.matches(spoken("cut", "energy", ",", "costs")) == ()


def test_an_entry_that_begins_with_a_wildcard_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        PhraseList([Phrase(("* cost",))])
