"""Finds the nouns with which a page files its product, and the kinds of product it reads as."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from msgcheck.language.values import Language, Sentence, Vector
from msgcheck.measure.lexical import is_stop, stem, words
from msgcheck.measure.values import AnnotatedPage, AnnotatedPositioning, CategoryUse
from msgcheck.model import CategoryGuess, CategoryMatch, Positioning

#: So many sentences from the top (title and description included) show what a page is about.
_TOP = 14
#: A sentence this close to the agreed category names it in other words.
_SAME_SENSE = 0.62
_ASIDE = frozenset({"cta", "caption", "alt", "quote", "table"})

_HEAD_WORDS = (
    "software platform tool app application suite system solution service agency company provider partner "
    "partnership consultancy firm marketplace network cloud crm erp engine hub database warehouse pipeline "
    "gateway firewall builder assistant toolkit workspace bureau exchange tracker planner scheduler manager "
    "monitor"
)
_HEADS = _HEAD_WORDS.split()
_HEAD = rf"(?:{'|'.join(_HEADS)})s?"
#: Words that end a noun phrase when one looks back from its head, or show that the words are no noun phrase.
_BREAK = (
    r"(?:(?:of|with|in|to|by|from|on|at|is|are|was|as|than|your|our|their|its|this|that|the|an?|how|when|"
    r"why|not|more|no)(?![\w-]))"
)
_NOUN = rf"(?:(?!{_BREAK})[A-Za-z0-9#][\w&/#+’'-]*,?\s+){{0,7}}?(?i:{_HEAD})\b(?!\s+(?i:{_HEAD})\b)"
_NOUN_PHRASE = rf"(?P<phrase>{_NOUN})"
_DETERMINER = r"(?:an?|the|your|our|one|the world[’']s)\s+"
_PRAISE = (
    "all in one expert experienced exciting entire robust great exceptional favorite favourite featured real "
    "perfect ai powered native driven leading best top number new modern next generation simple easy powerful "
    "complete integrated unified single end to full enterprise grade world class most advanced free open source "
    "smart intelligent innovative trusted reliable affordable flexible scalable award winning industry first only "
    "great comprehensive ultimate fully purpose built saas cloud based online web digital global international "
    "agentic white glove service leading popular lightweight self hosted on demand business professional fast "
    "fastest original"
)
#: Words that grace any category and name none.
_FLUFF = frozenset(stem(part) for word in _PRAISE.split() for part in words(word))
_GENERIC = (
    _FLUFF | {stem(head) for head in _HEADS} | {stem(word) for word in ("product", "management", "technology", "data")}
)
_AFTER = r"(?=\s*(?:$|[.,:;|–—]|-\s|for\b|that\b|which\b|to\b|built\b|made\b|designed\b))"
_WHOLE = re.compile(rf"^(?:{_DETERMINER})?{_NOUN_PHRASE}{_AFTER}")
_DEFINED = (
    r"(?=\s*(?:$|[.,:;!|–—()]|-\s|(?:for|that|which|who|to|with|in|of|from|at|by|and|on|as|where|so|because|built|made|"
    r"designed|offering|trusted|used|powered|helping|based)\b))"
)
_TITLE_PART = re.compile(rf"(?:^|[|–—·•:]\s*|\s-\s)(?:{_DETERMINER})?{_NOUN_PHRASE}(?=\s*(?:$|[|–—·•:,]|-\s|for\b))")


@dataclass(frozen=True, slots=True, eq=False)
class CategoryFrame:
    """The kinds of product that pages are compared with; one row of `vectors` a name."""

    names: tuple[str, ...]
    vectors: Vector


@lru_cache(maxsize=1)
def category_frame() -> tuple[tuple[str, str], ...]:
    """The shipped kinds of business software and services, each with what it is for."""
    data = tomllib.loads(files("msgcheck.measure").joinpath("data/categories.toml").read_text(encoding="utf-8"))
    return tuple((name, text) for part in ("software", "services") for name, text in data[part].items())


def frame_texts() -> tuple[str, ...]:
    """What is embedded of the frame: each name, then each name with what it is for."""
    entries = category_frame()
    return (*(name for name, _ in entries), *(f"{name}: {text}" for name, text in entries))


def embed_frame(language: Language) -> CategoryFrame:
    """The frame with its meanings: the middle of each name and of what it is for."""
    names, texts = np.split(language.embed(frame_texts()), 2)
    middle = names + texts
    return CategoryFrame(
        tuple(name for name, _ in category_frame()), middle / np.linalg.norm(middle, axis=1, keepdims=True)
    )


def guess_categories(page: AnnotatedPage, frame: CategoryFrame) -> tuple[CategoryGuess, ...]:
    """The three kinds of product that the page's opening reads as, likeliest first; scores are closeness (0..1)."""
    top = _top_vectors(page)
    if not len(top):
        return ()
    fit = 0.5 * (top @ frame.vectors.T).max(axis=0) + 0.5 * (frame.vectors @ page.opening_vector)
    order = sorted(range(len(frame.names)), key=lambda row: (-float(fit[row]), frame.names[row]))[:3]
    return tuple(CategoryGuess(frame.names[row], min(1.0, max(0.0, float(fit[row])))) for row in order)


