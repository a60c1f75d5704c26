"""Takes a document, subject or fact out of the working archive and thus of its next releases, after saying what goes.

First the preview, then one transaction on `archive.db` (`purging`), then what has to be erased beside it (`erasing`).
What was derived from the archive is made anew by whoever derived it; `erasing.derived` says that it has to be.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.alone import alone
from archive.connect import Database, translated, writing
from archive.container import Archive
from archive.errors import ChangedMeanwhile, EnvironmentFault, InvalidValue
from archive.withdrawal import erasing, purging, reach, replacing, tombstones
from archive.withdrawal.erasing import Step
from archive.withdrawal.preview import Preview, look
from archive.withdrawal.reach import Target
from archive.withdrawal.replacing import Instead
from archive.withdrawal.tombstones import Reason


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done: the UUIDs of the documents, subjects and facts that went, the day and the reason; their names and
    titles, for whoever keeps words of them elsewhere (they must not be stored). `erased` says whether the archive's
    files hold nothing of them any more: else something was in the way, and the next opening for writing goes on.
    `altered` are the documents that stay and whose texts were cut; `recorded` is the fact that stands instead."""

    records: tuple[str, ...]
    at: str
    reason: Reason
    names: tuple[str, ...]
    erased: bool
    altered: tuple[str, ...] = ()
    recorded: str = ""


def preview(db: Database, identity: str, *, members: bool = True) -> Preview:
    """Say what would go with a record, and change nothing.

    `identity` is a UUID, a document's SHA-256, a case's code, or the beginning of one. With `members` what was found
    inside a document and nowhere else goes too. Raises Withdrawn, NoSuchRecord and AmbiguousId.
    """
    return look(db, reach.of(db, reach.target(db, identity), members=members))


def withdraw(
    archive: Archive,
    seen: Preview,
    reason: Reason,
    *,
    note: str = "",
    instead: Instead | None = None,
    progress: Step = lambda step, done, total: None,
) -> Withdrawal:
    """Take out what was `seen` in a preview; nothing else may have come to go meanwhile.

    `note` stays in the custody log of this archive and enters no release. `instead` is recorded in the place of a fact,
    in the same transaction; then the record it is about stays, though nothing else were known of it. Raises
    ChangedMeanwhile where more or less would go than was seen, Busy while an import runs, Withdrawn and NoSuchRecord
    where another took it out meanwhile, InvalidValue (`instead`), and environment faults; then nothing is changed.
    """
    db = archive.db
    with alone(archive.path), translated(archive.path):
        with writing(db):
            goes: Target = reach.target(db, seen.id)
            found = reach.of(db, goes, members=seen.members)
            if look(db, found) != seen:
                raise ChangedMeanwhile(id=seen.id)
            told, recorded = seen, ""
            if instead is not None:
                if goes.sort != "fact":
                    raise InvalidValue(field="value", value=instead.value, why="only a fact has a right value")
                recorded = replacing.record(db, goes.id, instead, who=archive.desk)
                found = reach.of(db, goes, members=seen.members)
                told = look(db, found)
            gone = purging.purge(db, found, reason, " ".join(note.split()), who=archive.desk)
        try:
            erasing.finish(archive, progress)
            erased = True
        except EnvironmentFault:  # it is noted, and done at the next opening
            erased = False
    altered = tuple(one.id for one in seen.containers)
    return Withdrawal(gone, tombstones.today(), reason, told.names, erased, altered, recorded)
