"""`python -m tests.fuzz.inputs`: every monster, and every input that once broke a target, read in little memory.

Ends with 1, after a line for each, where one is neither read nor refused in one line.
"""

from __future__ import annotations

import faulthandler
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.monsters import Monster, monsters
from tests.fuzz.targets import attempted

KEPT = Path(__file__).parent / "kept"
#: Bytes of address space: what Python and the libraries take by themselves is a third of it.
_MEMORY = 1_500_000_000
#: Seconds for one input on a machine that is busy with other things.
_HANG = 120.0


def inputs() -> Iterator[Monster]:
    """All of them, as (target, what it is, content); files are kept as `kept/TARGET/WHAT`."""
    yield from monsters()
    for path in sorted(KEPT.glob("*/*")):
        yield path.parent.name, path.name, path.read_bytes()


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    count, broken = 0, []
    for target, what, content in inputs():
        faulthandler.dump_traceback_later(_HANG, exit=True)
        try:
            answer = attempted(target, content)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            broken.append(f"{target}, {what}: {type(error).__name__} {error}")
        else:
            if "\n" in answer:
                broken.append(f"{target}, {what}: more than one line: {answer}")
        count += 1
    faulthandler.cancel_dump_traceback_later()
    print("\n".join([*broken, f"{count} inputs, {len(broken)} broke something"]))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
