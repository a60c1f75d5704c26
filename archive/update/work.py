"""Builds the release that an update leads to, whole and proven, beside the one in use."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive import backup, connect, medium, migrations
from archive.building import LOCK, building
from archive.connect import Database, translated
from archive.container import Archive
from archive.errors import AlreadyExists, ArchiveMissing, Cancelled, Damaged, NewerFormat
from archive.keys import ArchiveKey
from archive.release import content
from archive.release.root import content_root
from archive.signing import bag, receipt, seal, standing, statement
from archive.signing.errors import NotARelease
from archive.signing.minisign import PublicKey
from archive.signing.receipt import State, Trusted
from archive.signing.standing import Standing
from archive.signing.statement import Statement
from archive.update import comparing, delta, installed, openness
from archive.update.applying import DATABASE, Applying, copy
from archive.update.comparing import Compared
from archive.update.errors import NotADelta, OtherContent, OtherFormats, UntrustedUpdate, WithdrawnIsBack, WrongBase
from archive.verify import Step

Progress = Callable[[Step], None]


class Work:
    """One update at work. `publishers` are the keys that it may be signed with; the release is built in `place`."""

    def __init__(
        self,
        release: Path,
        key: ArchiveKey,
        base: Standing,
        publishers: tuple[PublicKey, ...],
        place: Path,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._release, self._key, self._base, self._publishers = release, key, base, publishers
        self._place, self._progress, self._cancelled = place, progress, cancelled
        self.made: Path | None = None
        """What was built here; None where it lay there already, so that it is nobody's to take away."""

    def from_deltas(self, deltas: Sequence[Path]) -> Standing:
        """Build what deltas lead to, one after another; where it lies there already and is that, it is taken up."""
        said, target, signer = self._base.said, self._base, None
        for path in deltas:
            self._look("signature", path.name)
            header, signer = delta.signed_by(path, self._publishers)
            if (header.archive, header.line) != (said.archive, said.line):
                raise WrongBase(path=str(path), line=header.line, needed=header.base, installed=said.number, why="line")
            if (header.base, header.base_root) != (said.number, said.content_root):
                raise WrongBase(path=str(path), line=said.line, needed=header.base, installed=said.number)
            target = standing.parse(path, header.statement, header.signature)
            said = target.said
            agreed = (said.archive, said.line, said.number, said.content_root, said.date, said.format)
            if agreed != (header.archive, header.line, header.number, header.root, header.date, header.format):
                raise NotADelta(path=str(path), why="its statement is of another release")
            if standing.signer(target, (signer,)) is None:
                raise NotADelta(path=str(path), why="the release it leads to is not signed by its publisher")
        if said.readable_from > migrations.FORMAT:
            raise NewerFormat(path=str(deltas[-1]), readable_from=said.readable_from, supported=migrations.FORMAT)
        if not said.format == self._base.said.format == migrations.FORMAT:
            raise OtherFormats(path=str(deltas[-1]), old=self._base.said.format, new=said.format)
        path = self._place / installed.folder_name(said)
        if os.path.lexists(path):  # a crash came between its name and the switch
            self._require_same(path, target)
            return target
        try:
            with self._building(path) as folder:
                with Archive(self._release, self._key, write=False) as archive:
                    taken = Applying(archive, folder, self._progress, self._cancelled).run(deltas)
                standing.write(folder / bag.DATA, target)
                self._prove(folder, said)
                assert signer is not None
                self._list(folder, said, signer, taken)
        except AlreadyExists:  # another program built it at the same moment
            self._require_same(path, target)
        return target

    def from_full(self, source: Path) -> Standing:
        """Copy a full release to its place; where it lies there already and is that, it is taken up."""
        found = self._checked(source, contents=False)
        path = self._place / installed.folder_name(found.said)
        if os.path.lexists(path):
            if path.resolve() == source.resolve():
                self._checked(path, contents=True)
                self._require_key(path, source, found)
            else:
                self._require_same(path, found)
            return found
        try:
            self._copied(source, path, found)
        except AlreadyExists:
            self._require_same(path, found)
        return found

    def _copied(self, source: Path, path: Path, found: Standing) -> None:
        with self._building(path) as folder:
            listed = [one.path for one in bag.read(source).files]
            signature = [bag.SIGNATURE] if (source / bag.SIGNATURE).exists() else []
            for file in (*listed, *bag.TAGS, bag.TAGMANIFEST, *signature):
                self._look("copy", file)
                target = folder / file
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                copy(source / file, target, self._cancelled)
            # on this disk: the stick may have been pulled out, or give other bytes the second time
            if self._checked(folder, contents=True).said != found.said:
                raise UntrustedUpdate(path=str(source), state=str(State.TAMPERED))
            self._require_key(folder, source, found)

    def _require_key(self, folder: Path, source: Path, found: Standing) -> None:
        """Raise WrongBase of `source` where the release in `folder`, every byte of which is as it was signed, has
        another key of the line."""
        try:
            with opened(folder, self._key):
                pass
        except Damaged as error:
            raise WrongBase(
                path=str(source),
                line=found.said.line,
                needed=found.said.number,
                installed=self._base.said.number,
                why="key",
            ) from error

    @contextmanager
    def _building(self, path: Path) -> Iterator[Path]:
        """As `building`, with what is needed for a release that is to be used. Raises AlreadyExists, too."""
        try:
            with translated(path), building(path) as folder:
                yield folder
                openness.as_open_as(self._release, folder)
                backup.flush(folder)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
            raise AlreadyExists(path=str(path)) from error
        self.made = path
        medium.flush_folder(self._place)

    def compare(self, path: Path, said: Statement) -> Compared:
        """What changed. Raises WithdrawnIsBack, Damaged."""
        with (
            Archive(self._release, self._key, write=False) as old,
            Archive(path, self._key, write=False) as new,
            content.legible(self._release),  # the later one was proven
        ):
            back = comparing.back(old.db, new.db)
            if back:
                raise WithdrawnIsBack(path=str(path), number=said.number, installed=self._base.said.number, count=back)
            return comparing.compare(
                old.db, new.db, self._base.said, said, lambda section: self._look("changes", section)
            )

    def _checked(self, folder: Path, *, contents: bool) -> Standing:
        """A full release that is whole and by the publisher. Raises UntrustedUpdate, NewerFormat."""
        trusted = [Trusted(one, one.name(), self._base.said.archive) for one in self._publishers]
        found = receipt.receipt(
            folder,
            trusted,
            full=True,
            contents=contents,
            archive=self._base.said.archive,
            progress=lambda path, done, total: self._look("files", path, done, total),
            root=self._root_of(folder) if contents else None,
            apart=LOCK,
        )
        fits = found.state is State.VALID or (found.state is State.UNPROVEN and not contents)
        if not fits or found.statement is None:
            raise UntrustedUpdate(path=str(folder), state=str(found.state))
        said = standing.read(folder)
        if said.said != found.statement:  # the one that goes with it is signed twice, and says the same both times
            raise UntrustedUpdate(path=str(folder), state=str(State.TAMPERED))
        if found.statement.readable_from > migrations.FORMAT:
            raise NewerFormat(
                path=str(folder), readable_from=found.statement.readable_from, supported=migrations.FORMAT
            )
        return said

    def _root_of(self, folder: Path) -> Callable[[], str]:
        def root() -> str:
            with opened(folder, self._key) as db:
                return content_root(db, lambda section, done: self._look("root", section), self._cancelled)

        return root

    def _prove(self, folder: Path, said: Statement) -> None:
        found = self._root_of(folder)()
        if found != said.content_root:
            raise OtherContent(path=str(folder), expected=said.content_root, found=found)

    def _list(self, folder: Path, said: Statement, signer: PublicKey, taken: frozenset[str]) -> None:
        """Make the bag around it. Nobody signs this list: what proves the release is the signed content root."""
        info = {
            **statement.to_info(said),
            seal.KEY: str(signer),
            receipt.UPDATED: str(self._base.said.number),
        }
        files = bag.write(folder, info, lambda path, done, total: self._look("seal", path, done, total))
        listed = {file.path: file.sha256 for file in bag.read(self._release).files}
        for file in files:
            if file.path in taken and file.sha256 != listed.get(file.path):
                raise Damaged(path=str(self._release / file.path), why="it is not as it was when it was installed")

    def _require_same(self, path: Path, target: Standing) -> None:
        """Raise AlreadyExists unless what lies there is this very release, and whole."""
        try:
            there = standing.read(path)
            same = there.said == target.said and standing.signer(there, self._publishers) is not None
            same = same and not bag.check(path)
            self._prove(path, target.said)
        except (OtherContent, Damaged, NotARelease, ArchiveMissing):
            same = False
        if not same:
            raise AlreadyExists(path=str(path))

    def _look(self, work: str, where: str, done: int = 0, total: int = 0) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(Step(work, where, done, total))


@contextmanager
def opened(folder: Path, key: ArchiveKey) -> Iterator[Database]:
    """The database of a release, for the block. Raises Damaged, environment faults."""
    db = connect.connect(folder / bag.DATA / DATABASE, key.secret("archive"), "frozen")
    try:
        yield db
    finally:
        db.conn.close()
