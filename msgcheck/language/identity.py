"""Which models the settings mean, as a digest: it changes when what lies under a configured name does."""

from __future__ import annotations

import os
from pathlib import Path

from msgcheck.config import LanguageSettings
from msgcheck.digest import folder_state


def models_digest(settings: LanguageSettings) -> str:
    """Empty for the shipped models, which belong to the program; packages count by their installed versions."""
    if not settings.encoder and not settings.nlp:
        return ""
    return f"{settings.nlp} {_state(settings.nlp)} {settings.encoder} {_state(settings.encoder)} {_revisions(settings)}"


def _state(name: str) -> str:
    return folder_state(Path(name)) if name and Path(name).is_dir() else ""


def _revisions(settings: LanguageSettings) -> list[str]:
    """The commits of the encoder that were downloaded, from the folder in which Hugging Face keeps models."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    hub = Path(os.environ.get("HF_HUB_CACHE", home / "hub"))
    name = settings.encoder.replace("/", "--")
    return sorted(path.read_text() for path in hub.glob(f"models--*{name}/refs/*")) if name else []
