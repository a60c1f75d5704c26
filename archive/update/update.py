"""Updates an installed release: the later one is built whole beside it and proven, then a small file names it.

At no moment is the release in use altered; whatever ends the work leaves it as it is. First `prepare`, which leaves a
whole release beside the one in use and says what changed; then `switch` or `drop`; at last `erase`, when nobody has the
old one open any more.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from archive import backup, connect, keys, migrations
from archive.building import LOCK, building, make
from archive.connect import Database, translated
from archive.container import Archive
from archive.errors import (
    AlreadyExists,
    ArchiveMissing,
    Cancelled,
    Damaged,
    NewerFormat,
    NotADelta,
    NotARelease,
    OlderRelease,
    OtherContent,
    OtherFormats,
    UntrustedUpdate,
    WrongBase,
)
from archive.keys import ArchiveKey
from archive.release.root import content_root
from archive.signing import bag, receipt, seal, standing, statement
from archive.signing.minisign import PublicKey
from archive.signing.receipt import State, Trusted
from archive.signing.standing import Standing
from archive.signing.statement import Statement
from archive.update import changelog, comparing, delta, installed
from archive.update.applying import DATABASE, Applying, copy
from archive.update.changelog import Changelog, What
from archive.update.comparing import Compared
from archive.update.planning import Plan
from archive.verify import Step

Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A later release that lies whole and proven beside the one in use, and what leads to it. `names` are those of what
    was withdrawn, `withdrawn` its UUIDs, and `altered` documents whose texts were cut for it: for purging what the
    reader keeps, and for nothing else."""

    path: Path
    said: Statement
    base: Path
    log: Changelog
    withdrawn: frozenset[str]
    names: tuple[str, ...] = field(repr=False)
    altered: frozenset[str] = frozenset()

    @property
    def left_out(self) -> frozenset[str]:
        """The UUIDs of what the release holds no longer, though it was not withdrawn."""
        return frozenset(one.record for one in self.log.changes if one.what is What.LEFT_OUT)


def prepare(
    release: Path,
    key: ArchiveKey,
    plan: Plan,
    trusted: Sequence[Trusted],
    *,
    data: Path,
    progress: Progress = lambda step: None,
    cancelled: Callable[[], bool] = bool,
) -> Prepared:
    """Build the release that a plan leads to. `release` is the one in use, `data` the reader's data folder.

    What it is signed with must be trusted for the archive; where no key is, it must be the key that the release in use
    was signed with. Raises UntrustedUpdate, OtherKey, BadSignature, NotADelta, NotARelease, WrongBase, OlderRelease,
    OtherFormats, NewerFormat, OtherContent, Damaged, AlreadyExists, Cancelled and environment faults; then nothing is
    left of it.
    """
    base = standing.read(release)
    publishers = _publishers(release, base, trusted)
    place = installed.place_for(release, base.said, data)
    make(place, place, parents=True, mode=0o700)
    newest = max(base.said.number, installed.installed_number(place, base.said))
    if plan.number <= newest:
        raise OlderRelease(path=str(plan.full or plan.deltas[-1]), number=plan.number, installed=newest)
    work = _Work(release, key, base, publishers, place, progress, cancelled)
    target = work.from_full(plan.full) if plan.full else work.from_deltas(plan.deltas)
    path = place / installed.folder_name(target.said)
    compared = work.compare(path, target.said)
    changelog.save(installed.changes_file(path), key, compared.log)
    return Prepared(path, target.said, release, compared.log, compared.withdrawn, compared.names, compared.altered)


def switch(prepared: Prepared, data: Path) -> None:
    """Have the later release be the one in use. Raises OlderRelease where another took that place meanwhile, and
    environment faults; then the old one still is.

    Older ones that hold what must go, or that lie in the reader's data folder, are noted to be deleted.
    """
    place, said = prepared.path.parent, prepared.said
    newest = installed.installed_number(place, said)
    if said.number < newest:
        raise OlderRelease(path=str(prepared.path), number=said.number, installed=newest)
    own = data / installed.RELEASES in place.parents
    leaving = installed.older(place, said) if prepared.log.gone or own else ()
    installed.switch(place, said, leaving)


