"""Reads the agreed positioning statement: YAML by its schema, or a paragraph of free text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from msgcheck.errors import ConfigError
from msgcheck.extract.statement import Slots, parse_statement
from msgcheck.model import Audience, Fact, Message, Positioning, RawDocument, Vocabulary

#: A statement is a page of text; what is larger, or refers to itself this often, is not one.
_MAX_BYTES = 1_000_000
_MAX_ALIASES = 20
_MAX_DEPTH = 20
#: One of two codes that only together stand for a character.
_HALF = re.compile("[\ud800-\udfff]")
_HEAD = "# What the company agreed to say. Every key: the README, 'Positioning'.\n"
_ID = Annotated[str, Field(min_length=1)]
_TEXT = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


class _Audience(_Part):
    id: _ID
    name: _TEXT
    needs: str = ""


class _Message(_Part):
    id: _ID
    text: _TEXT
    kind: Literal["value", "differentiator", "problem", "proof"] = "value"
    required_on: list[_TEXT] = []


class _Fact(_Part):
    id: _ID
    text: _TEXT


class _Vocabulary(_Part):
    prefer: dict[_TEXT, list[_TEXT]] = {}
    avoid: list[_TEXT] = []
    known: list[_TEXT] = []


class PositioningFields(_Part):
    """The keys of a positioning.yaml, as they stand in it."""

    version: Literal[1] = 1
    product: str = ""
    aliases: list[_TEXT] = []
    category: str = ""
    category_aliases: list[_TEXT] = []
    not_: list[_TEXT] = Field(default=[], alias="not")
    audiences: list[_Audience] = []
    alternatives: list[_TEXT] = []
    messages: list[_Message] = []
    facts: list[_Fact] = []
    vocabulary: _Vocabulary = _Vocabulary()
    statement: str = ""


class _Loader(yaml.SafeLoader):
    """The safe loader, which also refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"key “{key.value}” is given twice", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_positioning(raw: RawDocument) -> Positioning:
    """Read a positioning file; raises ConfigError with one line that names file and place, and a hint."""
    text = _decode(raw)
    if is_statement(raw.name):
        return _from_text(raw.source, text)
    return _from_yaml(raw.source, text)


def read_fields(raw: RawDocument) -> PositioningFields:
    """What a positioning file says itself, for editing it: nothing is filled in from the statement.

    Raises ConfigError as `read_positioning` does.
    """
    read_positioning(raw)
    text = _decode(raw)
    if is_statement(raw.name):
        return PositioningFields(statement=text.strip())
    return PositioningFields.model_validate(_load(raw.source, text))


def as_yaml(said: Mapping[str, Any]) -> str:
    """The file that says this, by the keys of the schema."""
    return _HEAD + yaml.safe_dump({"version": 1, **said}, sort_keys=False, allow_unicode=True, width=100)


def is_statement(name: str) -> bool:
    """Whether a file holds a statement alone, by its name."""
    return bool(re.search(r"\.(md|markdown|txt)$", name, re.IGNORECASE))


def _decode(raw: RawDocument) -> str:
    if len(raw.content) > _MAX_BYTES:
        raise ConfigError(
            f"{raw.source}: too large for a positioning statement", "Point --positioning at the YAML file."
        )
    if b"\x00" in raw.content:
        raise ConfigError(f"{raw.source}: is a binary file", "A positioning statement is YAML, Markdown or plain text.")
    try:
        text = raw.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.content[: error.start].count(b"\n") + 1
        raise ConfigError(
            f"{raw.source}:{line}: is not valid UTF-8", "Save the file with the encoding UTF-8."
        ) from error
    if not text.strip():
        raise ConfigError(f"{raw.source}: is empty", "Run `msgcheck init` for a file to start from.")
    return text


def _from_text(source: str, text: str) -> Positioning:
    slots = parse_statement(text)
    if not slots.product:
        raise ConfigError(
            f"{source}: names no product",
            "Write it as 'For X who Y, P is a C that V. Unlike A, it D.', or use positioning.yaml.",
        )
    return _fill(Positioning(source=source, product=slots.product, statement=text.strip()), slots)


def _from_yaml(source: str, text: str) -> Positioning:
    data = _load(source, text)
    if not isinstance(data, dict):
        raise ConfigError(
            f"{source}: holds no keys such as 'product:'",
            "A statement in a single paragraph belongs in a .md or .txt file, or under 'statement:'.",
        )
    try:
        file = PositioningFields.model_validate(data)
    except ValidationError as error:
        raise _explain(source, error) from error
    for name, items in (("audiences", file.audiences), ("messages", file.messages), ("facts", file.facts)):
        _refuse_duplicates(source, name, [item.id for item in items])
    slots = parse_statement(file.statement, file.product)
    product = file.product.strip() or slots.product
    if not product:
        raise ConfigError(
            f"{source}: the key 'product' is missing", "Add 'product:' with the name as it must be written."
        )
    if not (file.category or file.messages or file.statement):
        raise ConfigError(
            f"{source}: says only the product's name", "Add one of 'category', 'messages' or 'statement'."
        )
    return _fill(_positioning(source, product, file), slots)


