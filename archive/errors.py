"""The failures that are expected of an archive, as exceptions with a code and facts, and what all such failures are."""

from __future__ import annotations


class ArchiveError(Exception):
    """An expected failure. `code` names it for programs, `facts` holds what a sentence about it needs, which
    `desktop.messages` says to people. Those of signing, updates and notebooks stand in `errors` of their own folders.

    Anything that is not an ArchiveError is a bug and goes to the crash dialog.
    """

    code = "archive-error"

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])


class ArchiveMissing(ArchiveError):
    """There is nothing at the path. Facts: path."""

    code = "missing"


class NotAnArchive(ArchiveError):
    """What lies at the path is no Tamarisk archive. Facts: path, why."""

    code = "not-an-archive"


class AlreadyExists(ArchiveError):
    """Something lies where a new archive, backup or copy was to be written. Facts: path."""

    code = "already-exists"


class CannotUnlock(ArchiveError):
    """No key slot could be opened. Facts: path."""

    code = "cannot-unlock"


class WrongPassphrase(CannotUnlock):
    """The passphrase opens none of the archive's slots. Facts: path."""

    code = "wrong-passphrase"


class PassphraseNeeded(CannotUnlock):
    """The archive is protected and no passphrase or identity was given. Facts: path."""

    code = "passphrase-needed"


class NewerFormat(ArchiveError):
    """The archive needs a newer program. Facts: path, readable_from, supported."""

    code = "newer-format"


class Damaged(ArchiveError):
    """A file of the archive does not hold what it must. Facts: path, why."""

    code = "damaged"


class LeftOpen(Damaged):
    """A database has a journal, so it is in use or was not closed, and cannot be written from here. Facts: path."""

    code = "left-open"


class EnvironmentFault(ArchiveError):
    """The machine, not the archive, is in the way. Facts: path, why."""

    code = "environment"


class ReadOnlyMedium(EnvironmentFault):
    """Writing was asked for where nothing may be written. Facts: path."""

    code = "read-only"


class DiskFull(EnvironmentFault):
    """No room is left on the medium; nothing committed before is lost. Facts: path."""

    code = "disk-full"


class NoPermission(EnvironmentFault):
    """The system denies access. Facts: path."""

    code = "no-permission"


class NotSaved(EnvironmentFault):
    """A file that was to leave the archive could not be written, and nothing of it was left. Facts: path; fault, the
    code of what was in the way; why."""

    code = "not-saved"


class AnswerCut(EnvironmentFault):
    """An answer could not be written to its end where it was sent to. Facts: why."""

    code = "answer-cut"


class Busy(EnvironmentFault):
    """Another program holds the archive's write lock for longer than we wait. Facts: path."""

    code = "busy"


class UnsafePlace(EnvironmentFault):
    """A working archive was to lie on a network share or in a synced folder. Facts: path, why."""

    code = "unsafe-place"


class EditorNeeded(ArchiveError):
    """Importing was asked of an installation that has no libraries for it: the reading edition. No facts."""

    code = "editor-needed"


class NoSuchRecord(ArchiveError):
    """No record has this id. Facts: id."""

    code = "no-such-record"


class AmbiguousId(ArchiveError):
    """Several records begin with this id. Facts: id, count."""

    code = "ambiguous-id"


class Withdrawn(ArchiveError):
    """The record, or bytes that were to come in, was withdrawn. Facts: id; at, the ISO day; reason, a code."""

    code = "withdrawn"


class InvalidValue(ArchiveError):
    """A value a person entered cannot be kept as it is. Facts: field, value, why."""

    code = "invalid-value"


class Cancelled(ArchiveError):
    """The user stopped the work; what was committed stays. No facts."""

    code = "cancelled"


class OriginalAbsent(ArchiveError):
    """The bytes of a document are not in this archive: a slim release leaves them out. Facts: sha256."""

    code = "original-absent"


class Moving(ArchiveError):
    """The archive changed all the while something was to be told of it as it is at one moment. No facts."""

    code = "moving"


class NotAStatement(ArchiveError):
    """A file is no search statement that this program reads. Facts: path, why."""

    code = "not-a-statement"


class AlteredStatement(ArchiveError):
    """A search statement is not as it was written. Facts: path."""

    code = "altered-statement"


class NotAList(ArchiveError):
    """A file holds no list of names or words. Facts: path, why."""

    code = "not-a-list"


class ChangedMeanwhile(ArchiveError):
    """Another window or program changed the record since it was read; nothing was overwritten. Facts: id."""

    code = "changed-meanwhile"


class NoSuchLine(ArchiveError):
    """The archive has several release lines, and none was named. Facts: names."""

    code = "no-such-line"


class Frozen(ArchiveError):
    """Something was to be written into a release, which stays as it was signed. Facts: path."""

    code = "release-frozen"


class NumberTaken(ArchiveError):
    """Where a release was to be published lies one of the same line with its number or a higher one. Facts: path (of
    that), line, number (its), following (the number that was to be given)."""

    code = "number-taken"
