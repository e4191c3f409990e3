"""A refusal that an endpoint raises; the app turns it into JSON for programs and a page for people."""

from __future__ import annotations

from msgcheck.errors import MsgcheckError


class AnswerError(MsgcheckError):
    """An HTTP status with its reason and what to do. `retry_after` is in seconds, 0 for none."""

    def __init__(self, status: int, message: str, hint: str = "", *, retry_after: float = 0.0) -> None:
        super().__init__(message, hint)
        self.status = status
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(max(1, round(self.retry_after)))} if self.retry_after else {}
