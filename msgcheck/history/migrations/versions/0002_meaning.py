"""What pages, site and talk mean: distances from the positioning, category nouns, openings, and causes of beliefs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("distance", "spread", "rep_distance"):
        op.add_column("runs", sa.Column(name, sa.Float))
    op.add_column("calls", sa.Column("rep_distance", sa.Float))
    for name in ("page", "sentence"):
        op.add_column("beliefs", sa.Column(name, sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("opening", sa.String(64)))
        pages.add_column(sa.Column("category_score", sa.Float))
        pages.add_column(sa.Column("distance", sa.Float))
        pages.add_column(sa.Column("noun", sa.Text, nullable=False, server_default=""))
        pages.add_column(sa.Column("match", sa.String(20), nullable=False, server_default=""))
        pages.create_foreign_key("fk_pages_opening", "copies", ["opening"], ["digest"])
    op.create_index("ix_pages_opening", "pages", ["opening"])
