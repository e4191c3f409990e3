"""The tables as they stand after the last migration (migrations/versions builds them step by step)."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _of_run() -> Column[int]:
    return Column("run", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


def _place() -> Column[int]:
    """The place in the report."""
    return Column("place", Integer, primary_key=True, autoincrement=False)


runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(40), nullable=False, index=True),
    Column("commit", String(64), nullable=False),
    Column("config", String(64), nullable=False),
    Column("positioning", String(64), nullable=False),
    Column("version", String(40), nullable=False),
    Column("encoder", Text, nullable=False),
    Column("nlp", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("confusion", Float, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("distance", Float),
    Column("spread", Float),
    Column("rep_distance", Float),
)

#: The copy of pages, and their openings, by the SHA-256 of the text: a page that did not change is kept once.
copies = Table("copies", metadata, Column("digest", String(64), primary_key=True), Column("text", Text, nullable=False))

pages = Table(
    "pages",
    metadata,
    _of_run(),
    _place(),
    Column("key", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("copy", String(64), ForeignKey("copies.digest"), nullable=False, index=True),
    Column("words", Integer, nullable=False),
    Column("confusion", Float, nullable=False),
    Column("what", Float, nullable=False),
    Column("who", Float, nullable=False),
    Column("why", Float, nullable=False),
    Column("jargon", Float, nullable=False),
    Column("vague", Float, nullable=False),
    Column("alignment", Float),
    Column("grade", Float, nullable=False),
    Column("category", Text, nullable=False),
    Column("nouns", JSON, nullable=False),
    Column("opening", String(64), ForeignKey("copies.digest", name="fk_pages_opening"), index=True),
    Column("category_score", Float),
    Column("distance", Float),
    Column("noun", Text, nullable=False, server_default=""),
    Column("match", String(20), nullable=False, server_default=""),
)

coverage = Table(
    "coverage",
    metadata,
    _of_run(),
    _place(),
    Column("page", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("quote", Text, nullable=False),
)

#: Every finding once, by fingerprint.
findings = Table(
    "findings",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("quote", Text, nullable=False),
)

#: Which findings a run saw, and what may differ from run to run.
sightings = Table(
    "sightings",
    metadata,
    _of_run(),
    _place(),
    Column("fingerprint", String(64), ForeignKey("findings.fingerprint"), nullable=False),
    Column("severity", String(20), nullable=False),
    Column("line", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("silenced", Boolean, nullable=False),
    Index("ix_sightings_fingerprint", "fingerprint"),
)

calls = Table(
    "calls",
    metadata,
    _of_run(),
    _place(),
    Column("key", Text, nullable=False),
    Column("date", String(40), nullable=False),
    Column("turns", Integer, nullable=False),
    Column("duration_s", Float),
    Column("clarifying_s", Float),
    Column("rep_distance", Float),
)

moments = Table(
    "moments",
    metadata,
    _of_run(),
    _place(),
    Column("call", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("quote", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("confidence", Float, nullable=False),
)

beliefs = Table(
    "beliefs",
    metadata,
    _of_run(),
    _place(),
    Column("label", Text, nullable=False),
    Column("moments", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("quotes", JSON, nullable=False),
    Column("page", Text, nullable=False, server_default=""),
    Column("sentence", Text, nullable=False, server_default=""),
)
