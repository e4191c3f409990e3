"""What rules that rest on calls share: how calls are named, and how their turns are pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgcheck.model import Call, Location, LocationKind, Moment
from msgcheck.rules.base import Context

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def counted(count: int, noun: str) -> str:
    """'one call', 'three calls', '14 calls'."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {noun}{'' if count == 1 else 's'}"


def when(calls: Iterable[str], context: Context) -> str:
    """The days of these calls (by key), for use in brackets; their file names where a day is not known."""
    by_key = {measures.call.key: measures.call for measures in context.calls.calls}
    known = [by_key[key] for key in sorted(set(calls)) if key in by_key]
    known.sort(key=lambda call: (call.date or "9999", call.key))
    return _listed([_day(call) for call in known])


def turns(moments: Sequence[Moment]) -> tuple[Location, ...]:
    """The turns in which moments show, as places that a finding refers to."""
    return tuple(
        Location(moment.call, "related", moment.turn, 0, len(moment.quote), moment.quote, note=moment.about)
        for moment in moments
    )


def in_turn(call: Call, turn: int, words: str, *, kind: LocationKind = "primary", note: str = "") -> Location:
    """Point at words of a turn; at the whole turn where it does not hold them letter for letter."""
    text = call.turns[turn].text
    start = text.find(words) if words else -1
    first, last = (start, start + len(words)) if start >= 0 else (0, len(text))
    return Location(
        call.key, kind, turn, first, last, text[first:last], note=note, line=call.turns[turn].line, column=1
    )


def _day(call: Call) -> str:
    if not call.date:
        return call.key
    day = date.fromisoformat(call.date)
    return f"{day.day} {day:%B}"


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}" if unique else ""
