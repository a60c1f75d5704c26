"""The archive as a folder: made once, then opened with its key to get at its databases and originals."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from archive import connect, custody, keys, meta, migrations, slots, unlocking
from archive.alone import alone
from archive.building import building, make
from archive.connect import Mode, translated, writing
from archive.errors import AlreadyExists, Damaged, EnvironmentFault, Frozen, NewerFormat, NoPermission, UnsafePlace
from archive.keys import ArchiveKey
from archive.layout import home, is_release
from archive.originals import Originals
from archive.places import is_writable, why_unsafe

ENDING = ".tamarisk"


def create(
    path: Path, *, passphrase: str | None = None, recipients: Sequence[str] = (), desk: str = meta.DESK
) -> ArchiveKey:
    """Make a new archive folder, protected by a passphrase, recipients (`age1…`) or both; unprotected with neither.

    The folder appears complete or not at all. Raises AlreadyExists, UnsafePlace, InvalidValue and environment faults.
    """
    if os.path.exists(path):  # unlike the path's own method it bears a name that is too long
        raise AlreadyExists(path=str(path))
    refuse_unsafe(path)
    key = keys.generate(str(uuid.uuid4()))
    make(path.parent, path, parents=True)
    with building(path) as folder:
        slots.write(folder, key, passphrase, recipients)
        db = connect.connect(folder / "archive.db", key.secret("archive"), "create")
        try:
            migrations.apply_archive(db)
            with writing(db):
                meta.write(db, "archive", key.archive)
                meta.write(db, "format", str(migrations.FORMAT))
                meta.write(db, "readable_from", str(migrations.READABLE_FROM))
                meta.write(db, "created", meta.now())
                meta.write(db, "desk", desk)
                meta.new_generation(db)
                custody.record(db, "created", "", {"archive": key.archive}, desk)
        finally:
            connect.close(db)
    return key


def refuse_unsafe(path: Path) -> None:
    """Raise UnsafePlace where a working archive must not lie: a network share, or a folder that is synced."""
    why = why_unsafe(path)
    if why:
        raise UnsafePlace(path=str(path), why=why)


def _refuse_journals(folder: Path) -> None:
    """Raise Damaged where a release has a journal, which it never had: read without it, it would lack something."""
    for path in (*folder.glob("*-wal"), *folder.glob("*-journal")):
        raise Damaged(path=str(path), why="a journal beside a release")


def is_stripped(path: Path, key: ArchiveKey) -> bool:
    """Whether a folder without a bag around it holds what was published: a release without its signature and lists.

    Whoever makes a working archive notes when (`meta`, `created`), and no release holds that. Raises as opening does.
    """
    if is_release(path):
        return False
    db = connect.connect(path / "archive.db", key.secret("archive"), "read" if is_writable(path) else "frozen")
    try:
        with translated(path):
            named = db.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
            return bool(named) and not meta.read(db, "created")
    finally:
        db.conn.close()


class Archive:
    """An open archive. One thread at a time uses it; several may be open on one folder, in one program or many.

    With `write` false nothing is changed, and a folder that cannot be written is read as it lies. Where journals say
    that it is in use or was not closed that would miss something, and it is refused.
    A release is given by the path of its bag, or of `data` in it: it is read as it lies, and never written.
    What was made by an older program is upgraded when it is opened for writing, after `archive.db` was copied to
    `archive-before-format-N.db` beside it. What a newer program made is read where it says so, and never written.
    Raises NewerFormat, Damaged, LeftOpen, UnsafePlace, Frozen (a release that is to be written) and environment faults.
    """

    def __init__(self, path: Path, key: ArchiveKey, *, write: bool, frozen: bool = False) -> None:
        """`frozen` says that it is known to be a release, though nothing around it tells any more."""
        unlocking.require_archive(path)
        self.path, self.key, self.id = path, key, key.archive
        self.is_release, self.home = is_release(path), home(path)
        """Whether it is frozen in a bag, and where its databases lie."""
        self.protected = slots.is_protected(path)
        self.is_stripped = frozen or is_stripped(path, key)
        """Whether it was published, and what was signed around it is gone: it is read as a release is, unproven."""
        self.writable = not self.is_release and not self.is_stripped and is_writable(path)
        if write:
            if self.is_release or self.is_stripped:
                raise Frozen(path=str(path))
            refuse_unsafe(path)
            if not self.writable:
                raise NoPermission(path=str(path))
        self.mode: Mode = "write" if write else "read" if self.writable else "frozen"
        if self.is_release:
            _refuse_journals(self.home)
        self.db = connect.connect(self.home / "archive.db", key.secret("archive"), self.mode)
        try:
            self._check_format()
            if write:
                with translated(path):
                    self._upgrade()
            elif int(meta.read(self.db, "format")) < migrations.FORMAT:
                with translated(path):
                    migrations.stand_in(self.db)
            self.desk = meta.read(self.db, "desk", meta.DESK)
        except BaseException:
            self.db.conn.close()
            raise
        self.originals = Originals(self.home, key, self.db, self.mode)
        if write:
            self._finish_withdrawals()

    def close(self) -> None:
        """Close every database of the archive."""
        self.originals.close()
        connect.close(self.db)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_format(self) -> None:
        with translated(self.path):
            tables = {row[0] for row in self.db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "meta" not in tables:
                raise Damaged(path=str(self.path / "archive.db"), why="no tables of an archive")
            readable_from = int(meta.read(self.db, "readable_from", "0"))
            identity = meta.read(self.db, "archive")
            made_by = int(meta.read(self.db, "format", "0"))
        needed = max(readable_from, made_by) if self.mode == "write" else readable_from
        if needed > migrations.FORMAT:
            raise NewerFormat(path=str(self.path), readable_from=needed, supported=migrations.FORMAT)
        if identity != self.id:
            raise Damaged(path=str(self.path), why="the key slot belongs to another archive")

    def _upgrade(self) -> None:
        """Apply the migrations that are missing, after a backup; what was derived from the old tables starts anew."""
        if migrations.archive.pending(self.db):
            with writing(self.db):  # two programs may find the same old archive
                if migrations.archive.pending(self.db):
                    self._copy_before_upgrade()
                    migrations.apply_archive(self.db)
                    meta.write(self.db, "format", str(migrations.FORMAT))
                    meta.write(self.db, "readable_from", str(migrations.READABLE_FROM))
                    meta.new_generation(self.db)
        migrations.apply_archive(self.db)

    def _finish_withdrawals(self) -> None:
        """Erase what an interrupted withdrawal left; where something is in the way, the next opening tries again."""
        from archive.withdrawal import erasing  # which works on an open archive

        if erasing.pending(self.db):
            with contextlib.suppress(EnvironmentFault), alone(self.path):
                erasing.finish(self)

    def _copy_before_upgrade(self) -> None:
        """Keep `archive.db` as it was, by a connection of its own: one that writes cannot be copied from."""
        secret = self.key.secret("archive")
        reader = connect.connect(self.path / "archive.db", secret, "read")
        try:
            connect.copy(reader, self.path / f"archive-before-format-{migrations.FORMAT}.db", secret)
        finally:
            reader.conn.close()
