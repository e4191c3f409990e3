"""Take the people out of a report before any renderer sees it: names of outside people and companies, e-mail addresses
and phone numbers.

What a page says is public and stays as it is, so that the offsets of findings hold. Names of the company's own
speakers stay too. Every other text of the report is gone through, whatever its field, so that none is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from msgcheck.model import Call, Location, Report, Speaker, Suspect
from msgcheck.report.people import People, outside_people

T = TypeVar("T")

#: Parts of a report that are public, or ours.
_OPEN = frozenset(("tool", "run", "summary", "positioning", "pages", "sentences"))
#: Fields that hold words of our own, whatever they look like.
_OURS = frozenset(("rule", "fingerprint", "kind", "format", "date", "role", "severity", "selector"))
#: What may be the key of a call inside a sentence.
_FILE = re.compile(r"[^\s“”\"(),;]+\.\w{2,5}(?:#\d+)?")


def redact(report: Report, *, keep_keys: bool = False) -> Report:
    """The same report without outside people; one person keeps one label ('Prospect A') through the whole run.

    `keep_keys` leaves what a program joins to data of its own: keys of calls, and the names in a call's list of
    speakers, with their labels beside them.
    """
    calls = [item.call for item in report.calls]
    people = outside_people(calls)
    keys = {call.key: call.key for call in calls} if keep_keys else _new_keys(calls, people)
    texts = {call.key: [turn.text for turn in call.turns] for call in calls}
    walk = _Walk(people, keys, frozenset(page.document.key for page in report.pages), texts, keep_keys)
    changed = {each.name: walk.over(getattr(report, each.name)) for each in fields(report) if each.name not in _OPEN}
    return replace(report, **changed)


def _new_keys(calls: list[Call], people: People) -> dict[str, str]:
    """Keys by what stands for them: their names taken out, and still no two alike."""
    keys: dict[str, str] = {}
    for call in calls:
        shown = wanted = people.scrub(call.key, file_name=True)
        number = 2
        while shown in keys.values():
            shown, number = f"{wanted} ({number})", number + 1
        keys[call.key] = shown
    return keys


@dataclass(frozen=True, slots=True)
class _Walk:
    people: People
    keys: Mapping[str, str]
    pages: frozenset[str]
    texts: Mapping[str, Sequence[str]]
    keep_names: bool

    def over(self, value: T) -> T:
        """The value with every text in it scrubbed."""
        return self._over(value)  # type: ignore[no-any-return]

    def _over(self, value: Any) -> Any:
        match value:
            case str():
                return self._text(value)
            case tuple():
                return tuple(map(self._over, value))
            case Speaker():
                label = self.people.label(value.name)
                return replace(value, name=value.name if self.keep_names else label, label=label, email="")
            case Call():
                return replace(self._fields(value), source=self.keys[value.key], title="", accounts=())
            case Suspect():
                return replace(value, reason=self._text(value.reason))
            case Location() if value.document in self.pages:
                return replace(value, note=self._text(value.note))
            case Location() if value.block >= 0:
                return self._in_turn(value)
            case _ if is_dataclass(value) and not isinstance(value, type):
                return self._fields(value)
        return value

    def _in_turn(self, place: Location) -> Location:
        """A place in a call: names before and in its words have other lengths now."""
        before = self.texts.get(place.document, ())[place.block : place.block + 1]
        start = len(self._text(before[0][: place.start])) if before else place.start
        quote = self._text(place.quote)
        shown = replace(place, document=self._text(place.document), note=self._text(place.note), quote=quote)
        return replace(shown, start=start, end=start + len(quote))

    def _fields(self, value: Any) -> Any:
        given = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in _OURS}
        speaker = {"speaker": self.people.label(given["speaker"])} if "speaker" in given else {}
        return replace(value, **{name: self._over(held) for name, held in given.items()} | speaker)

    def _text(self, text: str) -> str:
        if text in self.keys:
            return self.keys[text]
        return self.people.scrub(_FILE.sub(lambda found: self.keys.get(found[0], found[0]), text))
