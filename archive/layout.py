"""Where the databases of an archive lie: in its folder, or in `data` of the bag that a release is."""

from __future__ import annotations

import os
from pathlib import Path

BAG, DATA = "bagit.txt", "data"


def is_release(path: Path) -> bool:
    """Whether the folder is a release: a bag, whatever is wrong with it."""
    return os.path.isfile(path / BAG) and not os.path.exists(path / "archive.db")


def home(path: Path) -> Path:
    """The folder with the databases and `keys`."""
    return path / DATA if is_release(path) else path
