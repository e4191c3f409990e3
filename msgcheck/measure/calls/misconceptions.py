"""Brings moments with the same wrong belief together, across calls."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.measure.calls.beliefs import article
from msgcheck.model import Misconception, Moment, Suspect

_TOP = 3


def group(moments: Sequence[Moment]) -> tuple[Misconception, ...]:
    """The wrong beliefs, those heard most often first; moments without a named belief stand in none."""
    beliefs: dict[str, list[Moment]] = {}
    for moment in moments:
        if moment.kind == "misconception" and moment.perceived_category:
            beliefs.setdefault(moment.perceived_category.lower(), []).append(moment)
    found = [_misconception(held) for held in beliefs.values()]
    return tuple(sorted(found, key=lambda item: (-len(item.calls), -item.count, item.label)))


def _misconception(held: Sequence[Moment]) -> Misconception:
    name = held[0].perceived_category
    return Misconception(
        label=f"took it for {article(name)}{name}",
        count=len(held),
        calls=tuple(sorted({moment.call for moment in held})),
        quotes=tuple(moment.quote for moment in held),
        suspects=_shared_suspects(held),
    )


def _shared_suspects(held: Sequence[Moment]) -> tuple[Suspect, ...]:
    """Suspects of several moments weigh more: the chance that at least one of them is right."""
    doubt: dict[tuple[str, int, int], float] = {}
    example: dict[tuple[str, int, int], Suspect] = {}
    for moment in held:
        for suspect in moment.suspects:
            place = (suspect.page, suspect.block, suspect.start)
            doubt[place] = doubt.get(place, 1.0) * (1.0 - suspect.score)
            example.setdefault(place, suspect)
    ranked = sorted(doubt, key=lambda place: (doubt[place], place))[:_TOP]
    return tuple(
        Suspect(
            page=example[place].page,
            quote=example[place].quote,
            score=1.0 - doubt[place],
            block=example[place].block,
            start=example[place].start,
            end=example[place].end,
            reason=example[place].reason,
        )
        for place in ranked
    )
