"""Bytes in: files, folders, globs, standard input, the web and snapshots of it, as RawDocuments."""

from __future__ import annotations

from msgcheck.sources.collect import Collected, StdinInput, collect, collect_calls, positioning_file
from msgcheck.sources.options import Tally, WebOptions

__all__ = ["Collected", "StdinInput", "Tally", "WebOptions", "collect", "collect_calls", "positioning_file"]
