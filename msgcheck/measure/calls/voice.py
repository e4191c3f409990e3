"""What prospects call the product, what troubles them and what they use instead, in their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgcheck.measure.calls.cues import plain
from msgcheck.measure.calls.features import PROSPECT, REP, turn_modes
from msgcheck.measure.calls.pitches import as_written
from msgcheck.measure.calls.suspects import Copy
from msgcheck.measure.lexical import content, is_stop, word_set
from msgcheck.measure.values import AnnotatedCall, AnnotatedPositioning, PageMeasures
from msgcheck.model import BuyerTerm, Moment, VoiceKind

#: What a buyer calls a thing of this kind; 'thing' counts where a word before it says which.
_HEAD = (
    r"(?:software|systems?|tools?|apps?|platforms?|programs?|packages?|services?|solutions?|portals?|trackers?|thing)"
)
_KIND = re.compile(_HEAD)
_NOUN = rf"((?:[a-z0-9]+[ -]){{1,3}}?{_HEAD})\b"
#: Ways to speak of the product, or of what is looked for, that hardly mean anything else.
_PRODUCT = (
    re.compile(
        r"\b(?:looking (?:around )?for|shopping (?:around )?for|searching for|searched for|googled|in the market for|"
        rf"budget for|after|asked for|told to find|want|need|buy|buying|get|getting) (?:an?|some|another) {_NOUN}"
    ),
    re.compile(rf"\b(?:your|this|the new) {_NOUN}"),
    re.compile(
        r"\b(?:i|we|they|everybody|everyone|people|my \w+)(?:d| would| just| all)* call (?:it|this|that|you|them) "
        r"(?:an? |the |our )?((?:[a-z0-9]+[ -]){0,3}[a-z0-9]+)(?=[.,;?!]|$| (?:here|but|and|so|because)\b)"
    ),
)
#: Words before the head that do not say what kind of thing it is.
_IDLE = word_set(
    "new old other current last whole same right wrong best good better simple own main first different proper decent "
    "real big small little second extra single kind sort type of particular actual existing fancy full entire next "
    "cheap cheaper nice great one two three bit lot very more such what which that this these those your our my their "
    "web website online internal external third party"
)
_DENIED = re.compile(r"\b(?:not|isnt|arent|no|never|dont|instead of|rather than)\b[\w ]{0,20}$")

_MEANS = re.compile(
    r"\b((?:group |shared |google |excel |paper |pen and |master |color coded )?(?:spreadsheets?|excel|google sheets?|"
    r"notebooks?|log ?books?|clipboards?|white ?boards?|binders?|post ?its?|sticky notes|group texts?|group chats?|"
    r"whatsapp|paper (?:book|log|form|list|sheet|calendar|diary)s?|pen and paper|by hand|word docs?|home ?grown \w+|"
    r"in ?house (?:tool|script|system)|access database|fax))\b"
)
_WITHOUT = re.compile(r"\b(?:no|not|without|used to|sent (?:him|her|them|me|you) (?:the|a))\b[\w ]{0,12}$")

_TROUBLE = re.compile(
    r"\b(?:(?:the|our|my|biggest|real|main|whole|only) (?:\w+ )?(?:problem|issue|headache|pain|nightmare|trouble|worry)"
    r"(?: \w+){0,4}? (?:is|was|are)(?: that)?|(?:drives|kills|is killing|costs) (?:us|me)|"
    r"takes (?:us|me|them|her|him)(?= (?:about |over |nearly |half |a |an |all |\d|two|three|four|five|six|ten)))"
    r" ([^.?!;]{8,90})"
)
#: A prospect's sentence this close to the agreed problem tells of it.
_SAME_TROUBLE = 0.6
_SHOWN = 6
_ORDER: tuple[VoiceKind, ...] = ("product", "problem", "alternative")


@dataclass(slots=True)
class _Heard:
    """The turns in which buyers use the same words, while they are collected."""

    about: VoiceKind
    spelt: Counter[str] = field(default_factory=Counter)
    turns: dict[tuple[str, int], str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)


_Key = tuple[VoiceKind, str]


def buyers_voice(
    calls: Sequence[AnnotatedCall],
    moments: Sequence[Sequence[Moment]],
    pages: Sequence[PageMeasures],
    copy: Sequence[Copy],
    positioning: AnnotatedPositioning | None,
) -> tuple[BuyerTerm, ...]:
    """The words heard on most calls first, at most six of a kind. What is said in a misbelief is no name for it."""
    heard: dict[_Key, _Heard] = {}
    for call, found in zip(calls, moments, strict=True):
        wrong = {moment.turn for moment in found if moment.kind == "misconception"}
        for index, mode in enumerate(turn_modes(call.call)):
            if mode != REP:
                for about, key, spelt in _said(call, index, positioning, named=index not in wrong and mode == PROSPECT):
                    _note(heard.setdefault((about, key), _Heard(about)), call, index, spelt)
    shelf = _Shelf(pages, copy, positioning)
    terms = [shelf.beside(key, entry) for (_, key), entry in heard.items()]
    terms.sort(key=lambda term: (_ORDER.index(term.about), -len(term.calls), -term.count, term.words))
    return tuple(term for about in _ORDER for term in [term for term in terms if term.about == about][:_SHOWN])


def _note(entry: _Heard, call: AnnotatedCall, index: int, spelt: str) -> None:
    turn = call.call.turns[index]
    met = next((speaker.name for speaker in call.call.speakers if speaker.role == "prospect"), call.call.key)
    entry.spelt[spelt] += 1
    entry.turns[call.call.key, index] = turn.text
    entry.people.add(met if turn.note else turn.speaker)


def _said(
    call: AnnotatedCall, index: int, positioning: AnnotatedPositioning | None, *, named: bool
) -> Iterator[tuple[VoiceKind, str, str]]:
    """(what about, a key that other spellings share, the words) for what a turn says."""
    text = call.call.turns[index].text
    spoken = plain(text)
    if named:
        yield from (("product", key, words) for key, words in _names(spoken, text))
    for match in _MEANS.finditer(spoken):
        if not _WITHOUT.search(spoken[: match.start()]):
            yield "alternative", " ".join(content(match[1])), match[1]
    told = list(_agreed_trouble(call, index, positioning))
    yield from (("problem", key, words) for key, words in told)
    if not told:
        for match in _TROUBLE.finditer(spoken):
            yield "problem", match[1], as_written(match[0], text)


def _names(spoken: str, text: str) -> Iterator[tuple[str, str]]:
    for pattern in _PRODUCT:
        for match in pattern.finditer(spoken):
            kept = match[1].split()
            while kept and (kept[0] in _IDLE or is_stop(kept[0])):
                kept.pop(0)
            telling = [word for word in kept if not is_stop(word) and word not in _IDLE and not _KIND.fullmatch(word)]
            phrase = as_written(" ".join(kept), text)
            name = any(word[0].isupper() and not word.isupper() for word in phrase.split())
            if telling and not name and not _DENIED.search(spoken[: match.start()]):
                yield " ".join(content(" ".join(telling))), phrase


def _agreed_trouble(
    call: AnnotatedCall, index: int, positioning: AnnotatedPositioning | None
) -> Iterator[tuple[str, str]]:
    """Sentences that tell of a problem that the positioning names."""
    if positioning is None:
        return
    messages = positioning.positioning.messages
    rows = [row for row, message in enumerate(messages) if message.kind == "problem"]
    for sentence in call.passages[index].sentences if rows else ():
        near = positioning.message_vectors[rows] @ sentence.vector
        if near.max() >= _SAME_TROUBLE and not sentence.text.endswith("?"):
            yield messages[rows[int(near.argmax())]].id, sentence.text


class _Shelf:
    """The words of the pages, to stand beside those of buyers."""

    def __init__(
        self, pages: Sequence[PageMeasures], copy: Sequence[Copy], positioning: AnnotatedPositioning | None
    ) -> None:
        self._stems = [frozenset(content(item.sentence.text)) for item in copy]
        nouns = Counter(use.text for page in pages for use in page.categories if use.block >= 0)
        self._noun = min(nouns, key=lambda noun: (-nouns[noun], noun), default="")
        messages = positioning.positioning.messages if positioning else ()
        self._agreed = {message.id: message.text for message in messages}

    def beside(self, key: str, entry: _Heard) -> BuyerTerm:
        words = min(entry.spelt, key=lambda spelt: (-entry.spelt[spelt], len(spelt), spelt))
        places = tuple(sorted(entry.turns))
        term = {"product": self._noun, "problem": self._agreed.get(key, ""), "alternative": ""}[entry.about]
        return BuyerTerm(
            about=entry.about,
            words=words,
            count=len(places),
            calls=tuple(dict.fromkeys(call for call, _ in places)),
            prospects=len(entry.people),
            quote=entry.turns[places[0]],
            places=places,
            pages=self._count(content(words)),
            page_term=term,
            page_count=self._count(content(term)),
        )

    def _count(self, keys: Sequence[str]) -> int:
        """How many sentences of the pages hold all these words."""
        wanted = set(keys)
        return sum(wanted <= stems for stems in self._stems) if wanted else 0
