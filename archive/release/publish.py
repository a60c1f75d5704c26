"""Publishes a release: a signed bag with what goes of an archive under the line's own key, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive import backup, connect, layout, medium, meta, slots, verify
from archive.building import building
from archive.connect import Database, translated, writing
from archive.container import ENDING, Archive
from archive.errors import AlreadyExists, Busy, Cancelled, Damaged, InvalidValue
from archive.keys import ArchiveKey
from archive.release import lines
from archive.release.admitting import Admission
from archive.release.choice import Choice
from archive.release.copying import Copying, counts
from archive.release.lines import Line
from archive.release.numbers import refuse_taken
from archive.release.root import content_root
from archive.release.selecting import left_behind
from archive.signing import bag, minisign, seal, standing, statement
from archive.signing.minisign import SecretKey
from archive.signing.standing import Standing
from archive.signing.statement import Statement
from archive.verify import Step

SLOT = "partner"
NOTED = ("document", "subject", "fact")
WriteSlots = Callable[[Path, ArchiveKey, str | None, Sequence[str], str], None]


@dataclass(frozen=True, slots=True)
class Locks:
    """Who may open the release: recipients (`age1…`), whoever knows the passphrase, or with `open` everybody."""

    passphrase: str | None = None
    recipients: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A release as it was made: where it lies, and what was signed. `cost` is the scrypt cost of its passphrase slot
    as log2(N), 0 without one; above 18 weak computers cannot open it."""

    path: Path
    statement: Statement
    cost: int


def publish(
    archive: Archive,
    out: Path,
    secret: SecretKey,
    choice: Choice,
    locks: Locks,
    *,
    publisher: str,
    line: str = "",
    after: int = 0,
    progress: Callable[[Step], None] = lambda step: None,
    cancelled: Callable[[], bool] = bool,
    write_slots: WriteSlots = slots.write,
) -> Published:
    """Make the next release of a line in the folder `out`, or under the name `out` where that is none yet.

    The same content on the same day keeps its number, so that the statement is the same byte for byte. Takes one moment
    of the archive, which others may use meanwhile. `publisher` is the name it goes by. `after` is the last number that
    was given, where the archive has forgotten that. `write_slots` is what wraps the line's key, for whoever cannot let
    scrypt hold Python's lock.
    Raises InvalidValue (no way to open it, a recipient, the publisher's name), NoSuchLine, AlreadyExists, NumberTaken,
    Cancelled, Damaged (of the archive) and environment faults; then nothing is left but perhaps a used number.
    """
    if not (locks.passphrase or locks.recipients or locks.open):
        raise InvalidValue(field="recipient", value="", why="nobody could open the release")
    chosen = lines.chosen(archive.db, line, archive.path.name.removesuffix(ENDING))
    following = max(chosen.number, after) + 1
    place = out if _is_place(out) else out.parent
    refuse_taken(place, chosen, following, after=after)
    target = _target(out, chosen, following)
    if archive.path.resolve() in target.resolve().parents:
        raise AlreadyExists(path=str(archive.path))
    settled = [target]
    with translated(target):
        with building(target, lambda: settled[0]) as folder:
            data = folder / bag.DATA
            data.mkdir(mode=0o700)
            write_slots(data, chosen.key, locks.passphrase, locks.recipients, SLOT)
            editors = _fill(archive, folder, chosen, choice, progress, cancelled)
            said = _said(data, chosen, choice, publisher, following, progress, cancelled)
            refuse_taken(place, chosen, said.number, said.content_root, after=after)
            settled[0] = _target(out, chosen, said.number)
            _sign(folder, said, secret, progress, cancelled)
            _check(folder, chosen, progress, cancelled)
            backup.flush(folder)
            _note(archive, data, chosen, said, editors)
        medium.flush_folder(settled[0].parent)
    cost = slots.passphrase_cost(settled[0] / bag.DATA, SLOT) if locks.passphrase else 0
    return Published(settled[0], said, cost)


