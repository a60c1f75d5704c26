"""Sentences about releases: keys and signatures that do not fit, and updates that lead nowhere."""

from __future__ import annotations

from desktop.failures.facts import Sentences
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
    "not-a-delta": lambda f: tr(
        "{path} is no update, or cannot be used{why}. Nothing was changed; copy it anew with all that lies beside it.",
        path=f["path"],
        why=f.why(),
    ),
    "wrong-base": lambda f: _WRONG_BASE.get(str(f.get("why", "")), _WRONG_BASE[""])(f),
    "older-release": lambda f: tr(
        "{path} leads to release {number}, and release {installed} is installed. Nothing was changed; an older release "
        "would bring back what was corrected or withdrawn since.",
        path=f["path"],
        number=f["number"],
        installed=f["installed"],
    ),
    "other-content": lambda f: tr(
        "What came of it is not what the publisher signed, so it is not used: {path}. The release that is installed "
        "goes on as before. Ask the publisher for the full release.",
        path=f["path"],
    ),
    "other-formats": lambda f: tr(
        "{path} cannot be applied by this program: the releases are of formats {old} and {new}. Nothing was changed; "
        "use the full release.",
        path=f["path"],
        old=f["old"],
        new=f["new"],
    ),
    "no-update": lambda f: tr(
        "Nothing in {path} leads on from release {installed} of “{line}”. Nothing was changed.",
        path=f["path"],
        installed=f["installed"],
        line=f["line"],
    ),
    "untrusted-update": lambda f: tr(
        "{path} is not whole, or not signed by a publisher you trust, so it was not used. Nothing was changed; look at "
        "its receipt, and ask the publisher.",
        path=f["path"],
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

_WRONG_BASE: Sentences = {
    "": lambda f: tr(
        "{path} starts from release {needed} of “{line}”, and release {installed} is installed. Nothing was changed; "
        "first install release {needed}, or put the updates that lead to it beside this one.",
        path=f["path"],
        needed=f["needed"],
        installed=f["installed"],
        line=f["line"],
    ),
    "line": lambda f: tr(
        "{path} is for another archive, or for other readers of it (“{line}”). Nothing was changed.",
        path=f["path"],
        line=f["line"],
    ),
    "content": lambda f: tr(
        "{path} starts from another release {needed} than the one that is installed. Nothing was changed; ask the "
        "publisher for the full release.",
        path=f["path"],
        needed=f["needed"],
    ),
}
