"""Tells of the Python that a program was built with: where it lies, what is installed in it, and its own terms."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

SHARED = Path("/usr")  # the home of a system's own Python, and of everything else


@dataclass(frozen=True)
class Python:
    """A Python of this machine or, unpacked on it, of another. `suffix` is that of its programs."""

    installed: Path  # the folder with the distributions' files
    roots: tuple[Path, ...]  # what lies in one of these and is no distribution's is the interpreter's
    version: str
    terms: Path
    suffix: str = ""

    def distributions(self) -> Iterable[metadata.Distribution]:
        """What is installed in it."""
        mine = self.installed == Path(sys.prefix).resolve()
        return metadata.distributions() if mine else metadata.distributions(path=[str(self.installed)])


def here() -> Python:
    """The Python that runs this."""
    library, home = Path(json.__file__).parents[1], Path(sys.base_prefix).resolve()
    roots = (library.resolve(), *([home] if home != SHARED else []))
    version = ".".join(map(str, sys.version_info[:3]))
    return Python(Path(sys.prefix).resolve(), roots, version, library / "LICENSE.txt")


def plain(name: str) -> str:
    """The name of a distribution in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
