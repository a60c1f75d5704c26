"""Tells of an expected failure and gives the exit status that stands for it."""

from __future__ import annotations

from typing import Any

from archive import errors
from archive.errors import ArchiveError
from desktop import messages
from desktop.cli import terminal

DONE, LISTED, USAGE, LOCKED, DAMAGED, ENVIRONMENT = range(6)

# The first that fits counts.
_STATUSES: tuple[tuple[type[ArchiveError], int], ...] = (
    (errors.CannotUnlock, LOCKED),
    (errors.NewerFormat, LOCKED),
    (errors.AlteredStatement, DAMAGED),
    (errors.BadSignature, DAMAGED),
    (errors.OtherKey, DAMAGED),
    (errors.RefusedRelease, DAMAGED),
    (errors.NotASignature, DAMAGED),
    (errors.NotAKey, USAGE),
    (errors.NotARelease, USAGE),
    (errors.OtherContent, DAMAGED),
    (errors.UntrustedUpdate, DAMAGED),
    (errors.NotADelta, USAGE),
    (errors.WrongBase, USAGE),
    (errors.OlderRelease, USAGE),
    (errors.OtherFormats, USAGE),
    (errors.NoUpdate, USAGE),
    (errors.NoDelta, USAGE),
    (errors.SameNumber, DAMAGED),
    (errors.NumberTaken, USAGE),
    (errors.WithdrawnIsBack, DAMAGED),
    (errors.NotAStatement, USAGE),
    (errors.NotAList, USAGE),
    (errors.PackageForOthers, LOCKED),
    (errors.NewerPackage, LOCKED),
    (errors.AlteredPackage, DAMAGED),
    (errors.MissignedPackage, DAMAGED),
    (errors.NotAPackage, USAGE),
    (errors.PackageTooLarge, USAGE),
    (errors.PackageAboutAnother, USAGE),
    (errors.LeftOpen, ENVIRONMENT),
    (errors.Damaged, DAMAGED),
    (errors.EnvironmentFault, ENVIRONMENT),
    (errors.ArchiveMissing, USAGE),
    (errors.NotAnArchive, USAGE),
    (errors.AlreadyExists, USAGE),
    (errors.EditorNeeded, USAGE),
    (errors.NoSuchRecord, USAGE),
    (errors.AmbiguousId, USAGE),
    (errors.Withdrawn, USAGE),
    (errors.InvalidValue, USAGE),
    (errors.NoSuchLine, USAGE),
    (errors.Frozen, USAGE),
)


def status(error: ArchiveError) -> int:
    """The exit status: 2 wrong request, 3 cannot be opened, 4 damaged, 5 the environment, else 1."""
    return next((number for kind, number in _STATUSES if isinstance(error, kind)), LISTED)


def tell(error: ArchiveError, as_json: bool) -> int:
    """Say what happened on standard error, with `as_json` also as an object on standard output."""
    sentence = terminal.clean(messages.sentence(error))
    terminal.remark(sentence)
    if as_json:
        facts: dict[str, Any] = {"code": error.code, "message": sentence, **error.facts}
        terminal.emit({"error": facts})
    return status(error)
