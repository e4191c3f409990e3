"""The drift as JSON, schema 1.0: the values of `msgcheck.model.drift`, with the headline."""

from __future__ import annotations

from dataclasses import asdict

from msgcheck.model.drift import Change, Drift
from msgcheck.report.drift.wording import headline
from msgcheck.report.json_text import json_text

SCHEMA_VERSION = "1.0"
_MEASURES = ("confusion", "jargon", "vague", "alignment", "distance")


def render(drift: Drift) -> str:
    content = asdict(drift)
    for page, values in zip(drift.pages, content["pages"], strict=True):
        values |= {name: _change(getattr(page, name)) for name in _MEASURES}
    for alert, values in zip(drift.alerts, content["alerts"], strict=True):
        values["by"] = alert.by
    content |= {name: _change(getattr(drift, name)) for name in ("clarifying", "distance", "spread", "rep_distance")}
    del content["agreed"]
    return json_text({"schema_version": SCHEMA_VERSION, "headline": headline(drift), **content})


def _change(change: Change) -> dict[str, float | None]:
    return {"before": change.before, "after": change.after, "by": round(change.by, 3)}
