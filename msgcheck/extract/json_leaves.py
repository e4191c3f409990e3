"""The strings of JSON with their places: the standard library's decoder, taught to remember where it read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]  # unknown to typeshed
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from msgcheck.errors import InputError
from msgcheck.extract.leaves import Leaf
from msgcheck.extract.strings import unescaped


class _Placed(str):
    """A string value, and where the characters between its quotes begin and end."""

    __slots__ = ("end", "start")
    start: int
    end: int


def _scan_string(text: str, start: int, strict: bool = True) -> tuple[str, int]:
    value, after = scanstring(text, start, strict)
    placed = _Placed(value)
    placed.start, placed.end = start, after - 1
    return placed, after


class _Decoder(JSONDecoder):
    """JSONDecoder documents neither `parse_string` nor `scan_once`, but all Pythons from 3.1 on have both."""

    def __init__(self) -> None:
        super().__init__(strict=False)
        self.parse_string = _scan_string
        self.scan_once = py_make_scanner(self)


def read_json(source: str, name: str) -> Any:
    """JSON whose string values are placed. Raises InputError naming the place where it is no JSON."""
    mark = len(source) - len(source.lstrip("\ufeff"))
    try:
        # The decoder counts from where it begins: white space for the byte order mark keeps every place.
        return _Decoder().decode(" " * mark + source[mark:])
    except json.JSONDecodeError as error:
        message = f"{name}: is not valid JSON (line {error.lineno}, column {error.colno})."
        raise InputError(message, "Mend the file; JSON allows no comments and no trailing commas.") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{name}: is not JSON that can be read ({type(error).__name__}).", "Mend the file.") from error


def json_leaves(data: Any, source: str) -> Iterator[Leaf]:
    """The string values below `data`, in order."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed([((*path, str(key)), item) for key, item in value.items()])
        elif isinstance(value, list):
            waiting += reversed([((*path, str(number)), item) for number, item in enumerate(value)])
        elif isinstance(value, _Placed):
            yield Leaf(path, tuple(unescaped(source, value.start, value.end)))
