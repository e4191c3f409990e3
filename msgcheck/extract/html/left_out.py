"""Say why parts of a page are not read as its copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgcheck.extract.folding import Lines
from msgcheck.extract.html.cut import Part, Run
from msgcheck.extract.html.roles import role_of, selector_of
from msgcheck.extract.html.scan import Skeleton
from msgcheck.extract.html.zones import COPY
from msgcheck.model import LeftOut

_STOCK = "button with a label that every site has"


def left_out(
    parts: Iterable[Part], runs: Iterable[Run], texts: Sequence[str], skeleton: Skeleton, lines: Lines
) -> tuple[LeftOut, ...]:
    """Each part, and each single run that was judged by its neighbours, in the order of the source."""
    zones = {id(part.zone) for part in parts}
    found = [*_of_parts(parts, texts, skeleton, lines), *_of_runs(runs, zones)]
    return tuple(sorted(found, key=lambda item: (item.line, item.column)))


def _of_parts(parts: Iterable[Part], texts: Sequence[str], skeleton: Skeleton, lines: Lines) -> Iterator[LeftOut]:
    for part in parts:
        node = part.node
        place = lines.place(skeleton.stretches[node.first].start)
        yield LeftOut(part.zone.reason, texts[node.first], node.words, *place, selector_of(node))


def _of_runs(runs: Iterable[Run], zones: set[int]) -> Iterator[LeftOut]:
    for run in runs:
        reason = run.zone.reason if run.zone is not COPY else _STOCK if role_of(run) == "cta-stock" else ""
        if reason and id(run.zone) not in zones:
            text, first = run.text.text, run.text.anchors[0]
            yield LeftOut(reason, text, len(text.split()), first.line, first.column, selector_of(run.node))
