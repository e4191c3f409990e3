"""`msgcheck.toml` (or `[tool.msgcheck]` in pyproject.toml) as one frozen value; unknown keys are errors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from msgcheck.model import Severity

FailOn = Literal["error", "warning", "note", "never"]
SeveritySetting = Literal["error", "warning", "note", "off"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Pages(_Section):
    """What to read when no TARGET is given, and which files of a folder count."""

    include: list[str] = []
    exclude: list[str] = []


class Calls(_Section):
    """Where call notes lie, and who in them works for us."""

    paths: list[str] = []
    rep_names: list[str] = []
    rep_domains: list[str] = []


class LanguageSettings(_Section):
    """Which models read the text; the defaults are shipped or installed with the package."""

    encoder: str = ""
    nlp: str = ""


class Web(_Section):
    """How a page is fetched. Sizes in bytes, times in seconds."""

    timeout: Annotated[float, Field(gt=0, le=300)] = 20.0
    max_bytes: Annotated[int, Field(gt=0)] = 25_000_000


class RuleSettings(BaseModel):
    """Settings of one rule: its severity, and the options that the rule names."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    severity: SeveritySetting | None = None

    def options(self) -> dict[str, object]:
        return dict(self.model_extra or {})


class Override(_Section):
    """Other settings for pages whose key matches one of `paths` (globs)."""

    paths: Annotated[list[str], Field(min_length=1)]
    select: list[str] = []
    ignore: list[str] = []
    rules: dict[str, RuleSettings] = {}


class Config(_Section):
    """The whole configuration, defaults filled in. `folder` is where relative paths start."""

    positioning: str = ""
    fail_on: FailOn = "error"
    select: list[str] = []
    ignore: list[str] = []
    pages: Pages = Pages()
    calls: Calls = Calls()
    language: LanguageSettings = LanguageSettings()
    web: Web = Web()
    rules: dict[str, RuleSettings] = {}
    overrides: list[Override] = []
    source: str = Field(default="", exclude=True)
    folder: Path = Field(default=Path(), exclude=True)

    def severity_of(self, rule: str, default: Severity, page: str = "") -> SeveritySetting:
        """The severity for a rule's findings on a page: overrides win over `[rules]`, those over the rule's own."""
        from msgcheck.paths import matches_any

        setting: SeveritySetting = default
        if (general := self.rules.get(rule)) is not None and general.severity is not None:
            setting = general.severity
        for override in self.overrides:
            if page and matches_any(page, override.paths):
                special = override.rules.get(rule)
                if special is not None and special.severity is not None:
                    setting = special.severity
                if any(rule.startswith(prefix) for prefix in override.ignore):
                    setting = "off"
        return setting
