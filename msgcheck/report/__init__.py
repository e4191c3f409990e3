"""Renderers: a finished report becomes bytes; nothing is computed or sorted here."""
