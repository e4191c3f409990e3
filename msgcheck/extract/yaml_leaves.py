"""The strings of YAML with their places, from the marks of PyYAML's nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from msgcheck.errors import InputError
from msgcheck.extract.leaves import Leaf
from msgcheck.extract.strings import Piece, doubled, unescaped

_STRING = "tag:yaml.org,2002:str"
#: A tag or anchor before a value belongs to its node.
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_leaves(source: str, start: int, end: int, name: str) -> Iterator[Leaf]:
    """Strings of the YAML between two offsets, in order; what an alias repeats comes once.

    Raises InputError naming the place where it is no YAML.
    """
    text = source[start:end]
    mark = 1 if text.startswith("\ufeff") else 0
    try:
        for root in yaml.compose_all(text[mark:], Loader=_LOADER):
            if root is not None:
                yield from _walk(root, source, start + mark)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = source.count("\n", 0, start) + (place.line + 1 if place else 1)
        raise InputError(f"{name}: is not valid YAML (line {line}: {error.problem}).", "Mend the file.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"{name}: is not valid YAML.", "Mend the file.") from error


def top_keys(source: str) -> frozenset[str]:
    """The keys of the first document of what is YAML; none where it is no mapping."""
    root = next(yaml.compose_all(source.removeprefix("\ufeff"), Loader=_LOADER), None)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return frozenset(key.value for key, _ in pairs if isinstance(key, yaml.ScalarNode))


def _walk(root: yaml.Node, source: str, base: int) -> Iterator[Leaf]:
    seen: set[int] = set()
    waiting: list[tuple[tuple[str, ...], yaml.Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            pairs = [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
            waiting += reversed([((*path, str(key)), value) for key, value in pairs])
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed([((*path, str(number)), value) for number, value in enumerate(node.value)])
        elif isinstance(node, yaml.ScalarNode) and (node.tag == _STRING or node.tag.startswith("!")):
            yield _leaf(path, node, source, base)


def _leaf(path: tuple[str, ...], node: yaml.ScalarNode, source: str, base: int) -> Leaf:
    start, end = base + node.start_mark.index, base + node.end_mark.index
    if (properties := _PROPERTIES.match(source, start, end)) is not None:
        start = properties.end()
    if node.style in ("|", ">"):
        start = source.find("\n", start, end) + 1 or end
        return Leaf(path, ((source[start:end], start),), (start, end))
    pieces: Iterator[Piece]
    match node.style:
        case '"':
            pieces = unescaped(source, start + 1, end - 1)
        case "'":
            pieces = doubled(source, start + 1, end - 1, "'")
        case _:
            pieces = iter([(source[start:end], start)])
    return Leaf(path, tuple(pieces))
