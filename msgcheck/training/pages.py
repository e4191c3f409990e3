"""The labelled pages as a first-time reader sees them: openings, and what blind readers said of each."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from msgcheck.extract.pages import extract_page
from msgcheck.measure.clarity import opening_text
from msgcheck.model import RawDocument

_SLOTS = ("confusion", "clear_what", "clear_who", "clear_why")


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Pages with their openings and the readers' means, scaled from 1-5 to 0-1: (n, 4), confusion, what, who, why.

    `trusted` are those that four readers read; the others had two.
    """

    pages: list[str]
    texts: list[str]
    readers: NDArray[np.float32]
    trusted: NDArray[np.bool_]


def labelled_openings(gold: Path) -> Openings:
    """Every page with readers, its opening as the tool itself extracts it."""
    pages: list[str] = []
    texts: list[str] = []
    readers: list[list[float]] = []
    trusted: list[bool] = []
    for listing, folder in (("pages.json", "pages"), ("extra_pages.json", "extra_pages")):
        for page in json.loads((gold / listing).read_text(encoding="utf-8")):
            if not page.get("readers"):
                continue
            name = f"{page['id']}.html"
            content = gzip.decompress((gold / folder / f"{name}.gz").read_bytes())
            pages.append(page["id"])
            texts.append(opening_text(extract_page(RawDocument(name, name, name, content))))
            readers.append([(page["readers"][slot] - 1) / 4 for slot in _SLOTS])
            trusted.append(listing == "pages.json")
    return Openings(pages, texts, np.array(readers, dtype=np.float32), np.array(trusted))
