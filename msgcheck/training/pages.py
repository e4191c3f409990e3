"""The labelled pages as the reading heads see them: openings, and what blind readers said of each."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from msgcheck.extract.pages import extract_page
from msgcheck.measure.clarity import opening_text
from msgcheck.model import RawDocument

_SLOTS = ("confusion", "clear_what", "clear_who", "clear_why")


def labelled_openings(gold: Path) -> tuple[list[str], NDArray[np.float32], NDArray[np.bool_]]:
    """Openings, readers' means scaled from 1-5 to 0-1 (shape (n, 4): confusion, what, who, why), and which pages
    four readers read (the others had two)."""
    openings: list[str] = []
    readers: list[list[float]] = []
    trusted: list[bool] = []
    for listing, folder in (("pages.json", "pages"), ("extra_pages.json", "extra_pages")):
        for page in json.loads((gold / listing).read_text(encoding="utf-8")):
            if not page.get("readers"):
                continue
            name = f"{page['id']}.html"
            content = gzip.decompress((gold / folder / f"{name}.gz").read_bytes())
            openings.append(opening_text(extract_page(RawDocument(name, name, name, content))))
            readers.append([(page["readers"][slot] - 1) / 4 for slot in _SLOTS])
            trusted.append(listing == "pages.json")
    return openings, np.array(readers, dtype=np.float32), np.array(trusted)
