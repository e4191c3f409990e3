"""Who reads new pages, as a user chooses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from msgcheck.scale.processors import usable_processors

if TYPE_CHECKING:
    from msgcheck.reading import Maker
    from msgcheck.scale.order import Order


@dataclass(frozen=True, slots=True)
class Readers:
    """So many processes of this machine (0: one a processor), or with `ray` so many workers of Ray (0: all it has).

    `address` is that of a Ray that runs; without one it is started here.
    """

    jobs: int = 1
    ray: bool = False
    address: str = ""

    def instead(self, order: Order) -> Callable[[Maker], Maker] | None:
        """What makes of the maker here the one that reads; None where all is read here."""
        if self.ray:
            from msgcheck.scale.cluster import Cluster

            return lambda here: Cluster(order, self.address, self.jobs)
        jobs = self.jobs or usable_processors()
        if jobs == 1:
            return None
        from msgcheck.scale.processes import Processes

        return partial(Processes, jobs, order)
