"""An archive to publish from, with something to keep back in every field, and the shortest way to publish it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive.container import Archive
from archive.release.choice import Choice
from archive.release.publish import Locks, Published, publish
from archive.signing import minisign

SECRET = minisign.generate()
DAY = "2026-11-28"
EVERYBODY = Locks(open=True)


def published(archive: Archive, out: Path, **chosen: object) -> Published:
    """Publish without protection, with the parts of Choice that are given."""
    how: dict[str, object] = {
        name: chosen.pop(name) for name in ("line", "after", "progress", "cancelled") if name in chosen
    }
    choice = Choice(**{"date": DAY, **chosen})  # type: ignore[arg-type]
    return publish(archive, out, SECRET, choice, EVERYBODY, publisher="A desk", **how)  # type: ignore[arg-type]


Publish = Callable[..., Published]
