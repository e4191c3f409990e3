"""How many processors there are to use."""

from __future__ import annotations

import os

#: More processes would each hold the models (about 400 MB) and gain little.
_MOST = 8


def usable_processors() -> int:
    """Those that this process may use, at most as many as pay."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, _MOST)
