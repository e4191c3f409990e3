"""Alembic's entry: runs migrations on the connection that msgcheck.history.migrate hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
