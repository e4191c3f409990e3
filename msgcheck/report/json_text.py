"""Values as JSON text that is valid, and harmless when it is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

#: Valid in JSON but dangerous when printed (control codes, direction overrides) or impossible to encode (halves
#: of surrogate pairs); written as escapes, which lose nothing.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(content: object, *, indent: int | None = 2) -> str:
    """JSON and a line end; without `indent` on one line, which is many times faster."""
    return _escaped(content, indent) + "\n"


def json_pieces(members: Iterable[tuple[str, object]]) -> Iterator[str]:
    """What `json_text` gives of an object with these members, item by item of those that are iterators, as lists."""
    before = "{"
    for name, value in members:
        yield f"{before}\n  {_escaped(name, None)}: "
        if isinstance(value, Iterator):
            yield from _list_pieces(value)
        else:
            yield _inside(value, "  ")
        before = ","
    yield "\n}\n"


def _list_pieces(items: Iterator[object]) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}\n    {_inside(item, '    ')}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _inside(value: object, margin: str) -> str:
    """Strings hold no raw line ends, so each one here is the layout's."""
    return _escaped(value, 2).replace("\n", f"\n{margin}")


def _escaped(content: object, indent: int | None) -> str:
    text = json.dumps(content, ensure_ascii=False, indent=indent, allow_nan=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
