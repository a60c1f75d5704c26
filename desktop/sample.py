"""Builds the sample archive from this project's own texts and casework, with the same calls as any other archive."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import resources
from archive import container
from archive.cases import script
from archive.connect import translated
from archive.errors import AlreadyExists, Cancelled
from archive.intake import run as intake
from archive.records import Confidentiality
from desktop.workspace import Workspace

SOURCE = Path(resources.__file__).parent / "sample"
CASEWORK = Path(resources.__file__).parent / "casework"
"""What the texts say, fact by fact, as `archive.cases.script` reads it."""


def build(destination: Path, cancelled: Callable[[], bool] = bool) -> Path:
    """Make the sample at `destination`, open to everybody and searchable at once; returns that path.

    It appears complete or not at all. Raises AlreadyExists and what importing may raise.
    """
    if destination.exists():
        raise AlreadyExists(path=str(destination))
    building = destination.with_name(f".{destination.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        key = container.create(building)
        with Workspace(building, key, write=True) as workspace:
            # Our own texts need no library of the importers: the reading edition has a sample, too.
            report = intake.run(
                workspace.archive, [SOURCE], confidentiality=Confidentiality.PUBLIC, cancelled=cancelled
            )
            if report.cancelled:
                raise Cancelled()
            record(workspace)
            workspace.catch_up(cancelled=cancelled)
        with translated(destination):
            os.rename(building, destination)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return destination


def record(workspace: Workspace) -> script.Loaded:
    """Record the casework on the texts, which the archive holds; raises what `script.load` may raise."""
    written = [file.read_text("utf-8") for file in sorted(CASEWORK.iterdir())]
    archive = workspace.archive
    return script.load(archive.db, written, who=archive.desk, confidentiality=Confidentiality.PUBLIC)


def installed(folder: Path, cancelled: Callable[[], bool] = bool) -> Path:
    """The sample in `folder`, the user's data folder as a rule: built where this version of it is not there yet."""
    path = folder / f"sample-{_version()}" / f"sample{container.ENDING}"  # the window shows the last name alone
    return path if path.exists() else build(path, cancelled)


def _version() -> str:
    """A short name of the sample's texts and casework, another one whenever they change."""
    digest = hashlib.sha256()
    for file in sorted((*SOURCE.iterdir(), *CASEWORK.iterdir())):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


if __name__ == "__main__":
    from desktop import guard

    guard.apply()
    build(Path(sys.argv[1]))
