"""Keeps what the window remembers between two starts, which is nothing of any archive's content."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs


@dataclass(frozen=True, slots=True)
class Settings:
    """Zoom as a factor; `appearance` is `system`, `light` or `dark`; geometry and splitter sizes in pixels.

    `widen` is which other forms are searched where a search does not say (see `index.answers`). `recents` are the
    paths of archives the user chose to have listed, newest first; `completing` says whether the bar offers how a query
    may go on.
    """

    zoom: float = 1.0
    appearance: str = "system"
    language: str = ""
    desk: str = ""
    geometry: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    widen: str = "all"
    recents: tuple[str, ...] = ()
    completing: bool = True

    def with_recent(self, path: str) -> Settings:
        """These settings with `path` first among at most eight recents."""
        return replace(self, recents=(path, *(kept for kept in self.recents if kept != path))[:8])

    def without_recent(self, path: str) -> Settings:
        """These settings without `path` among the recents."""
        return replace(self, recents=tuple(kept for kept in self.recents if kept != path))


def default_file() -> Path:
    """Where the settings of this user lie."""
    return Path(platformdirs.user_config_dir("tamarisk", appauthor=False)) / "settings.json"


def load(file: Path) -> Settings:
    """The settings kept in `file`; what is missing or unreadable there takes its default."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _of(data) if isinstance(data, dict) else Settings()


def save(settings: Settings, file: Path) -> bool:
    """Write the settings as one step; False where the place cannot be written, which is no reason to stop."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(file.name + ".new")
        fresh.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
        os.replace(fresh, file)
    except OSError:
        return False
    return True


def _of(data: dict[str, Any]) -> Settings:
    good: dict[str, Any] = {}
    for field in fields(Settings):
        value = data.get(field.name)
        if isinstance(value, list) and isinstance(field.default, tuple):
            kind = str if field.name == "recents" else int
            if all(type(item) is kind for item in value):
                good[field.name] = tuple(value)
        elif isinstance(field.default, bool):
            if isinstance(value, bool):
                good[field.name] = value
        elif isinstance(field.default, float) and type(value) in (int, float):
            good[field.name] = min(3.0, max(0.5, float(value or 1)))
        elif isinstance(field.default, str) and isinstance(value, str):
            good[field.name] = value
    return Settings(**good)
