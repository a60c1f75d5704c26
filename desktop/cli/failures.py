"""Tells of an expected failure and gives the exit status that stands for it."""

from __future__ import annotations

from typing import Any

from archive import errors
from archive.errors import ArchiveError
from archive.notebook import errors as notebook
from archive.signing import errors as signing
from archive.update import errors as update
from desktop import messages
from desktop.cli import terminal

DONE, LISTED, USAGE, LOCKED, DAMAGED, ENVIRONMENT = range(6)

# The first that fits counts.
_STATUSES: tuple[tuple[type[ArchiveError], int], ...] = (
    (errors.CannotUnlock, LOCKED),
    (errors.NewerFormat, LOCKED),
    (errors.AlteredStatement, DAMAGED),
    (signing.BadSignature, DAMAGED),
    (signing.OtherKey, DAMAGED),
    (signing.RefusedRelease, DAMAGED),
    (signing.NotASignature, DAMAGED),
    (signing.NotAKey, USAGE),
    (signing.NotARelease, USAGE),
    (update.OtherContent, DAMAGED),
    (update.UntrustedUpdate, DAMAGED),
    (update.NotADelta, USAGE),
    (update.WrongBase, USAGE),
    (update.OlderRelease, USAGE),
    (update.OtherFormats, USAGE),
    (update.NoUpdate, USAGE),
    (update.NoDelta, USAGE),
    (update.SameNumber, DAMAGED),
    (update.WithdrawnIsBack, DAMAGED),
    (errors.NumberTaken, USAGE),
    (errors.NotAStatement, USAGE),
    (errors.NotAList, USAGE),
    (notebook.PackageForOthers, LOCKED),
    (notebook.NewerPackage, LOCKED),
    (notebook.AlteredPackage, DAMAGED),
    (notebook.MissignedPackage, DAMAGED),
    (notebook.NotAPackage, USAGE),
    (notebook.PackageTooLarge, USAGE),
    (notebook.PackageAboutAnother, USAGE),
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
    if as_json and not isinstance(error, errors.AnswerCut):  # which could not be written either
        facts: dict[str, Any] = {"code": error.code, "message": sentence, **error.facts}
        terminal.emit({"error": facts})
    return status(error)
