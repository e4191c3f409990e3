"""What a process elsewhere must know to read pages as this one would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgcheck.cache import Cache
from msgcheck.config import Config
from msgcheck.language.core import load_language
from msgcheck.measure.annotate import annotate_positioning
from msgcheck.model import Positioning
from msgcheck.reading import PageMaker


@dataclass(frozen=True, slots=True)
class Order:
    """Can be sent to another process or machine. `cache` is a folder there; None keeps nothing beyond the process."""

    config: Config
    positioning: Positioning | None
    cache: Path | None

    def maker(self) -> PageMaker:
        """Who carries it out, with one thread: there are as many makers as there are processors."""
        language = load_language(self.config.language, cache=Cache(self.cache), threads=1)
        agreed = annotate_positioning(self.positioning, language) if self.positioning else None
        return PageMaker(self.config, agreed, language)
