"""Failures of updates: files that are none, that lead nowhere from what is installed, or that nobody should trust."""

from __future__ import annotations

from archive.errors import ArchiveError


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


class WithdrawnIsBack(ArchiveError):
    """A later release holds again what the installed one withdrew. Facts: path, number, installed, count."""

    code = "withdrawn-is-back"
