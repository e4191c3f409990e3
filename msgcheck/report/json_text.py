"""Values as JSON text that is valid, and harmless when it is printed."""

from __future__ import annotations

import json
import re

#: Valid in JSON but dangerous when printed (control codes, direction overrides) or impossible to encode (halves
#: of surrogate pairs); written as escapes, which lose nothing.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(content: object, *, indent: int | None = 2) -> str:
    """JSON and a line end; without `indent` on one line, which is many times faster."""
    text = json.dumps(content, ensure_ascii=False, indent=indent, allow_nan=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
