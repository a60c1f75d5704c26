"""Short ways to make deltas and to bring releases up to date in tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive import unlocking
from archive.container import Archive
from archive.release.root import content_root
from archive.signing import standing
from archive.signing.minisign import SecretKey
from archive.signing.receipt import Trusted
from archive.update import delta, planning, update
from archive.update.delta import Made
from archive.update.update import Prepared
from tests.archive.release.publishing import SECRET

TRUSTED = (Trusted(SECRET.public, "A desk"),)


def given(release: Path, place: Path) -> Path:
    """The reader's copy of a release."""
    return Path(shutil.copytree(release, place / release.name))


def root(release: Path) -> str:
    """The content root of a release that is not protected, computed anew."""
    with Archive(release, unlocking.unlock(release), write=False) as archive:
        return content_root(archive.db)


def made(old: Path, new: Path, out: Path, secret: SecretKey = SECRET) -> Made:
    """The delta between two releases that are not protected."""
    with (
        Archive(old, unlocking.unlock(old), write=False) as one,
        Archive(new, unlocking.unlock(new), write=False) as other,
    ):
        return delta.make(one, other, out, secret)


def prepared(release: Path, source: Path, data: Path, **how: object) -> Prepared:
    """A release that is to take the place of one, by a delta, a folder with such, or a full release."""
    how.setdefault("trusted", TRUSTED)
    plan = planning.plan(source, standing.read(release).said)
    return update.prepare(release, unlocking.unlock(release), plan, data=data, **how)  # type: ignore[arg-type]


def updated(release: Path, source: Path, data: Path) -> Prepared:
    """The same, in use; what had to go is gone."""
    found = prepared(release, source, data)
    update.switch(found, data)
    update.erase(found)
    return found
