"""Runs kept in a database, and what changed between them."""

from msgcheck.history.alerts import crossed
from msgcheck.history.database import History, database_url
from msgcheck.history.drift import compare
from msgcheck.history.effects import with_effects
from msgcheck.history.keeping import keep
from msgcheck.history.origin import origin_of

__all__ = ["History", "compare", "crossed", "database_url", "keep", "origin_of", "with_effects"]
