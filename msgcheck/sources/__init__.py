"""Bytes in: files, folders, globs, standard input and the web, as RawDocuments."""

from __future__ import annotations

from msgcheck.sources.collect import Collected, StdinInput, collect, collect_calls

__all__ = ["Collected", "StdinInput", "collect", "collect_calls"]
