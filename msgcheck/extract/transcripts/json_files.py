"""What the JSON exports of call recorders share: reading them, whatever fields they leave out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from msgcheck.errors import InputError
from msgcheck.extract.transcripts.common import KNOWN
from msgcheck.model import RawDocument, SpeakerRole

#: How recorders call the two sides.
ROLES: dict[str, SpeakerRole] = {"internal": "rep", "external": "prospect", "rep": "rep", "cust": "prospect"}


def load(raw: RawDocument, text: str) -> Any:
    """The data of a JSON file. Raises InputError naming the place where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{raw.key}: is not valid JSON (line {error.lineno}, column {error.colno}).", "Export the call again."
        ) from error
    except RecursionError as error:
        raise InputError(f"{raw.key}: is nested too deeply.", f"Formats read: {KNOWN}.") from error
    except ValueError as error:
        raise InputError(f"{raw.key}: holds a number too long to read.", "Export the call again.") from error


def path(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    return "" if value is None else str(value)


def number(value: Any, scale: float = 1.0) -> float | None:
    """A time in seconds; None for what is no time (absent, infinite, beyond what a float holds)."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value) / scale
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