def _load(source: str, text: str) -> object:
    try:
        _guard(source, text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader that refuses more
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        what = re.sub(r"\s+", " ", error.problem or error.context or "is not valid YAML")
        raise ConfigError(f"{source}{line}: {what}", "Check indentation, quotes and colons on this line.") from error
    except (yaml.YAMLError, ValueError) as error:
        what = re.sub(r"\s+", " ", str(error))[:160]
        raise ConfigError(f"{source}: {what}", "Check the file for characters that YAML does not allow.") from error


def _guard(source: str, text: str) -> None:
    """Refuse what grows without bound when it is read (aliases of aliases, endless nesting), and what is no text."""
    aliases = depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if what := _refused(event, aliases, depth):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ConfigError(f"{source}:{line}: {what}", "Write the values out.")


def _refused(event: yaml.Event, aliases: int, depth: int) -> str:
    if aliases > _MAX_ALIASES:
        return "too many references (*name)"
    if depth > _MAX_DEPTH:
        return "too deeply nested"
    if getattr(event, "tag", None):
        return "a type is named (!name)"
    return "half a character" if isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value) else ""


def _positioning(source: str, product: str, file: PositioningFields) -> Positioning:
    return Positioning(
        source=source,
        product=product,
        aliases=tuple(file.aliases),
        category=file.category.strip(),
        category_aliases=tuple(file.category_aliases),
        not_categories=tuple(file.not_),
        audiences=tuple(Audience(a.id, a.name, a.needs) for a in file.audiences),
        alternatives=tuple(file.alternatives),
        messages=tuple(Message(m.id, m.text, m.kind, tuple(m.required_on)) for m in file.messages),
        facts=tuple(Fact(f.id, f.text) for f in file.facts),
        vocabulary=Vocabulary(
            prefer=tuple((term, tuple(variants)) for term, variants in file.vocabulary.prefer.items()),
            avoid=tuple(file.vocabulary.avoid),
            known=tuple(file.vocabulary.known),
        ),
        statement=file.statement.strip(),
    )


def _fill(given: Positioning, slots: Slots) -> Positioning:
    """Take from the statement what the other keys leave open, and say what neither gives."""
    audiences = given.audiences or ((Audience("audience", slots.audience, slots.need),) if slots.audience else ())
    messages = given.messages or _messages(slots)
    category = given.category or slots.category
    alternatives = given.alternatives or slots.alternatives
    found = {"category": category, "audiences": audiences, "messages": messages, "alternatives": alternatives}
    return Positioning(
        source=given.source,
        product=given.product,
        aliases=given.aliases,
        category=category,
        category_aliases=given.category_aliases,
        not_categories=given.not_categories,
        audiences=audiences,
        alternatives=alternatives,
        messages=messages,
        facts=given.facts,
        vocabulary=given.vocabulary,
        statement=given.statement,
        missing=tuple(name for name, value in found.items() if not value),
    )


def _messages(slots: Slots) -> tuple[Message, ...]:
    wanted = (("value", "value", slots.value), ("difference", "differentiator", slots.difference))
    return tuple(Message(key, text[:1].upper() + text[1:] + ".", kind) for key, kind, text in wanted if text)


def _refuse_duplicates(source: str, name: str, ids: Sequence[str]) -> None:
    for index, key in enumerate(ids):
        if key in ids[:index]:
            raise ConfigError(
                f"{source}: {name}[{index}].id: “{key}” is used twice", "Give every item an id of its own."
            )


def _explain(source: str, error: ValidationError) -> ConfigError:
    """The first problem of a file as one line and a hint; the rest shows once it is mended."""
    problem = error.errors()[0]
    where = _path(problem["loc"])
    match problem["type"]:
        case "extra_forbidden":
            known = _keys(problem["loc"][:-1])
            near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0.5)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known keys here: {', '.join(sorted(known))}."
            return ConfigError(f"{source}: {where}: unknown key", hint)
        case "missing":
            return ConfigError(f"{source}: {where}: is missing", "Add it; every item needs one.")
        case "literal_error":
            allowed = problem.get("ctx", {}).get("expected", "")
            return ConfigError(
                f"{source}: {where}: must be {allowed}, not {_shown(problem['input'])}", "Pick one of these."
            )
        case "string_too_short":
            return ConfigError(f"{source}: {where}: is empty", "Write the words, or remove the line.")
    wanted, hint = _WANTED.get(problem["type"], ("another value", "See the example that `msgcheck init` writes."))
    return ConfigError(f"{source}: {where}: must be {wanted}, not {_shown(problem['input'])}", hint)


_WANTED = {
    "string_type": ("text", "Put it in quotes."),
    "list_type": ("a list", "Write it as [first, second], or one '- item' a line."),
    "dict_type": ("keys with values", "Write it as 'preferred term: [variant, variant]'."),
    "model_type": ("keys with values", "Write each item with its keys, such as {id: price, text: Plans start at $49.}"),
}


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "keys with values"
        case list():
            return "a list"
        case str():
            return f"“{value[:40]}”"
    return f"{str(value)[:40]} (read as {type(value).__name__})"


def _path(places: Iterable[str | int]) -> str:
    out = ""
    for place in places:
        out += f"[{place}]" if isinstance(place, int) else f".{place}" if out else str(place)
    return out


def _keys(places: Sequence[str | int]) -> list[str]:
    inner: dict[str, type[_Part]] = {
        "audiences": _Audience,
        "messages": _Message,
        "facts": _Fact,
        "vocabulary": _Vocabulary,
    }
    model = inner.get(str(places[0]), PositioningFields) if places else PositioningFields
    return [field.alias or name for name, field in model.model_fields.items()]
