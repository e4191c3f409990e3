"""What a company agreed to say about its product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    id: str
    name: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that the company agreed to say. `required_on` holds path globs (`/`, `/product/**`)."""

    id: str
    text: str
    kind: str = "value"
    required_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`prefer` maps the preferred term to the variants that it replaces."""

    prefer: tuple[tuple[str, tuple[str, ...]], ...] = ()
    avoid: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Positioning:
    """The agreed statement. Empty values mean 'not agreed', never a guess; `missing` says what was not found."""

    source: str
    product: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    category_aliases: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    alternatives: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    facts: tuple[Fact, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    statement: str = ""
    missing: tuple[str, ...] = ()
