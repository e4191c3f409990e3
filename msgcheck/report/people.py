"""Whom a report does not name, how they are spelt, and what stands for them.

Known by name are the outside people who speak on a call, or with whom one is recorded, and their companies; somebody
who is merely talked about is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgcheck.measure.lexical import word_set
from msgcheck.model import Call, SpeakerRole

_LABELS: Mapping[SpeakerRole, str] = {"prospect": "Prospect", "unknown": "Speaker"}
#: Stands for a name that several people share, at least one of them from outside.
_SHARED = "[name]"
#: Speaker labels that name nobody.
_NOBODY = word_set(
    "account attendee buyer caller client company contact customer guest host interviewer lead manager me note notes "
    "owner participant person prospect rep sales seller speaker team them unknown user voice you"
)
#: Parts of names that name nobody by themselves: titles, particles, and words of two letters.
_PARTICLES = word_set(
    "dr mr mrs ms mx prof sir madam jr sr phd md de van von der den del dos la le da di bin ibn al el the and of am "
    "an as at be by do go he hi if in is it my no oh ok on or so to up us we"
)
#: Names that are also everyday words: in small letters they are taken for the word, and where both fit, the words
#: around decide. What else is a word shows in how the calls themselves spell it.
_ALSO_WORDS = word_set(
    "amber angel april archer art ash august autumn baker banks basil bell bill bishop black bliss bloom bond brook "
    "brooks brown buck bush carol case cash chance charity chase chip christian church clay cliff coach cole cook "
    "coral crystal daisy dale dawn day dean destiny dick dot drew duke earl eve faith fall fern field fields finn "
    "fisher ford fox frank gay gene glen gold grace grant gray green guy hall harmony hart hazel heath heather holly "
    "hope hunter iris iron ivy jack jade jasmine jewel joy june justice king knight lake lance lane lark law lily "
    "long love major mark marsh mason may maple melody mercy merit mike miles mill miller moon noble north olive page "
    "park pat patience peace pearl penny pepper piper pool poppy porter post potter price pride prince rain ray read "
    "reed reef rich ridge river rivers rob robin rock rod rose royal ruby rusty sage sandy scout shepherd short sky "
    "stone storm stuart sue summer sunny taylor terry tiger trip turner violet wade walker ward waters wells west "
    "white will willow win winter wolf wood woods worth young"
)
_MONTHS = frozenset(("april", "august", "june", "may"))
_BEFORE_MONTH = word_set(
    "after before by during early end from in last late mid next of since the this through till until"
)
#: What follows such a word at the head of a sentence where it is the word: 'Will you …', 'Mark it …', 'Hope so'.
_AFTER_WORD = word_set(
    "a all an any at for he her his i in it its my of on our she so some that the their them there these they this "
    "those to us we who with you your"
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_PHONE = re.compile(
    r"(?<![\w.,$€£/-])(?:\+\d[\d\s().-]{6,18}\d|\(\d{2,5}\)[\s.-]?\d{3,4}[\s.-]?\d{3,4}"
    r"|(?:1[\s.-])?\d{3}[\s.-]\d{3}[\s.-]\d{4}|0\d{1,4}[\s-]\d{3,4}[\s-]?\d{3,4}|[01]?\d{10})(?![\w%])"
)
#: A word as letters with their accents, however these are encoded.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_WITHIN_NAME = re.compile(r"[\s'’.&_-]{1,3}")
#: A shorter name ('Jo', 'Ed') is known as one by its capital alone.
_SURE_IN_SMALL = 3
_SENTENCE_END = (".", "!", "?", "…", ":", '"', "“", "\n")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Labels by the folded name of a speaker and by folded words; `everyday` are the words that are also just words."""

    labels: Mapping[str, str]
    spellings: Mapping[Words, str]
    everyday: frozenset[str]
    longest: int

    def label(self, name: str) -> str:
        """What stands for a speaker, or the name itself where it may be shown."""
        return self.labels.get(_fold(name)) or self.scrub(name)

    def scrub(self, text: str, *, file_name: bool = False) -> str:
        """The text without outside people, addresses and numbers; a file's name has no capitals to go by."""
        text = _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", text))
        found = list(_WORD.finditer(text))
        folded = [_fold(word[0]) for word in found]
        kept, end, index = [], 0, 0
        while index < len(found):
            size = self._named(
                text, found[index : index + self.longest], folded[index : index + self.longest], file_name
            )
            if size:
                kept += [text[end : found[index].start()], self.spellings[tuple(folded[index : index + size])]]
                end = found[index + size - 1].end()
            index += size or 1
        return "".join([*kept, text[end:]])

    def _named(self, text: str, found: Sequence[re.Match[str]], folded: Sequence[str], file_name: bool) -> int:
        """How many of the words, from the first on, name somebody."""
        for size in range(len(found), 0, -1):
            if tuple(folded[:size]) not in self.spellings:
                continue
            gaps = (text[a.end() : b.start()] for a, b in pairwise(found[:size]))
            doubtful = self.everyday.issuperset(folded[:size])
            if not all(map(_WITHIN_NAME.fullmatch, gaps)):
                continue
            if doubtful and all(word[0].islower() for word in found[:size]) and not (file_name and size > 1):
                continue
            if size == 1 and (len(folded[0]) < _SURE_IN_SMALL and found[0][0].islower() and not file_name):
                continue
            if size > 1 or not (doubtful and _is_word(text, found[0])):
                return size
        return 0


