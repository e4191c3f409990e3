"""Finds variants of preferred terms, avoided terms, and the product's name written otherwise than agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgcheck.measure.lexical import WORD, is_stop
from msgcheck.measure.values import AnnotatedPage, TermUse
from msgcheck.model import Block, Positioning

#: Words of general English that this many times in a billion words write small letters too (Zipf scale of wordfreq):
#: below it a word with the product's letters is the product.
_RARE = 3.0
#: Shorter names have too many neighbours for a misspelling to be told from another word.
_LONG_NAME = 6
_NO_PROSE = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)[^\s@]*+@\S+|`[^`]*`|@\w+|#\w+|(?<![\w-])[\w-]++(?:\.[\w-]+)++(?:/\S*)?"
    r"|(?<!\S)[^\s/]*+/\S+/\S*|(?<!\w)\w+_\w+"
)
#: Legal and furniture names that hold everyday words ('privacy policy', 'web site').
_FIXED = re.compile(r"\b(?:privacy|cookie|refund|return|security|web|our)\s+$", re.IGNORECASE)


def measure_terms(page: AnnotatedPage, agreed: Positioning) -> tuple[TermUse, ...]:
    """Every place where the page departs from the agreed vocabulary or name, in page order."""
    found: list[TermUse] = []
    for index, block in page.document.copy():
        if block.role in ("quote", "alt"):
            continue
        free = _NO_PROSE.sub(lambda match: " " * len(match.group()), block.text)
        found += _variants(index, free, agreed)
        found += _avoided(index, free, agreed)
        found += _names(index, block, free, agreed)
    return _separate(found)


def _variants(index: int, text: str, agreed: Positioning) -> Iterator[TermUse]:
    protected = [match.span() for name in _protected(agreed) for match in _term(name).finditer(text)]
    for preferred, variants in agreed.vocabulary.prefer:
        for variant in variants:
            for match in _term(variant).finditer(text):
                inside = any(start <= match.start() and match.end() <= end for start, end in protected)
                if not inside and not _FIXED.search(text[: match.start()]) and not _in_name(text, match):
                    yield TermUse(index, match.start(), match.end(), match.group(), preferred, "variant")


def _protected(agreed: Positioning) -> tuple[str, ...]:
    """Agreed words that may hold a variant as a part."""
    preferred = tuple(term for term, _ in agreed.vocabulary.prefer)
    return (agreed.product, *agreed.aliases, agreed.category, *agreed.category_aliases, *preferred)


def _avoided(index: int, text: str, agreed: Positioning) -> Iterator[TermUse]:
    for term in agreed.vocabulary.avoid:
        for match in _term(term).finditer(text):
            yield TermUse(index, match.start(), match.end(), match.group(), "", "avoided")


@lru_cache(maxsize=512)
def _term(term: str) -> re.Pattern[str]:
    """The term as whole words, hyphened or not, in the plural too."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", term.strip()) if part]
    if not parts:
        return re.compile(r"(?!)")
    last = parts[-1]
    plural = rf"(?:{last}(?:e?s)?|{last[:-1]}ies)" if last.endswith("y") else rf"{last}(?:e?s)?"
    return _whole_words(r"[\s-]+".join((*parts[:-1], plural)))


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether the words are part of somebody's name: capital letters there and in the word beside them."""
    if not match.group()[0].isupper() or match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".!?:":
        return False
    before = text[: match.start()].split()[-1:] or [""]
    return before[0][:1].isupper() and not is_stop(before[0])


def _names(index: int, block: Block, text: str, agreed: Positioning) -> Iterator[TermUse]:
    right = {agreed.product, *agreed.aliases}
    wanted = agreed.product
    pattern = _whole_words(r"[\s-]?".join(map(re.escape, wanted.split())))
    for match in pattern.finditer(text):
        if match.group() not in right and not _tolerated(match.group(), wanted, block):
            yield TermUse(index, match.start(), match.end(), match.group(), wanted, "product-name")
    if " " not in wanted and len(wanted) >= _LONG_NAME:
        for word in WORD.finditer(text):
            bare = re.sub(r"[’']s$", "", word.group())
            if bare not in right and bare[:1].isupper() and _misspelt(bare, wanted) and not _known(bare):
                yield TermUse(index, word.start(), word.start() + len(bare), bare, wanted, "product-name")


def _tolerated(text: str, wanted: str, block: Block) -> bool:
    """All capitals in a heading or button, and everyday words that only happen to be the product's."""
    if text.isupper() and (
        block.role.startswith("heading") or block.role in ("hero", "cta", "title") or block.text.isupper()
    ):
        return True
    if text.replace(" ", "") == wanted.replace(" ", ""):
        return True
    differing = [given for given, right in zip(text.split(), wanted.split(), strict=False) if given != right]
    return all(_known(word) for word in differing) if differing else False


def _known(word: str) -> bool:
    from wordfreq import zipf_frequency

    return bool(zipf_frequency(word.lower(), "en") >= _RARE)


def _misspelt(word: str, wanted: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with its neighbour."""
    low, right = word.lower(), wanted.lower()
    if low in (right, right + "s") or abs(len(low) - len(right)) > 1:
        return False
    front = next((at for at, (a, b) in enumerate(zip(low, right, strict=False)) if a != b), min(len(low), len(right)))
    tails = {
        (low[front + 1 :], right[front + 1 :]),
        (low[front:], right[front + 1 :]),
        (low[front + 1 :], right[front:]),
    }
    swapped = low[front : front + 2] == right[front : front + 2][::-1] and low[front + 2 :] == right[front + 2 :]
    return swapped or any(a == b for a, b in tails)


def _separate(found: list[TermUse]) -> tuple[TermUse, ...]:
    """One use a place: the longest, and a name before a variant."""
    kept: list[TermUse] = []
    for use in sorted(found, key=lambda item: (item.block, item.start, -item.end, item.kind, item.preferred)):
        last = kept[-1] if kept else None
        if last is None or last.block != use.block or use.start >= last.end:
            kept.append(use)
    return tuple(kept)
