"""YAML and JSON content files as blocks: a string with words for a reader is a block, its key path the selector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgcheck.errors import InputError
from msgcheck.extract.folding import Lines
from msgcheck.extract.hero import mark_hero
from msgcheck.extract.json_leaves import json_leaves, read_json
from msgcheck.extract.language_id import identify_language
from msgcheck.extract.leaves import Leaf, choose, leaf_blocks
from msgcheck.extract.suppressions import find_suppressions
from msgcheck.extract.yaml_leaves import top_keys, yaml_leaves
from msgcheck.model import Block, Document, DocumentKind, RawDocument, Skipped

#: Files that tools read, told by keys that stand together at the top, and what they are.
_MACHINERY: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("dependencies",)), "a package manifest"),
    (frozenset(("devDependencies",)), "a package manifest"),
    (frozenset(("scripts", "name")), "a package manifest"),
    (frozenset(("lockfileVersion",)), "a lock file"),
    (frozenset(("compilerOptions",)), "a compiler's configuration"),
    (frozenset(("$schema",)), "a schema or a tool's configuration"),
    (frozenset(("openapi",)), "an API description"),
    (frozenset(("swagger",)), "an API description"),
    (frozenset(("jobs", "steps")), "a build's configuration"),
    (frozenset(("jobs", "on")), "a build's configuration"),
    (frozenset(("services", "volumes")), "a build's configuration"),
    (frozenset(("apiVersion", "kind")), "a cluster's configuration"),
    (frozenset(("repos",)), "a tool's configuration"),
    (frozenset(("plugins",)), "a site generator's configuration"),
    (frozenset(("schema_version", "findings")), "a report of msgcheck"),
    (frozenset(("product", "category")), "a positioning statement"),
    (frozenset(("product", "messages")), "a positioning statement"),
    (frozenset(("product", "statement")), "a positioning statement"),
    (frozenset(("callTranscripts",)), "a call (name it with --calls)"),
    (frozenset(("sentences",)), "a call (name it with --calls)"),
    (frozenset(("data", "included")), "a call (name it with --calls)"),
)


def extract_json(raw: RawDocument, source: str, keys: Sequence[str] = ()) -> Document:
    """Read JSON that has been decoded. Raises InputError where it is none, unless it only was found in a folder."""
    try:
        data = read_json(source, raw.source)
    except InputError as error:
        return _refused(raw, "json", error)
    top = frozenset(data) if isinstance(data, dict) else frozenset()
    return _document(raw, source, top, json_leaves(data, source), keys)


def extract_yaml(raw: RawDocument, source: str, keys: Sequence[str] = ()) -> Document:
    """Read YAML that has been decoded. Raises InputError where it is none, unless it only was found in a folder."""
    try:
        leaves = list(yaml_leaves(source, 0, len(source), raw.source))
    except InputError as error:
        return _refused(raw, "yaml", error)
    return _document(raw, source, top_keys(source), leaves, keys)


def _refused(raw: RawDocument, kind: DocumentKind, error: InputError) -> Document:
    """Folders hold many files of these types that no tool for copy can read: templates, settings with comments."""
    if not raw.found:
        raise error
    reason = error.message.removeprefix(f"{raw.source}: ").rstrip(".")
    return Document(raw.key, raw.source, kind, "", "", (), 0, (Skipped(raw.key, reason),))


def _document(
    raw: RawDocument, source: str, top: frozenset[str], leaves: Iterable[Leaf], keys: Sequence[str]
) -> Document:
    what = next((what for wanted, what in _MACHINERY if wanted <= top), "")
    blocks = [] if what else _with_hero(_blocks(source, choose(leaves, keys)))
    copy = " ".join(block.text for block in blocks)
    reason = f"is {what}" if what else "holds no copy"
    return Document(
        key=raw.key,
        source=raw.source,
        kind="json" if raw.name.lower().endswith(".json") else "yaml",
        title=next((block.text for block in blocks if block.role in ("title", "heading-1")), ""),
        language=identify_language(copy),
        blocks=tuple(blocks),
        visible_words=len(copy.split()),
        skipped=() if blocks else (Skipped(raw.key, reason),),
        suppressions=find_suppressions(source, "html", "hash"),
    )


def _with_hero(blocks: list[Block]) -> list[Block]:
    """What stands with the main heading under one key is what a reader takes in with it."""
    headed = [role for role in ("heading-1", "heading-2") if any(block.role == role for block in blocks)]
    main = next((block.section for block in blocks if block.role in headed[:1]), -1)
    marked = zip(mark_hero(blocks), blocks, strict=True)
    return [hero if block.section == main else block for hero, block in marked]


def _blocks(source: str, chosen: Iterable[tuple[str, Leaf]]) -> list[Block]:
    """The blocks; what lies below one key path without its last key stands together."""
    lines = Lines(source)
    blocks: list[Block] = []
    section, before = 0, None
    for role, leaf in chosen:
        section += leaf.path[:-1] != before
        before = leaf.path[:-1]
        blocks += [replace(block, section=section) for block in leaf_blocks(role, leaf, source, lines)]
    return blocks
