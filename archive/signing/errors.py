"""Failures of keys for signing, of signatures, and of releases that are not what their publisher signed."""

from __future__ import annotations

from archive.errors import ArchiveError, WrongPassphrase


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


class RefusedRelease(ArchiveError):
    """A release is not what its publisher signed, or signed with another key. Facts: path, state (of the receipt), file
    (the first that is not as it was signed; empty where none is)."""

    code = "refused-release"
