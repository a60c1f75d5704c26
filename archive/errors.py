"""Every failure the program expects, as an exception with a code and facts; sentences stand in `desktop.messages`."""

from __future__ import annotations


class ArchiveError(Exception):
    """An expected failure. `code` names it for programs, `facts` holds what a sentence about it needs.

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


class NotAPackage(ArchiveError):
    """A file is no package of a notebook that this program reads. Facts: path, why."""

    code = "not-a-package"


class PackageForOthers(ArchiveError):
    """A package was sealed for other keys than the reader's own. Facts: path, key."""

    code = "package-for-others"


class AlteredPackage(ArchiveError):
    """A package is cut off, or not as it was sealed. Facts: path."""

    code = "altered-package"


class PackageTooLarge(ArchiveError):
    """A package is larger than the limit, as a file or unpacked. Facts: path, limit (MB)."""

    code = "package-too-large"


class PackageAboutAnother(ArchiveError):
    """A package belongs to another archive. Facts: path, archive."""

    code = "package-about-another"


class NewerPackage(ArchiveError):
    """A package was made by a newer program. Facts: path, version, supported."""

    code = "newer-package"


class MissignedPackage(ArchiveError):
    """A package bears a signature that does not fit what it holds, or whom it was made for. Facts: path."""

    code = "missigned-package"


class NotAKey(ArchiveError):
    """A file or text holds no key of minisign that can be used. Facts: what (`public`, `secret`, `file`), why."""

    code = "not-a-key"


class WrongKeyPassphrase(WrongPassphrase):
    """The passphrase does not open a secret key for signing. No facts."""

    code = "wrong-key-passphrase"


class NotASignature(ArchiveError):
    """A text is no signature of minisign's newer kind. Facts: why."""

    code = "not-a-signature"


class BadSignature(ArchiveError):
    """What is signed, or the comment, is not what this key signed. Facts: key (its id)."""

    code = "bad-signature"


class OtherKey(ArchiveError):
    """A signature was made with another key than the one it was held against. Facts: key, expected (ids)."""

    code = "other-key"


class NotARelease(ArchiveError):
    """A folder is no release, or does not say in a form that can be read what it is. Facts: path, why."""

    code = "not-a-release"


class NotebookDamaged(Damaged):
    """The notebook about an archive, or its key, does not hold what it must. Facts: path (its folder), why."""

    code = "notebook-damaged"


class NotebookLocked(CannotUnlock):
    """The notebook about an archive was made under another key of it. Facts: path (its folder)."""

    code = "notebook-locked"


class RefusedRelease(ArchiveError):
    """A release is not what its publisher signed, or signed with another key. Facts: path, state (of the receipt), file
    (the first that is not as it was signed; empty where none is)."""

    code = "refused-release"


class NoSuchLine(ArchiveError):
    """The archive has several release lines, and none was named. Facts: names."""

    code = "no-such-line"


class Frozen(ArchiveError):
    """Something was to be written into a release, which stays as it was signed. Facts: path."""

    code = "release-frozen"


class NotADelta(ArchiveError):
    """A file is no update of a release, or does not say in a form that can be read what it is. Facts: path, why."""

    code = "not-a-delta"


class WrongBase(ArchiveError):
    """An update fits another release than the one that is installed. Facts: path, line, needed and installed
    (numbers); `why` is `line` where it is of another archive or line, `content` where the number is the same."""

    code = "wrong-base"


class OlderRelease(ArchiveError):
    """A release or update is not newer than what is installed. Facts: path, number, installed."""

    code = "older-release"


class OtherContent(ArchiveError):
    """What a release came to hold is not what its publisher signed. Facts: path, expected and found (roots)."""

    code = "other-content"


class OtherFormats(ArchiveError):
    """An update by records cannot lead from one format to another. Facts: path, old, new."""

    code = "other-formats"


class NoUpdate(ArchiveError):
    """Nothing newer for an installed release lies in a place. Facts: path, line, installed."""

    code = "no-update"


class UntrustedUpdate(ArchiveError):
    """The release that is installed, or the one that is to take its place, is not known to be whole and by a publisher
    who is trusted. Facts: path, state."""

    code = "untrusted-update"


class NoDelta(ArchiveError):
    """No update can be made, or told, between two releases. Facts: path (of the later one), number, other; `why` is
    `order` where it is not later than release `other`, `key` where another key than `other` signed it."""

    code = "no-delta"


class SameNumber(ArchiveError):
    """A release or update says that it is the release that is installed, and holds other content. Facts: path, line,
    number."""

    code = "same-number"


class NumberTaken(ArchiveError):
    """Where a release was to be published lies one of the same line with its number or a higher one. Facts: path (of
    that), line, number (its), following (the number that was to be given)."""

    code = "number-taken"


class WithdrawnIsBack(ArchiveError):
    """A later release holds again what the installed one withdrew. Facts: path, number, installed, count."""

    code = "withdrawn-is-back"