def _is_word(text: str, word: re.Match[str]) -> bool:
    """Whether an everyday word with a capital is that word: it opens a sentence and goes on as such, or is a month."""
    before, after = text[: word.start()].rstrip(), text[word.end() :]
    following = re.match(r"\s+(\w+)", after)
    next_word = following[1] if following else ""
    if _fold(word[0]) in _MONTHS:
        last = re.search(r"(\w+)$", before)
        return next_word[:1].isdigit() or (last is not None and (last[1].lower() in _BEFORE_MONTH or last[1].isdigit()))
    return (not before or before.endswith(_SENTENCE_END)) and next_word in _AFTER_WORD


def _fold(name: str) -> str:
    """Without letter case, accents, kinds of apostrophe and doubled spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("’", "'").split())


def _words(name: str) -> Words:
    return tuple(_fold(word) for word in _WORD.findall(name))


def outside_people(calls: Sequence[Call]) -> People:
    """Everybody from outside on the calls, lettered in the order in which they appear."""
    ours = {_fold(speaker.name) for call in calls for speaker in call.speakers if speaker.role == "rep"}
    labels = _labels(calls, ours)
    spellings: dict[Words, set[str]] = {}
    for name, label in (*labels.items(), *((name, "") for name in ours)):
        for part in _parts(name):
            spellings.setdefault(part, set()).add(label)
    shown = {words: found.pop() if len(found) == 1 else _SHARED for words, found in spellings.items()}
    people = {words: label for words, label in shown.items() if label}
    companies = {words: label for words, label in _companies(calls).items() if words not in shown}
    names = companies | people | {_words(name): label for name, label in labels.items() if _words(name)}
    single = {words[0] for words in names if len(words) == 1}
    return People(
        labels=labels,
        spellings=names,
        everyday=_ALSO_WORDS | frozenset(_everyday(single, calls)),
        longest=max(map(len, names), default=1),
    )


def _labels(calls: Sequence[Call], ours: set[str]) -> dict[str, str]:
    roles: dict[str, set[SpeakerRole]] = {}
    for call in calls:
        for speaker in call.speakers:
            roles.setdefault(_fold(speaker.name), set()).add(speaker.role)
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, seen in roles.items():
        if name not in ours and not _names_nobody(name):
            kind = _LABELS["prospect" if "prospect" in seen else "unknown"]
            labels[name] = f"{kind} {_letters(counts[kind])}"
            counts[kind] += 1
    return labels


def _names_nobody(name: str) -> bool:
    return all(word in _NOBODY or len(word) == 1 for word in _words(name))


def _letters(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = chr(ord("A") + number % 26)
    return letters if number < 26 else _letters(number // 26 - 1) + letters


def _parts(name: str) -> Iterator[Words]:
    """'dana whitfield (acme)': dana whitfield, dana, whitfield; the company is known from elsewhere."""
    person = re.split(r"\s*[(\[|/,<]|\s[-–—@]\s", name, maxsplit=1)[0]
    yield from (words for part in (person, *person.split()) if len(words := _words(part)) > 1)
    for word in _words(person):
        if len(word) > 1 and word not in _PARTICLES and word not in _NOBODY:
            yield (word,)


def _companies(calls: Iterable[Call]) -> dict[Words, str]:
    """Spellings of the companies that calls were with; calls that share a spelling were with the same one."""
    labels: dict[Words, str] = {}
    known = 0
    for call in calls:
        spelt = [words for name in call.accounts if (words := _words(name))]
        label = next((labels[words] for words in spelt if words in labels), "")
        if spelt and not label:
            label = f"Company {_letters(known)}"
            known += 1
        for words in spelt:
            labels.setdefault(words, label)
    return labels


def _everyday(names: set[str], calls: Iterable[Call]) -> Iterator[str]:
    """Those that calls written with capitals mostly write in small letters: 'price', where a Ms Price is on a call."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for call in calls:
        for turn in call.turns:
            if turn.text[:1].isupper():
                for word in _WORD.findall(turn.text):
                    if (folded := _fold(word)) in names:
                        (small if word.islower() else large)[folded] += 1
    yield from (name for name in names if small[name] > large[name])
