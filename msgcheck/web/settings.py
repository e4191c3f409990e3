"""How the app is served: where, for whom, and how much it takes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from msgcheck.projects import Home
from msgcheck.scale.processors import usable_processors
from msgcheck.web.security.users import Users

#: More workers than this would only wait for memory: each holds the models.
_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken on at once, and from one client. Sizes in bytes, times in seconds."""

    workers: int = min(_MOST_WORKERS, usable_processors())
    queue: int = 64
    job_seconds: float = 300.0
    results: int = 200
    result_seconds: float = 3600.0
    body_bytes: int = 12_000_000
    body_seconds: float = 30.0
    header_seconds: float = 10.0
    requests_per_minute: int = 600
    checks_per_minute: int = 60
    streams: int = 100
    grace_seconds: float = 5.0

    @property
    def result_minutes(self) -> int:
        """How long results are held, as it is told."""
        return round(self.result_seconds / 60)


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """`names` are the host names under which browsers may ask, beside localhost and plain addresses.

    Without a token and users everybody who reaches the server may do everything.
    """

    home: Home = field(default_factory=lambda: Home(Path()))
    token: str = ""
    users: Users | None = None
    names: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def guarded(self) -> bool:
        """Whether one has to say who one is."""
        return bool(self.token) or self.users is not None

    @property
    def kept(self) -> Path:
        """Where the app keeps what shall last: beside the configuration."""
        return self.folder / ".msgcheck"

    @property
    def folder(self) -> Path:
        """The project's folder."""
        config = self.home.config()
        return config.parent if config else self.home.folder
