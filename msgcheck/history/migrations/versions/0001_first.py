"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _of_run() -> sa.Column[int]:
    return sa.Column("run", sa.Integer, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


def _place() -> sa.Column[int]:
    return sa.Column("place", sa.Integer, primary_key=True, autoincrement=False)


def upgrade() -> None:
    _runs()
    _pages()
    _findings()
    _calls()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started", sa.String(40), nullable=False, index=True),
        sa.Column("commit", sa.String(64), nullable=False),
        sa.Column("config", sa.String(64), nullable=False),
        sa.Column("positioning", sa.String(64), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("encoder", sa.Text, nullable=False),
        sa.Column("nlp", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("confusion", sa.Float, nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("notes", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
    )


def _pages() -> None:
    op.create_table(
        "copies",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "pages",
        _of_run(),
        _place(),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("copy", sa.String(64), sa.ForeignKey("copies.digest"), nullable=False, index=True),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("confusion", sa.Float, nullable=False),
        sa.Column("what", sa.Float, nullable=False),
        sa.Column("who", sa.Float, nullable=False),
        sa.Column("why", sa.Float, nullable=False),
        sa.Column("jargon", sa.Float, nullable=False),
        sa.Column("vague", sa.Float, nullable=False),
        sa.Column("alignment", sa.Float),
        sa.Column("grade", sa.Float, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("nouns", sa.JSON, nullable=False),
    )
    op.create_table(
        "coverage",
        _of_run(),
        _place(),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
    )
    op.create_table(
        "sightings",
        _of_run(),
        _place(),
        sa.Column("fingerprint", sa.String(64), sa.ForeignKey("findings.fingerprint"), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("silenced", sa.Boolean, nullable=False),
    )
    op.create_index("ix_sightings_fingerprint", "sightings", ["fingerprint"])


def _calls() -> None:
    op.create_table(
        "calls",
        _of_run(),
        _place(),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("date", sa.String(40), nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("duration_s", sa.Float),
        sa.Column("clarifying_s", sa.Float),
    )
    op.create_table(
        "moments",
        _of_run(),
        _place(),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
    )
    op.create_table(
        "beliefs",
        _of_run(),
        _place(),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("moments", sa.Integer, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("quotes", sa.JSON, nullable=False),
    )
