"""What an operator watches, in the text format of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """Counters of one server."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self.requests = Counter("msgcheck_requests", "Answers by status.", ["status"], registry=registry)
        self.checks = Counter("msgcheck_checks", "Checks by how they ended.", ["outcome"], registry=registry)
        self.check_seconds = Histogram(
            "msgcheck_check_seconds", "How long checks ran.", buckets=_SECONDS, registry=registry
        )
        self.waiting = Gauge("msgcheck_queue", "Checks that wait.", registry=registry)
        self.running = Gauge("msgcheck_running", "Checks that run.", registry=registry)

    def text(self) -> bytes:
        return generate_latest(self._registry)
