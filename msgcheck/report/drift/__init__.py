"""The drift between two runs as text, Markdown, JSON and HTML: nothing is computed here."""

from collections.abc import Callable, Mapping

from msgcheck.model.drift import Drift
from msgcheck.report.drift import html, json_v1, markdown, text

#: Renderers by the name of their format, and formats by the suffix of a file.
FORMATS: Mapping[str, Callable[[Drift], str]] = {
    "text": text.render,
    "json": json_v1.render,
    "markdown": markdown.render,
    "html": html.render,
}
SUFFIXES: Mapping[str, str] = {".json": "json", ".md": "markdown", ".txt": "text", ".html": "html"}
