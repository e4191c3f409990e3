"""The drift between two runs as text, Markdown and JSON: nothing is computed or sorted here."""

from collections.abc import Callable, Mapping

from msgcheck.model.drift import Drift
from msgcheck.report.drift import json_v1, markdown, text

#: Renderers by the name of their format, and formats by the suffix of a file.
FORMATS: Mapping[str, Callable[[Drift], str]] = {
    "text": text.render,
    "json": json_v1.render,
    "markdown": markdown.render,
}
SUFFIXES: Mapping[str, str] = {".json": "json", ".md": "markdown", ".txt": "text"}
