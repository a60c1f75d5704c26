"""Sentences about releases: keys and signatures that do not fit, and updates that lead nowhere."""

from __future__ import annotations

from desktop.failures.facts import Facts, Sentences
from desktop.translate import tr

SENTENCES: Sentences = {
    "wrong-key-passphrase": lambda f: tr(
        "This passphrase does not open the secret key for signing. Check caps lock and the keyboard layout, then try "
        "again."
    ),
    "not-a-key": lambda f: tr(
        "That is not a key that can be used for signatures{why}. Choose the file that “tamarisk key new” or minisign "
        "made.",
        why=f.why(),
    ),
    "not-a-signature": lambda f: tr(
        "The signature cannot be read{why}, so nobody can tell who published this. Do not use it; ask the publisher "
        "for a new copy.",
        why=f.why(),
    ),
    "bad-signature": lambda f: tr(
        "The signature does not fit: this is not what the publisher signed with the key {key}. Do not use it; ask the "
        "publisher for a new copy.",
        key=f["key"],
    ),
    "other-key": lambda f: tr(
        "This was signed with another key ({key}) than the one you trust ({expected}). Do not use it before you have "
        "asked the publisher, by a way you know, whether their key has changed.",
        key=f["key"],
        expected=f["expected"],
    ),
    "not-a-release": lambda f: tr(
        "{path} is not a release, or does not say what it is in a form that can be read{why}. Nothing was changed.",
        path=f["path"],
        why=f.why(),
    ),
    "refused-release": lambda f: {
        "other-key": tr(
            "{path} was signed with another key than the one you trust for this archive, so it was not opened. Ask the "
            "publisher, by a way you know, whether their key has changed. Nothing was changed.",
            path=f["path"],
        ),
        "tampered": tr(
            "What {path} says of itself is not what was signed, so it was not opened. Somebody changed it, or it broke "
            "when it was copied. Copy it anew, or ask the publisher for another copy; `tamarisk verify` tells more. "
            "Nothing was changed.",
            path=f["path"],
        ),
        "stripped": _stripped(f),
        "same-number": _another(f),
    }.get(
        str(f["state"]),
        tr(
            "{path} is not as it was published ({file}), so it was not opened. It broke when it was copied, or "
            "somebody changed it. Copy it anew, or ask the publisher for another copy; `tamarisk verify` tells more. "
            "Nothing was changed.",
            path=f["path"],
            file=f["file"],
        ),
    ),
    "release-frozen": lambda f: tr(
        "{path} is a release, which stays as it was signed: nothing can be written into it. You can search and read; "
        "to copy it, copy its folder.",
        path=f["path"],
    ),
    "no-such-line": lambda f: tr(
        "The archive has several release lines: {names}. Nothing was published; say which one is meant.",
        names=f["names"],
    ),
}


def _stripped(f: Facts) -> str:
    """A release without its signature is not opened."""
    return tr(
        "{path} is a release, as its content tells or this computer remembers, but its signature and lists of files "
        "are gone, so it was not opened: nobody can tell whether what is in it is what was published. Copy it anew, or "
        "ask the publisher for another copy. Nothing was changed, and your notes are kept apart from it.",
        path=f["path"],
    )


def _another(f: Facts) -> str:
    """A release is not opened whose number was read before with other content."""
    return tr(
        "{path} has the number of a release that you have read before, and other content, so it was not opened. "
        "Nothing was changed; the one you have and your notes are as they were. The publisher gave the number twice, "
        "as happens after an archive was restored from an old backup. Ask them, by a way you know, which of the two "
        "counts.",
        path=f["path"],
    )
