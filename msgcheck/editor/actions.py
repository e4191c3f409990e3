"""What an editor offers to do about a finding: put in the plain words, or silence the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol import types

from msgcheck.editor.comments import Insertion, Silencer
from msgcheck.editor.places import Places
from msgcheck.model import Finding, Location


@dataclass(frozen=True, slots=True)
class Action:
    """A title, the edits that it makes, and whether it is what most would choose."""

    title: str
    edits: tuple[types.TextEdit, ...]
    preferred: bool = False


def actions(finding: Finding, places: Places, silencer: Silencer) -> Iterator[Action]:
    """The plain words first, here and in all places of the finding; then silence on the line, and on the page."""
    found = [location for location in finding.locations if _can_be_put_in(location, finding, places)]
    edits = tuple(types.TextEdit(places.range_of(location), location.replacement) for location in found)
    if found:
        yield Action(f"Write “{found[0].replacement}” for “{found[0].quote}”", edits[:1], preferred=True)
    if len(found) > 1:
        words = {location.replacement for location in found}
        named = f"“{found[0].replacement}”" if len(words) == 1 else "the plain words"
        yield Action(f"Write {named} in {len(found)} places", edits)
    if (line := silencer.on_line(finding)) is not None:
        yield Action(f"Silence {finding.rule} on this line", (_edit(line, places),))
    if (page := silencer.on_page(finding)) is not None:
        yield Action(f"Silence {finding.rule} in this page", (_edit(page, places),))


def _can_be_put_in(location: Location, finding: Finding, places: Places) -> bool:
    """Whether the words stand in the page's source just as they read: no tag or entity among them would be lost."""
    here = location.document == finding.primary.document
    return here and bool(location.replacement) and places.between(location) == location.quote


def _edit(insertion: Insertion, places: Places) -> types.TextEdit:
    place = places.position(insertion.line, insertion.column)
    return types.TextEdit(types.Range(place, place), insertion.text)