def drop(prepared: Prepared) -> None:
    """Take away a release that was prepared, and is not to be used."""
    if installed.installed_number(prepared.path.parent, prepared.said) < prepared.said.number:
        shutil.rmtree(prepared.path, ignore_errors=True)
        installed.changes_file(prepared.path).unlink(missing_ok=True)


def erase(prepared: Prepared) -> tuple[Path, ...]:
    """Delete the older releases, and what is kept of their changes; returns what still holds what must go.

    That is on a medium that cannot be written, or in use, and is tried again when the release is opened. Call it when
    no database of the old release is open any more.
    """
    place = prepared.path.parent
    stayed = installed.finish(place, prepared.said)
    if not prepared.log.gone:
        return stayed
    for file in place.glob(f"*{installed.CHANGES}"):
        if file != installed.changes_file(prepared.path) and _is_of(file, prepared.said):
            with suppress(OSError):
                file.unlink()
    elsewhere = (prepared.base,) if prepared.base.parent != place and prepared.base.exists() else ()
    return (*stayed, *elsewhere)


def _is_of(file: Path, said: Statement) -> bool:
    """Whether a file in a place is named after an older release of the line."""
    head = installed.folder_name(said).rpartition("-")[0]
    name, _, number = file.name.removesuffix(installed.CHANGES).rpartition("-")
    return name == head and number.isdigit() and int(number) < said.number


def _publishers(release: Path, base: Standing, trusted: Sequence[Trusted]) -> tuple[PublicKey, ...]:
    """The keys that an update may be signed with; the release in use is signed with one of them."""
    known = tuple(one.public for one in trusted if one.archive in ("", base.said.archive))
    named = receipt.enclosed_key(release)
    allowed = known or ((named,) if named else ())
    if standing.signer(base, allowed) is None:
        state = State.OTHER_KEY if named and standing.signer(base, (named,)) else State.TAMPERED
        raise UntrustedUpdate(path=str(release), state=str(state))
    return allowed


class _Work:
    """One update at work."""

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

    def from_deltas(self, deltas: Sequence[Path]) -> Standing:
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
        with translated(path), building(path) as folder:
            with Archive(self._release, self._key, write=False) as archive:
                taken = Applying(archive, folder, self._progress, self._cancelled).run(deltas)
            standing.write(folder / bag.DATA, target)
            self._prove(folder, said)
            assert signer is not None
            self._list(folder, said, signer, taken)
            backup.flush(folder)
        keys.flush_folder(self._place)
        return target

    def from_full(self, source: Path) -> Standing:
        found = self._checked(source, contents=False)
        path = self._place / installed.folder_name(found.said)
        if os.path.lexists(path):
            if path.resolve() == source.resolve():
                self._checked(path, contents=True)
            else:
                self._require_same(path, found)
            return found
        with translated(path), building(path) as folder:
            listed = [one.path for one in bag.read(source).files]
            signature = [bag.SIGNATURE] if (source / bag.SIGNATURE).exists() else []
            for file in (*listed, *bag.TAGS, bag.TAGMANIFEST, *signature):
                self._look("copy", file)
                target = folder / file
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                copy(source / file, target, self._cancelled)
            self._checked(folder, contents=True)  # on this disk: the stick may have been pulled out
            backup.flush(folder)
        keys.flush_folder(self._place)
        return found

    def compare(self, path: Path, said: Statement) -> Compared:
        """What changed. Raises Damaged where the key of the line does not open the release."""
        with Archive(self._release, self._key, write=False) as old, Archive(path, self._key, write=False) as new:
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
        if found.statement.readable_from > migrations.FORMAT:
            raise NewerFormat(
                path=str(folder), readable_from=found.statement.readable_from, supported=migrations.FORMAT
            )
        return standing.read(folder)

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
            same = standing.read(path).said == target.said and not bag.check(path)
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
