"""Who may use the app: a file with a line `name:role:hash` for each, `#` before remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from msgcheck.errors import ConfigError
from msgcheck.web.security.passwords import hash_password, is_hash, verify

#: A viewer checks and reads; an editor may also change what the project holds.
Role = Literal["viewer", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
_HINT = "Write `name:viewer:HASH` or `name:editor:HASH`; `msgcheck serve --hash-password` makes such a line."


@dataclass(frozen=True, slots=True)
class User:
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a file, with their hashes by name."""

    known: Mapping[str, tuple[User, str]]

    def authenticate(self, name: str, password: str) -> User | None:
        """The user with this name and password. Takes as long for a name that is not known."""
        user, hashed = self.known.get(name, (None, _nobody()))
        return user if verify(password, hashed) and user is not None else None


@cache
def _nobody() -> str:
    return hash_password("")


def read_users(path: Path) -> Users:
    """Read a users file. Raises ConfigError naming the line that is wrong; it never shows a hash."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise ConfigError(f"{path}: cannot be read ({reason}).", _HINT) from error
    known: dict[str, tuple[User, str]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        user, hashed = _user(f"{path}:{number}", line.strip())
        if user.name in known:
            raise ConfigError(f"{path}:{number}: the name is there twice.", "Keep one of the lines.")
        known[user.name] = (user, hashed)
    if not known:
        raise ConfigError(f"{path}: names nobody.", _HINT)
    return Users(known)


def _user(where: str, line: str) -> tuple[User, str]:
    name, _, rest = line.partition(":")
    role, _, hashed = rest.partition(":")
    found = next((known for known in ROLES if known == role), None)
    if not name or not name.isprintable() or found is None:
        raise ConfigError(f"{where}: is not `name:role:hash`, with the role viewer or editor.", _HINT)
    if not is_hash(hashed):
        raise ConfigError(f"{where}: the password is not a scrypt hash that msgcheck made.", _HINT)
    return User(name, found), hashed
