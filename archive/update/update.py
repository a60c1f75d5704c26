"""Updates an installed release: the later one is built whole beside it and proven, then a small file names it.

At no moment is the release in use altered; whatever ends the work leaves it as it is. First `prepare`, which leaves a
whole release beside the one in use and says what changed; then `switch` or `drop`; at last `erase`, when nobody has the
old one open any more.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from archive import layout
from archive.building import make
from archive.errors import ArchiveMissing
from archive.keys import ArchiveKey
from archive.signing import receipt, standing
from archive.signing.minisign import PublicKey
from archive.signing.receipt import State, Trusted
from archive.signing.standing import Standing
from archive.signing.statement import Statement
from archive.update import changelog, installed, locking, openness
from archive.update.changelog import Changelog, What
from archive.update.errors import OlderRelease, UntrustedUpdate, WrongBase
from archive.update.locking import Locks
from archive.update.planning import Plan
from archive.update.work import Work
from archive.verify import Step

Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A later release that lies whole and proven beside the one in use, and what leads to it. `names` are those of what
    was withdrawn, and what was corrected for safety; `withdrawn` its UUIDs, and `altered` documents whose texts were
    cut for it: for purging what the reader keeps, and for nothing else. `made` says that it was built for this; what
    lay there before is nobody's to take away. `locks` says what opens it."""

    path: Path
    said: Statement
    base: Path
    log: Changelog
    withdrawn: frozenset[str]
    names: tuple[str, ...] = field(repr=False)
    made: bool = True
    locks: Locks = Locks.SAME
    altered: frozenset[str] = frozenset()

    @property
    def concerns_notebook(self) -> bool:
        """Whether what the reader keeps may hold something of what goes."""
        return bool(self.withdrawn or self.names or self.left_out)

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

    What it is signed with must be trusted for the archive; where no key was compared for that, it may also be the key
    that the release in use was signed with. Raises UntrustedUpdate, OtherKey, BadSignature, NotADelta, NotARelease,
    WrongBase, OlderRelease, OtherFormats, NewerFormat, OtherContent, WithdrawnIsBack, Damaged, AlreadyExists, Cancelled
    and environment faults; then nothing is left of it.
    """
    release = layout.named(release)  # the later one is built beside it
    base = standing.read(release)
    if base.said.archive != key.archive:  # keys are trusted by the archive that it says it is
        raise UntrustedUpdate(path=str(release), state=str(State.TAMPERED))
    publishers = _publishers(release, base, trusted)
    place = installed.place_for(release, base.said, data)
    make(place, place, parents=True, mode=0o700)
    newest = max(base.said.number, installed.installed_number(place, base.said))
    source = plan.full or plan.deltas[-1]
    if plan.number <= newest:
        raise OlderRelease(path=str(source), number=plan.number, installed=newest)
    work = Work(release, key, base, publishers, place, progress, cancelled)
    try:
        target = (work.from_full(plan.full) if plan.full else work.from_deltas(plan.deltas)).said
        _require_later(source, target, base.said, newest)  # a plan is what somebody's files say
        path = place / installed.folder_name(target)
        compared = work.compare(path, target)
        changelog.save(installed.changes_file(path), key, compared.log)
        openness.readable_by_the_same(path, installed.changes_file(path))
        locks = locking.locks(release, path)
    except BaseException:
        if work.made is not None:
            _take_away(work.made)
        raise
    made = work.made is not None
    return Prepared(
        *(path, target, release, compared.log, compared.withdrawn, compared.names),
        made=made,
        locks=locks,
        altered=compared.altered,
    )


def switch(prepared: Prepared, data: Path) -> None:
    """Have the later release be the one in use. Raises OlderRelease where another took that place meanwhile,
    ArchiveMissing where it was taken away, and environment faults; then the old one still is.

    Older ones that hold what must go, or that lie in the reader's data folder, are noted to be deleted.
    """
    place, said = prepared.path.parent, prepared.said
    newest = installed.installed_number(place, said)
    if said.number < newest:
        raise OlderRelease(path=str(prepared.path), number=said.number, installed=newest)
    if not installed.is_there(prepared.path, said):
        raise ArchiveMissing(path=str(prepared.path))
    own = data / installed.RELEASES in place.parents
    leaving = installed.older(place, said) if prepared.log.gone or own else ()
    installed.switch(place, said, leaving)
    openness.readable_by_the_same(prepared.path, installed.file_of(place, said))


def drop(prepared: Prepared) -> None:
    """Take away a release that was prepared, and is not to be used; one that lay there before stays."""
    place, said = prepared.path.parent, prepared.said
    if prepared.made and installed.installed_number(place, said) < said.number:
        _take_away(prepared.path)


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
    return (*stayed, *elsewhere(prepared))


def elsewhere(prepared: Prepared) -> tuple[Path, ...]:
    """The release that was updated, where it holds what must go and lies where nothing is deleted by us."""
    stays = prepared.log.gone and prepared.base.parent != prepared.path.parent and prepared.base.exists()
    return (prepared.base,) if stays else ()


def _take_away(release: Path) -> None:
    shutil.rmtree(release, ignore_errors=True)
    with suppress(OSError):
        installed.changes_file(release).unlink(missing_ok=True)


def _require_later(source: Path, target: Statement, base: Statement, newest: int) -> None:
    """Raise unless what was verified is a later release of the same line."""
    if (target.archive, target.line) != (base.archive, base.line):
        raise WrongBase(path=str(source), line=target.line, needed=target.number, installed=base.number, why="line")
    if target.number <= newest:
        raise OlderRelease(path=str(source), number=target.number, installed=newest)


def _is_of(file: Path, said: Statement) -> bool:
    """Whether a file in a place is named after an older release of the line."""
    head = installed.folder_name(said).rpartition("-")[0]
    name, _, number = file.name.removesuffix(installed.CHANGES).rpartition("-")
    return name == head and number.isdigit() and int(number) < said.number


def _publishers(release: Path, base: Standing, trusted: Sequence[Trusted]) -> tuple[PublicKey, ...]:
    """The keys that an update may be signed with; the release in use is signed with one of them. A key that came with
    the program is trusted for every archive, and keeps nobody from the releases of another publisher."""
    known = [one for one in trusted if one.archive in ("", base.said.archive)]
    named = receipt.enclosed_key(release)
    own = named if named and standing.signer(base, (named,)) else None  # it may name any; this one signed it
    compared = any(one.archive for one in known)
    keys = [*(one.public for one in known), *([own] if own and not compared else [])]
    allowed = tuple(dict.fromkeys(keys))
    if standing.signer(base, allowed) is None:
        state = State.OTHER_KEY if own else State.TAMPERED
        raise UntrustedUpdate(path=str(release), state=str(state))
    return allowed
