"""Days, as people write them on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgcheck.errors import UsageError


def day_of(text: str) -> datetime:
    """The first moment of a day, in UTC. Raises UsageError for what is no date."""
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day.", "Write it like 2026-03-31.") from error
