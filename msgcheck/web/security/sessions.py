"""Who is logged in, by a cookie that says nothing itself; and the token that forms of our own carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from msgcheck.web.security.users import User

COOKIE = "msgcheck_session"
_SECONDS = 12 * 3600.0
_MOST = 10_000


class Sessions:
    """Kept in memory: they end with the server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._users: OrderedDict[str, tuple[User, float]] = OrderedDict()

    def begin(self, user: User) -> str:
        """A new session; its id goes into the cookie."""
        id = new_id()
        self._users[id] = (user, self._clock() + _SECONDS)
        if len(self._users) > _MOST:
            self._users.popitem(last=False)
        return id

    def user(self, id: str) -> User | None:
        """Whose session it is, while it lasts."""
        user, until = self._users.get(id, (None, 0.0))
        if user is not None and self._clock() > until:
            del self._users[id]
            return None
        return user

    def end(self, id: str) -> None:
        self._users.pop(id, None)

    def csrf(self, id: str) -> str:
        """The token that only pages of ours know, for the session with this id."""
        return hmac.new(self._secret, id.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def is_csrf(self, id: str, token: str) -> bool:
        return bool(id) and hmac.compare_digest(self.csrf(id).encode(), token.encode("utf-8", "replace"))


def new_id() -> str:
    return secrets.token_urlsafe(32)
