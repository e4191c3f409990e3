"""`msgcheck.toml` (or `[tool.msgcheck]` in pyproject.toml) as one frozen value; unknown keys are errors."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from msgcheck.errors import ConfigError
from msgcheck.model import Severity
from msgcheck.paths import matches_any

URL = re.compile(r"https?://", re.IGNORECASE)
#: Of a page on the web, or of a file on another file system.
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
FailOn = Literal["error", "warning", "note", "never"]
SeveritySetting = Literal["error", "warning", "note", "off"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PageMap(_Section):
    """From which file the pages of a site are made: `*` stands for a part of the address, `**` for several."""

    url: str
    path: str

    @model_validator(mode="after")
    def _same_wildcards(self) -> PageMap:
        if re.findall(r"\*+", self.url) != re.findall(r"\*+", self.path):
            raise PydanticCustomError("wildcards", "`url` and `path` need the same wildcards in the same order")
        return self


class Pages(_Section):
    """`include`: the targets when the command line names none. `exclude`: globs of pages never read.

    `keys`: globs of the key paths that are copy in YAML, JSON and front matter (`hero.*`, `features.*.title`); one
    after `!` is none. Without them, names and values tell. `map`: the files that fetched pages are made from.
    """

    include: list[str] = []
    exclude: list[str] = []
    keys: list[str] = []
    map: list[PageMap] = []


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
    """How a page is fetched. Sizes in bytes, times in seconds.

    `allow_private`: hosts in a private network that users of `msgcheck serve` may have read.
    """

    timeout: Annotated[float, Field(gt=0, le=300)] = 20.0
    max_bytes: Annotated[int, Field(gt=0)] = 25_000_000
    allow_private: list[str] = []


class Crawl(_Section):
    """How far a crawl goes and how politely. Sizes in bytes, times in seconds; patterns as in `pages.exclude`."""

    max_pages: Annotated[int, Field(gt=0)] = 1000
    max_depth: Annotated[int, Field(ge=0)] = 10
    max_bytes: Annotated[int, Field(gt=0)] = 1_000_000_000
    max_seconds: Annotated[float, Field(gt=0)] = 3600.0
    include: list[str] = []
    exclude: list[str] = []
    concurrency: Annotated[int, Field(gt=0, le=32)] = 4
    delay: Annotated[float, Field(ge=0, le=60)] = 0.1
    robots: bool = True
    read_noindex: bool = False
    follow_nofollow: bool = False


class HistorySettings(_Section):
    """Where runs are kept: a database URL; without one, SQLite in `.msgcheck/history.db` beside the configuration."""

    url: str = ""


class FindingLimits(_Section):
    """At most so many findings of each severity."""

    error: Annotated[int, Field(ge=0)] | None = None
    warning: Annotated[int, Field(ge=0)] | None = None
    note: Annotated[int, Field(ge=0)] | None = None


class Budget(_Section):
    """How much is allowed on each page whose key matches one of `paths` (globs; without any, on every page), or with
    `per = "site"` on those pages together. `no_worse`: no page may get worse than it was last time."""

    paths: list[str] = []
    per: Literal["page", "site"] = "page"
    jargon_per_100_words: Annotated[float, Field(ge=0)] | None = None
    confusion: Annotated[float, Field(ge=0, le=1)] | None = None
    vague_share: Annotated[float, Field(ge=0, le=1)] | None = None
    findings: FindingLimits = FindingLimits()
    no_worse: bool = False

    def limits(self) -> dict[str, float]:
        """The limits that are set, by the name of what they limit."""
        measures = {name: getattr(self, name) for name in ("jargon_per_100_words", "confusion", "vague_share")}
        given = {**measures, **self.findings.model_dump()}
        return {name: limit for name, limit in given.items() if limit is not None}


class Thresholds(_Section):
    """How much worse a page may get from one run to another. `distance` is that from the positioning, `coverage` how
    many agreed messages may be said less well; the other measures have the units of the report."""

    confusion: Annotated[float, Field(ge=0, le=1)] | None = None
    vague: Annotated[float, Field(ge=0, le=1)] | None = None
    jargon: Annotated[float, Field(ge=0)] | None = None
    distance: Annotated[float, Field(ge=0, le=1)] | None = None
    coverage: Annotated[int, Field(ge=0)] | None = None
    new_findings: FindingLimits = FindingLimits()


class SiteThresholds(Thresholds):
    """The same for all pages together. `misconceptions`: on how many calls more a wrong belief may be heard."""

    misconceptions: Annotated[int, Field(ge=0)] | None = None


class DriftThresholds(_Section):
    page: Thresholds = Thresholds()
    site: SiteThresholds = SiteThresholds()


class DriftSettings(_Section):
    """What `msgcheck drift` gives the alarm for."""

    thresholds: DriftThresholds = DriftThresholds()


class Notify(_Section):
    """How mail of `--notify mailto:…` is sent; the password stands in the environment."""

    smtp_host: str = ""
    smtp_port: Annotated[int, Field(gt=0, lt=65536)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    mail_from: str = ""


class Suppressions(_Section):
    """Comments in pages that silence rules: whether each must say why, after two dashes."""

    require_reason: bool = False


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
    baseline: str = ""
    select: list[str] = []
    ignore: list[str] = []
    pages: Pages = Pages()
    calls: Calls = Calls()
    language: LanguageSettings = LanguageSettings()
    web: Web = Web()
    crawl: Crawl = Crawl()
    history: HistorySettings = HistorySettings()
    drift: DriftSettings = DriftSettings()
    notify: Notify = Notify()
    suppressions: Suppressions = Suppressions()
    budget: list[Budget] = []
    rules: dict[str, RuleSettings] = {}
    overrides: list[Override] = []
    source: str = Field(default="", exclude=True)
    folder: Path = Field(default=Path(), exclude=True)

    @field_validator("budget", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        """`[budget]` is one, `[[budget]]` several."""
        return [value] if isinstance(value, dict) else value

    def from_here(self, names: Iterable[str]) -> tuple[str, ...]:
        """Paths of the configuration, relative to the working folder; URLs stay as they are."""
        return tuple(name if ADDRESS.match(name) else os.path.relpath(self.folder / name) for name in names)

    @property
    def agreed_from_here(self) -> str:
        """The positioning file, relative to the working folder; empty where none is named."""
        return "".join(self.from_here(filter(None, [self.positioning])))

    def severity_of(self, rule: str, default: Severity, page: str = "") -> SeveritySetting:
        """The severity for a rule's findings on a page: overrides win over `[rules]`, those over the rule's own."""
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


def find_config(start: Path) -> Path | None:
    """The nearest `msgcheck.toml`, or pyproject.toml with `[tool.msgcheck]`, from `start` upward."""
    for folder in (start, *start.parents):
        candidate = folder / "msgcheck.toml"
        if candidate.is_file():
            return candidate
        project = folder / "pyproject.toml"
        if project.is_file() and _tool_table(_read_toml(project)) is not None:
            return project
    return None


def load_config(path: Path | None) -> Config:
    """Read a configuration file, or give the defaults when there is none.

    Raises ConfigError naming the file, the key and the nearest valid key.
    """
    if path is None:
        return Config()
    data = _read_toml(path)
    if path.name == "pyproject.toml":
        data = _tool_table(data) or {}
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise _config_error(path, error.errors()[0]) from error
    return config.model_copy(update={"source": str(path), "folder": path.parent})


def _tool_table(project: dict[str, Any]) -> Any:
    """`[tool.msgcheck]` of a pyproject.toml, if it has one."""
    tools = project.get("tool")
    return tools.get("msgcheck") if isinstance(tools, dict) else None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such configuration file.", "`msgcheck init` writes one.") from error
    except IsADirectoryError as error:
        raise ConfigError(f"{path}: is a folder, not a file.", "Name the msgcheck.toml inside it.") from error
    except PermissionError as error:
        raise ConfigError(f"{path}: may not be read.", "Check the file's permissions.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start}).", "Save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}.", "Strings need quotes, lists brackets.") from error


def _config_error(path: Path, problem: ErrorDetails) -> ConfigError:
    """One line for one problem; pydantic's location tells the key, its type what is wrong with it."""
    location = [str(part) for part in problem["loc"]]
    key = ".".join(location) or "tool.msgcheck"
    if problem["type"] == "extra_forbidden":
        valid = _valid_keys(location[:-1])
        near = difflib.get_close_matches(location[-1], valid, n=1, cutoff=0.5)
        hint = f"Did you mean `{near[0]}`?" if near else f"Valid keys here: {', '.join(valid)}."
        return ConfigError(f"{path}: unknown key `{key}`.", hint)
    reason = problem["msg"][:1].lower() + problem["msg"][1:]
    return ConfigError(f"{path}: `{key}`: {reason}.", "See the README for the keys and their values.")


def _valid_keys(location: list[str]) -> list[str]:
    """The keys of the table at a place: numbers in it count tables of one kind, and other names are free."""
    model: type[BaseModel] = Config
    for part in location:
        if part in model.model_fields:
            model = next(_tables(model.model_fields[part].annotation), model)
    return sorted(name for name, info in model.model_fields.items() if not info.exclude)


def _tables(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _tables(part)