def _is_place(out: Path) -> bool:
    """Whether a path is a folder to publish into, and not an archive or release."""
    return os.path.isdir(out) and not os.path.exists(layout.home(out) / "archive.db")


def _target(out: Path, line: Line, number: int) -> Path:
    target = out / f"{line.name}-{number:04d}{ENDING}" if _is_place(out) else out
    if os.path.exists(target):
        raise AlreadyExists(path=str(target))
    return target


def _fill(
    archive: Archive,
    folder: Path,
    line: Line,
    choice: Choice,
    progress: Callable[[Step], None],
    cancelled: Callable[[], bool],
) -> tuple[str, ...]:
    """Fill `data` with what goes; returns the desk names that went out, in the order of their numbers."""
    filling = folder / "archive.db"
    archive.db.conn.execute("BEGIN")
    try:
        left = left_behind(archive.db, choice)
        admission = Admission(archive.db, left, choice, line.name, line.editors)
        copying = Copying(archive, left, choice, admission, progress, cancelled)
        copying.fill(filling, line.key, folder / bag.DATA, folder / bag.DATA / "archive.db")
    finally:
        archive.db.conn.execute("ROLLBACK")
    for file in folder.glob("archive.db*"):
        file.unlink()
    return tuple(admission.editors)


def _said(
    data: Path,
    line: Line,
    choice: Choice,
    publisher: str,
    following: int,
    progress: Callable[[Step], None],
    cancelled: Callable[[], bool],
) -> Statement:
    """What the release says of itself. The same content on the same day keeps its number."""
    with _opened(data, line) as db:
        root = content_root(db, lambda section, done: progress(Step("root", section, done, done)), cancelled)
        again = line.number > 0 and (line.date, line.root) == (choice.date, root)
        return Statement(
            archive=line.key.archive,
            line=line.name,
            number=line.number if again else following,
            date=choice.date,
            content_root=root,
            format=int(meta.read(db, "format")),
            readable_from=int(meta.read(db, "readable_from")),
            counts=counts(db),
            slim=choice.slim,
            publisher=publisher,
        )


def _sign(
    folder: Path,
    said: Statement,
    secret: SecretKey,
    progress: Callable[[Step], None],
    cancelled: Callable[[], bool],
) -> None:
    """Put the statement with a signature of its own into `data`, then make the bag and sign that."""
    text = "".join(f"{label}: {value}\n" for label, value in statement.to_info(said).items())
    signature = minisign.sign(text.encode(), secret, statement.to_comment(said))
    standing.write(folder / bag.DATA, Standing(said, text, signature))

    def heard(path: str, done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(Step("seal", path, done, total))

    seal.seal(folder, said, secret, progress=heard)


def _check(folder: Path, line: Line, progress: Callable[[Step], None], cancelled: Callable[[], bool]) -> None:
    """Open the release as a partner will, and verify all that it holds. Raises Damaged."""
    with Archive(folder, line.key, write=False) as made:
        findings = verify.check(made, progress, cancelled)
    if findings.faults:
        fault = findings.faults[0]
        raise Damaged(path=str(folder), why=f"{fault.where}: {fault.what}")


def _note(archive: Archive, data: Path, line: Line, said: Statement, editors: Iterable[str]) -> None:
    """Note the release in the working archive. Raises Busy where another of the same line was made meanwhile."""
    with _opened(data, line) as made, writing(archive.db):
        now = next((one.number for one in lines.every(archive.db) if one.name == line.name), 0)
        if now != line.number:
            raise Busy(path=str(archive.path))
        lines.published(archive.db, line, said.number, said.date, said.content_root, editors)
        for table in NOTED:
            found = made.conn.execute(f"SELECT uuid FROM {table} ORDER BY uuid")
            lines.note(archive.db, line.name, said.number, (identity for (identity,) in found))


@contextmanager
def _opened(data: Path, line: Line) -> Iterator[Database]:
    db = connect.connect(data / "archive.db", line.key.secret("archive"), "frozen")
    try:
        yield db
    finally:
        db.conn.close()
