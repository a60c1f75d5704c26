"""Failures of a reader's notebook, and of the packages in which notes are handed over."""

from __future__ import annotations

from archive.errors import ArchiveError, CannotUnlock, Damaged


class NotebookDamaged(Damaged):
    """The notebook about an archive, or its key, does not hold what it must. Facts: path (its folder), why."""

    code = "notebook-damaged"


class NotebookLocked(CannotUnlock):
    """The notebook about an archive was made under another key of it. Facts: path (its folder)."""

    code = "notebook-locked"


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
