"""What the API takes and gives, as its OpenAPI document says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from msgcheck.web.intake import at_url, pasted
from msgcheck.web.task import Task

#: As the `id` of a job comes back from the server.
JobId = Annotated[str, Path(min_length=1, max_length=64, description="The `id` of a check.")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


#: How copy may be given.
_COPY = ("text", "markdown", "html", "url")
#: Text, or left out; never null.
_Given = Annotated[str, Field(min_length=1)] | SkipJsonSchema[None]


class CheckRequest(Shape):
    """Copy to check: exactly one of `text`, `markdown`, `html` and `url`."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [name]} for name in _COPY]})

    text: _Given = None
    markdown: _Given = None
    html: _Given = None
    url: Annotated[str, Field(min_length=1, max_length=2000)] | SkipJsonSchema[None] = Field(
        None, description="A page that the server fetches."
    )
    calls: bool = Field(True, description="Whether the project's calls are read beside it; without them it is faster.")
    name: str = Field("", max_length=200, description="What the page is called, such as its path: `/pricing`.")

    @model_validator(mode="after")
    def _one(self) -> CheckRequest:
        given = [name for name in _COPY if name in self.model_fields_set]
        if len(given) != 1 or getattr(self, given[0]) is None:
            raise ValueError("give exactly one of text, markdown, html and url")
        return self

    def task(self) -> Task:
        return replace(self._given(), with_calls=self.calls)

    def _given(self) -> Task:
        if self.url is not None:
            return at_url(self.url)
        if self.html is not None:
            return pasted(self.html, "html", self.name)
        if self.markdown is not None:
            return pasted(self.markdown, "markdown", self.name)
        return pasted(self.text or "", "text", self.name)


class Problem(Shape):
    message: str
    hint: str


class ErrorAnswer(Shape):
    """Why something was refused, and what to do."""

    error: Problem


class JobAnswer(Shape):
    """A check and how far it is."""

    id: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    stage: str
    done: int
    total: int
    ahead: int = Field(description="How many checks are before it in the queue.")
    error: Problem | None = None


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers that any endpoint, and this one, may refuse with."""
    return {status: {"model": ErrorAnswer} for status in (400, 401, 403, 408, 413, 421, 422, 429, *statuses)}