def measure_categories(page: AnnotatedPage, positioning: AnnotatedPositioning) -> tuple[CategoryUse, ...]:
    """The category nouns that the page uses for the product, in page order.

    The last item, with block -1 and `where` 'page', is the page as a whole: its score is the closeness of the page's
    opening to the agreed category, on the scale of the scores of `guess_categories`.
    """
    agreed = positioning.positioning
    if not agreed.category:
        return ()
    matcher = _Matcher.of(agreed)
    uses = [
        _use(block, sentence, found, where, matcher, positioning)
        for block, sentence, found, where in _candidates(page, agreed)
        if not matcher.empty(found["phrase"])
    ]
    uses += _denied(page, agreed)
    kept: dict[tuple[int, int], CategoryUse] = {}
    for use in sorted(uses, key=lambda item: (item.block, item.start, -(item.end - item.start))):
        kept.setdefault((use.block, use.end), use)
    return (*kept.values(), _whole_page(page, positioning))


#: Places where a page names its product, the plainest first: 'X is a …' leaves no doubt that it is meant.
_PLACES = ("definition", "headline", "title", "description")


def chief_noun(uses: Sequence[CategoryUse]) -> CategoryUse | None:
    """The noun with which a page files its product most plainly; of two in one place the first."""
    return min((use for use in uses if use.block >= 0), key=lambda use: _PLACES.index(use.where), default=None)


def _top_vectors(page: AnnotatedPage) -> Vector:
    rows = [s.vector for i, _, s in _sentences(page) if page.document.blocks[i].role not in _ASIDE][:_TOP]
    return np.stack(rows) if rows else np.zeros((0, len(page.opening_vector)), dtype=np.float32)


def _sentences(page: AnnotatedPage) -> Iterator[tuple[int, str, Sentence]]:
    for index, block in page.document.copy():
        for sentence in page.passages[index].sentences:
            yield index, block.role, sentence


#: Blocks that may open with the category's noun, and what such a place is called.
_OPENING_ROLES = {"heading-1": "headline", "hero": "headline", "description": "description", "body": "definition"}


def _candidates(page: AnnotatedPage, agreed: Positioning) -> Iterator[tuple[int, Sentence, re.Match[str], str]]:
    """Noun phrases in the places where a page says what its product is."""
    defining = _defining(agreed)
    for index, role, sentence in _sentences(page):
        if role == "quote":
            continue
        for found in defining.finditer(sentence.text):
            before = page.document.blocks[index].text[: sentence.start]
            if not found["it"] or agreed.product in before:
                yield index, sentence, found, "definition"
        if role == "title":
            for found in _TITLE_PART.finditer(sentence.text):
                yield index, sentence, found, "title"
        elif role in _OPENING_ROLES and sentence.start == 0:
            whole = _WHOLE.match(sentence.text)
            if whole is not None and (role != "body" or _boast(whole)):
                yield index, sentence, whole, _OPENING_ROLES[role]


def _boast(found: re.Match[str]) -> bool:
    """'The all-in-one X suite' speaks of the product, 'The X suite' may speak of anything."""
    praised = any(stem(part) in _FLUFF for part in words(found["phrase"])[:-1])
    return praised and found.string.startswith("The ")


