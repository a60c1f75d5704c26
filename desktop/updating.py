"""What the window and the command line do to bring an installed release up to date; free of Qt."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from archive import layout, slots
from archive.container import Archive
from archive.errors import ArchiveError, Cancelled
from archive.keys import ArchiveKey
from archive.notebook import opening
from archive.release import content
from archive.release.root import content_root
from archive.signing import bag, standing
from archive.signing.minisign import SecretKey
from archive.signing.receipt import Trusted
from archive.update import changelog, comparing, delta, installed, planning, update
from archive.update.changelog import Changelog
from archive.update.delta import Made
from archive.update.errors import NoDelta, WrongBase
from archive.update.planning import Offer
from archive.update.update import Prepared
from archive.verify import Step
from desktop.withdrawal import purged
from desktop.withdrawal.purged import Found
from desktop.workspace import Workspace
from index.purge import purge as purge_index

Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Done:
    """An update that was made: the release in use, what changed, what the reader's notebook held of what went, and the
    releases that still hold what must go. `notebook` is why the notebook could not be purged, `index` why the index was
    not made anew."""

    path: Path
    log: Changelog
    found: Found | None
    left: tuple[Path, ...]
    notebook: ArchiveError | None = None
    index: ArchiveError | None = None


def data() -> Path:
    """The reader's data folder."""
    return Path(platformdirs.user_data_dir("tamarisk", appauthor=False))


def in_use(path: Path) -> Path:
    """The release to open where `path` is asked for; `path` itself unless another is known to have taken its place."""
    path = layout.named(path)
    if layout.release(path) is None and (path / "archive.db").exists():  # a working archive
        return path
    asked = bag.around(path) or path
    found = installed.in_use(asked, data())
    return path if found == asked else found


def offers(places: Sequence[Path], release: Path) -> tuple[Offer, ...]:
    """What leads on from a release, or claims to be it, and lies on media that are mounted now, or in further places:
    the newest first, and of those the update from this very release, which is the shortest way."""
    said = standing.read(release).said
    found = [one for one in planning.offers([*places, *planning.mounted()], said.archive) if one.concerns(said)]
    return tuple(sorted(found, key=lambda one: (-one.number, one.base != said.number)))


def make_delta(
    old: tuple[Path, ArchiveKey],
    new: tuple[Path, ArchiveKey],
    out: Path,
    secret: SecretKey,
    progress: Progress = lambda step: None,
    cancelled: Callable[[], bool] = bool,
) -> Made:
    """Make the delta between two releases, each with its key. Raises as `archive.update.delta.make` does."""
    with Archive(*old, write=False) as one, Archive(*new, write=False) as other:
        return delta.make(one, other, out, secret, progress=progress, cancelled=cancelled)


def prepare(
    release: Path,
    key: ArchiveKey,
    source: Path,
    trusted: Sequence[Trusted],
    progress: Progress = lambda step: None,
    cancelled: Callable[[], bool] = bool,
) -> Prepared:
    """Build the release that a delta, a folder or a full release leads to, beside the one in use.

    Raises as `planning.plan` and `update.prepare` do.
    """
    plan = planning.plan(source, standing.read(release).said)
    return update.prepare(release, key, plan, trusted, data=data(), progress=progress, cancelled=cancelled)


def drop(prepared: Prepared) -> None:
    """Take it away again."""
    update.drop(prepared)


def switch(prepared: Prepared) -> None:
    """Have the release be the one in use, when the notebook was purged. Raises OlderRelease, environment faults."""
    update.switch(prepared, data())


def erase(prepared: Prepared) -> tuple[Path, ...]:
    """Delete the older releases that must not be kept, when none of their files is open; those that would not go. What
    is in the way now is tried again when the release is opened."""
    try:
        return update.erase(prepared)
    except (ArchiveError, OSError):
        return (prepared.base,) if prepared.log.gone and prepared.base.exists() else ()


def elsewhere(prepared: Prepared) -> tuple[Path, ...]:
    """The release that was updated, where it holds what must go and is nobody's here to delete."""
    return update.elsewhere(prepared)


def apply(
    prepared: Prepared,
    key: ArchiveKey,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = bool,
) -> Done:
    """Have the release be the one in use, and take what must go out of everything the reader has: the notebook, the
    older releases, the index. Call it when the old release is closed.

    The notebook comes first: names of what was withdrawn are known only as long as the old release is there, and after
    a crash the update is made again. What cannot be done in it is told, not raised; so is what is in the way of the
    index, which is made anew from the release whenever it is opened. Raises OlderRelease and environment faults; then
    the old one is in use.
    """
    found: Found | None = None
    fault: ArchiveError | None = None
    unindexed: ArchiveError | None = None
    if prepared.concerns_notebook:
        try:
            found = _purge_notebook(prepared, key)
        except ArchiveError as error:
            fault = error
    switch(prepared)
    left = erase(prepared)
    if prepared.log.gone:
        try:
            with Workspace(prepared.path, key, write=False) as workspace:
                purge_index(workspace.archive, workspace.index, progress, cancelled)
        except ArchiveError as error:  # it may be that Ctrl+C ended it
            unindexed = error
    return Done(prepared.path, prepared.log, found, left, fault, unindexed)


def arrive(path: Path) -> Path:
    """The release to open where `path` is asked for, when what an update left to be deleted is deleted."""
    now = in_use(path)
    if bag.is_bag(now):
        with contextlib.suppress(ArchiveError, OSError):
            installed.finish(now.parent, standing.read(now).said)
    return now


def changes(release: Path, key: ArchiveKey) -> Changelog | None:
    """What the last update of a release changed; None where it was not updated here. Raises Damaged."""
    return changelog.beside(release, key)


def compare(old: tuple[Path, ArchiveKey], new: tuple[Path, ArchiveKey]) -> Changelog:
    """What changed between two releases of a line, each with its key. Raises NotARelease, WrongBase, NoDelta (the other
    way round what was withdrawn would be told as added), Damaged."""
    base, said = standing.read(old[0]).said, standing.read(new[0]).said
    if (base.archive, base.line) != (said.archive, said.line):
        raise WrongBase(path=str(new[0]), line=said.line, needed=said.number, installed=base.number, why="line")
    if said.number <= base.number:
        raise NoDelta(path=str(new[0]), number=said.number, other=base.number, why="order")
    with Archive(*old, write=False) as one, Archive(*new, write=False) as other, content.legible(new[0]):
        return comparing.compare(one.db, other.db, base, said).log


def root(release: Path, key: ArchiveKey, cancelled: Callable[[], bool] = bool, *, originals: bool) -> str:
    """The content root of what a release holds, computed anew; with `originals` each of them is read against its hash,
    which the root covers. Raises Damaged, Cancelled, environment faults."""
    with Archive(bag.around(release) or release, key, write=False) as archive:
        found = content_root(archive.db, cancelled=cancelled)
        if originals:
            for (sha256,) in archive.db.conn.execute("SELECT sha256 FROM original ORDER BY sha256").fetchall():
                for _ in archive.originals.read(sha256):
                    if cancelled():
                        raise Cancelled
        return found


def _purge_notebook(prepared: Prepared, key: ArchiveKey) -> Found | None:
    """What the notebook held; nothing where there is none, which is then not made."""
    if not opening.place(key.archive, release=True).exists():
        return None
    with opening.of_archive(key, protected=slots.is_protected(prepared.path), release=True) as notebook:
        return purged.purge_before(notebook, key, prepared)
