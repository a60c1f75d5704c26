"""What makes the packages, where a mistake would not be seen in what it makes; and the way to its modules in .ci."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

CI = Path(__file__).parents[2] / ".ci"


def module(name: str) -> ModuleType:
    """A module of .ci by its bare name, since none is in a package; what it imports is found beside it."""
    beside = [str(CI / folder) for folder in ("linux", "notices", "windows")]
    before = list(sys.path)
    sys.path[:0] = beside
    try:
        return importlib.import_module(name)
    finally:
        sys.path[:] = before  # some lead others to what they import, too