def _defining(agreed: Positioning) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in (agreed.product, *agreed.aliases) if name)
    subject = rf"(?:{names})"
    listed = "|".join(re.escape(noun) for noun in map(_short, agreed.not_categories) if noun) or "(?!)"
    return re.compile(
        rf"(?:\b{subject}(?:\s+(?:is|remains|was built as|works as|acts as)\s+(?:{_DETERMINER})?"
        rf"|(?:,\s+|:\s+|\s+[–—-]\s+){_DETERMINER})"
        rf"|\b(?:[Ww]e are|[Ww]e[’']re)\s+(?:an?|the)\s+|(?P<it>\b(?:[Ii]t is|[Ii]t[’']s))\s+(?:an?|the)\s+"
        rf"|\b(?:{subject})\s+as\s+(?:an?|its|their|the|our)\s+(?:new\s+)?"
        rf"|^As\s+an?\s+)(?P<phrase>(?i:{listed})|{_NOUN}){_DEFINED}"
    )


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The agreed nouns, ready to be compared with the words of a page."""

    category: frozenset[str]
    aliases: tuple[frozenset[str], ...]
    denied: tuple[frozenset[str], ...]
    names: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, agreed: Positioning) -> _Matcher:
        return cls(
            _kernel(agreed.category),
            tuple(_kernel(alias) for alias in agreed.category_aliases),
            tuple(_kernel(_short(text)) for text in agreed.not_categories if _short(text)),
            frozenset(stem(word) for name in (agreed.product, *agreed.aliases) for word in words(name))
            - _kernel(" ".join((agreed.category, *agreed.category_aliases))),
            frozenset(" ".join(words(name)).lower() for name in (agreed.product, *agreed.aliases)),
        )

    def empty(self, phrase: str) -> bool:
        """Whether a phrase names no category ('our platform', 'the Acme app')."""
        stems = _kernel(phrase) - self.names
        named = " ".join(words(phrase)).lower() in self.titles
        return named or not (stems - _GENERIC or any(kind <= stems for kind in self._all()))

    def _all(self) -> tuple[frozenset[str], ...]:
        return tuple(kind for kind in (self.category, *self.aliases, *self.denied) if kind)

    def match(self, phrase: str) -> CategoryMatch:
        stems = _kernel(phrase) - self.names
        if self.category and self.category <= stems:
            return "exact"
        if any(alias and alias <= stems for alias in self.aliases):
            return "alias"
        if any(kind and kind <= stems for kind in self.denied):
            return "not"
        telling = stems - _GENERIC
        kinds = [kind - _GENERIC for kind in (self.category, *self.aliases)]
        if any(kind and kind <= telling for kind in kinds):
            return "alias"
        return "close" if any(telling & kind for kind in kinds) else "other"

    def narrower(self, phrase: str) -> bool:
        """Whether a phrase says less than an agreed noun, but nothing else ('marketing agency')."""
        telling = _kernel(phrase) - self.names - _GENERIC
        return any(telling <= kind for kind in (self.category, *self.aliases))


def _kernel(text: str) -> frozenset[str]:
    """The stems that make a category noun, without praise; an acronym in brackets is left out."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    stems = [stem(word) for word in words(bare) if not is_stop(word)]
    return frozenset(key for key in stems if key not in _FLUFF) or frozenset(stems)


def _short(text: str) -> str:
    """The noun of a 'not' entry that goes on to explain itself: 'a survey tool that asks …' -> 'survey tool'."""
    head = re.split(r"\s+(?:that|which|who|for|in|or)\s+|,|\(", re.sub(r"^(?:an?|the)\s+", "", text))[0].strip()
    return head if len(head.split()) <= 4 else ""


def _use(
    block: int,
    sentence: Sentence,
    found: re.Match[str],
    where: str,
    matcher: _Matcher,
    positioning: AnnotatedPositioning,
) -> CategoryUse:
    match = matcher.match(found["phrase"])
    if match == "close" and matcher.narrower(found["phrase"]):
        match = "alias"
    if match == "other" and float((positioning.categories @ sentence.vector).max()) >= _SAME_SENSE:
        match = "close"
    start, end = _trim(found)
    score = {"definition": 0.9, "title": 0.75, "headline": 0.75, "description": 0.7}[where]
    return CategoryUse(
        block, sentence.start + start, sentence.start + end, sentence.text[start:end], where, match, score
    )


def _trim(found: re.Match[str]) -> tuple[int, int]:
    """The phrase without the praise in front of it."""
    start, end = found.span("phrase")
    text = found["phrase"]
    while (first := re.match(r"(\S+)\s+\S", text)) is not None and (
        is_stop(first[1]) or all(stem(part) in _FLUFF for part in words(first[1]))
    ):
        cut = first.end(1) + 1
        start, text = start + cut, text[cut:]
        if len(text.split()) <= 2:
            break
    return start, end


def _denied(page: AnnotatedPage, agreed: Positioning) -> Iterator[CategoryUse]:
    """Nouns of the `not` list where a heading or a definition opens with them."""
    nouns = [text for text in map(_short, agreed.not_categories) if text]
    if not nouns:
        return
    listed = "|".join(re.escape(noun) for noun in nouns)
    opening = re.compile(
        rf"^(?:{_DETERMINER})?(?P<phrase>{listed})\s+(?=(?:that|for|built|made|which)\b)", re.IGNORECASE
    )
    for index, role, sentence in _sentences(page):
        prominent = role in ("title", "description", "hero") or role.startswith("heading")
        if not prominent and sentence.start > 0:
            continue
        if (found := opening.match(sentence.text)) is not None and role != "quote":
            start, end = found.span("phrase")
            yield CategoryUse(
                index, sentence.start + start, sentence.start + end, found["phrase"], "headline", "not", 0.7
            )


def _whole_page(page: AnnotatedPage, positioning: AnnotatedPositioning) -> CategoryUse:
    agreed = positioning.categories
    score = 0.0
    if len(top := _top_vectors(page)) and len(agreed):
        best = (top @ agreed.T).max(axis=0)
        opening = agreed @ page.opening_vector
        score = 0.5 * float(best.max()) + 0.5 * float((0.5 * best + 0.5 * opening).max())
    match: CategoryMatch = "exact" if score >= _SAME_SENSE else "close"
    return CategoryUse(-1, 0, 0, positioning.positioning.category, "page", match, min(1.0, max(0.0, score)))
