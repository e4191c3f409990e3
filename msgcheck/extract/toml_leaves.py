"""The strings of TOML with their places; tomllib says whether it is TOML, and gives none."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from msgcheck.errors import InputError
from msgcheck.extract.leaves import Leaf
from msgcheck.extract.strings import Piece, unescaped

_TABLE = re.compile(r"^[ \t]*(\[\[?)[ \t]*([\w.\"' -]+?)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_FIELD = re.compile(r"(?:^|[{,])[ \t]*([\w.\"'-]+)[ \t]*=", re.MULTILINE)
_STRING = re.compile(
    r"\"\"\"(?P<long>.*?)\"\"\"|'''(?P<longraw>.*?)'''|\"(?P<short>(?:[^\"\\\n]|\\.)*)\"|'(?P<raw>[^'\n]*)'", re.DOTALL
)
_TOKEN = re.compile(
    f"(?P<table>{_TABLE.pattern})|(?P<field>{_FIELD.pattern})|{_STRING.pattern}|#[^\n]*", re.DOTALL | re.MULTILINE
)


def toml_leaves(source: str, start: int, end: int, name: str) -> Iterator[Leaf]:
    """Strings of the TOML between two offsets, in order. Raises InputError where it is no TOML."""
    try:
        tomllib.loads(source[start:end].replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: is not valid TOML: {error}.", "Mend the file.") from error
    table: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    tables: Counter[str] = Counter()
    for token in _TOKEN.finditer(source, start, end):
        if token["table"]:
            heading = _TABLE.match(token["table"])
            table = _parts(heading[2]) if heading else ()
            if heading and heading[1] == "[[":
                table = (*table, str(tables[heading[2]]))
                tables[heading[2]] += 1
        elif token["field"]:
            field = _FIELD.match(token["field"])
            key = _parts(field[1]) if field else ()
        elif token.lastgroup is not None:
            yield Leaf((*table, *key), tuple(_pieces(token, source)))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in name.split("."))


def _pieces(token: re.Match[str], source: str) -> Iterator[Piece]:
    group = str(token.lastgroup)
    if group in ("long", "short"):
        return unescaped(source, token.start(group), token.end(group))
    return iter([(token[group], token.start(group))])
