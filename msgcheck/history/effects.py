"""What changes of the copy did to confusion: the opening is read again, each time with one change taken back."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from msgcheck.history.wordings import sentences, words
from msgcheck.model.drift import CopyChange, Drift, PageDrift
from msgcheck.model.history import Snapshot

#: Reads page openings as a first-time reader does, and gives the confusion of each, 0..1.
Reader = Callable[[Sequence[str]], Sequence[float]]

#: A sentence of the opening, where names are hidden, is the one of the copy with which it shares so many words.
_SAME_SENTENCE = 0.7
#: An opening that reads otherwise than when the run was made was read by another version: nothing is said then.
_SAME_READING = 0.02


@dataclass(frozen=True, slots=True)
class _Trial:
    """What to read of a page: its opening before and now, and the one now with a change (by its place) taken back."""

    page: int
    before: str
    after: str
    undone: tuple[tuple[int, str], ...]

    @property
    def openings(self) -> tuple[str, ...]:
        return (self.before, self.after, *(opening for _, opening in self.undone))


def with_effects(drift: Drift, before: Snapshot, after: Snapshot, read: Reader) -> Drift:
    """The same drift; its pages and changes say what the copy did to confusion, where it stands in the opening."""
    old, new = ({page.key: page.opening for page in snapshot.pages} for snapshot in (before, after))
    trials = [
        _trial(place, page.changes, old[page.earlier_key], new[page.key])
        for place, page in enumerate(drift.pages)
        if page.changes and old.get(page.earlier_key) and new.get(page.key)
    ]
    readings = iter(read([opening for trial in trials for opening in trial.openings]) if trials else ())
    pages = list(drift.pages)
    for trial in trials:
        pages[trial.page] = _told(pages[trial.page], trial, [next(readings) for _ in trial.openings])
    return replace(drift, pages=tuple(pages))


def _trial(place: int, changes: Sequence[CopyChange], before: str, after: str) -> _Trial:
    old, new = sentences(before), sentences(after)
    undone = ((number, _undone(change, old, new)) for number, change in enumerate(changes))
    return _Trial(place, before, after, tuple((number, text) for number, text in undone if text))


def _undone(change: CopyChange, old: Sequence[str], new: Sequence[str]) -> str:
    """The new opening with the old words of a change; empty where the change does not touch the opening."""
    gone, added = _places(change.gone, old), _places(change.new, new)
    if not gone and not added:
        return ""
    at = added[0] if added else _after(old[: gone[0]], new)
    kept = [(place, line) for place, line in enumerate(new) if place not in added]
    earlier = [line for place, line in kept if place < at]
    return " ".join([*earlier, *(old[place] for place in gone), *(line for place, line in kept if place >= at)])


def _places(lines: Sequence[str], opening: Sequence[str]) -> list[int]:
    """Where sentences of the copy stand in the opening."""
    found = set()
    for line in lines:
        likeness = [_alike(line, other) for other in opening]
        if likeness and max(likeness) >= _SAME_SENTENCE:
            found.add(likeness.index(max(likeness)))
    return sorted(found)


def _alike(line: str, other: str) -> float:
    left, right = (words(text).split() for text in (line, other))
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()


def _after(earlier: Sequence[str], new: Sequence[str]) -> int:
    """The place behind the last of these sentences that is still there."""
    return next((new.index(line) + 1 for line in reversed(earlier) if line in new), 0)


def _told(page: PageDrift, trial: _Trial, readings: Sequence[float]) -> PageDrift:
    before, after, *undone = readings
    if page.confusion.after is None or abs(after - page.confusion.after) > _SAME_READING:
        return page
    changes = list(page.changes)
    for (number, _), without in zip(trial.undone, undone, strict=True):
        changes[number] = replace(changes[number], confusion=round(after - without, 3))
    return replace(page, changes=tuple(changes), by_copy=round(after - before, 3))
