"""Where an archive and its databases lie: in its folder, or in `data` of the bag that a release is."""

from __future__ import annotations

import os
from pathlib import Path

from archive.signing import bag, statement
from archive.signing.errors import NotARelease
from archive.signing.statement import Statement


def release(path: Path) -> Path | None:
    """The release that a folder is, or is the `data` of, whatever is wrong with it; None for a working archive.

    An archive beside the one in `data` does not make it one: else whoever puts it there has it opened unverified.
    """
    found = bag.around(path)
    if found is None or (_has_archive(found) and not _has_archive(found / bag.DATA)):
        return None
    return found


def named(path: Path) -> Path:
    """A path that ends in a name: what lies beside `.` or `..` would else be looked for, and put, within it."""
    return path if path.name not in ("", "..") else path.resolve()


def is_release(path: Path) -> bool:
    """Whether a folder is a release, or the `data` of one."""
    return release(path) is not None


def home(path: Path) -> Path:
    """The folder with the databases and `keys`."""
    found = release(path)
    return path if found is None else found / bag.DATA


def said(path: Path) -> Statement | None:
    """What the release that a folder is says of itself, which nobody has held against its signature yet (the receipt
    does); None for a working archive, and where it says nothing that can be read."""
    found = release(path)
    if found is None:
        return None
    try:
        return statement.from_info(bag.read(found).info)
    except NotARelease:
        return None


def _has_archive(folder: Path) -> bool:
    return os.path.lexists(folder / "archive.db")
