"""Says why an update or the number of a release is refused: what happened, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Callable

from desktop.failures.facts import Facts, Sentences
from desktop.translate import tr


def _by_why(sentences: Sentences) -> Callable[[Facts], str]:
    """The sentence for the error's `why`; the first one where that is none of these."""
    return lambda f: sentences.get(f.get("why", ""), next(iter(sentences.values())))(f)


SENTENCES: Sentences = {
    "not-a-delta": lambda f: tr(
        "{path} is no update, or cannot be used{why}. Nothing was changed; copy it anew with all that lies beside it.",
        path=f["path"],
        why=f.why(),
    ),
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
    "wrong-base": _by_why(
        {
            "": lambda f: tr(
                "{path} starts from release {needed} of “{line}”, and release {installed} is installed. Nothing was "
                "changed; first install release {needed}, or put the updates that lead to it beside this one.",
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
                "{path} starts from another release {needed} than the one that is installed, though the number is the "
                "same. Nothing was changed. The publisher gave the number twice, as happens after an archive was "
                "restored from an old backup. Tell them, by a way you know, and ask for the full release.",
                path=f["path"],
                needed=f["needed"],
            ),
            "key": lambda f: tr(
                "{path} is release {needed} of “{line}” by its publisher, but it has another key inside than release "
                "{installed}, which is installed, so it cannot take its place. Nothing was changed. Ask the publisher "
                "for a release of the line that you have; or open this one by itself, with its own passphrase.",
                path=f["path"],
                needed=f["needed"],
                installed=f["installed"],
                line=f["line"],
            ),
        }
    ),
    "no-delta": _by_why(
        {
            "order": lambda f: tr(
                "{path} is release {number}, which is not later than release {other}. Nothing was made; name the older "
                "release first.",
                path=f["path"],
                number=f["number"],
                other=f["other"],
            ),
            "key": lambda f: tr(
                "{path} is not signed with the key {other}, and readers take an update only when both are signed with "
                "the same. Nothing was made; use the key that signed the release.",
                path=f["path"],
                other=f["other"],
            ),
        }
    ),
    "same-number": lambda f: tr(
        "{path} says that it is release {number} of “{line}”, but the release {number} that is installed has other "
        "content. Nothing was changed: the installed release and your notes are as they were. Either the publisher "
        "gave the number twice, as happens after an archive was restored from an old backup, or somebody else made "
        "this. Ask the publisher, by a way you know, which of the two counts, and for a release with a higher number.",
        path=f["path"],
        number=f["number"],
        line=f["line"],
    ),
    "number-taken": lambda f: tr(
        "{path} is release {number} of “{line}”, of which this archive knows nothing: it would make release "
        "{following} now. Nothing was published. The archive was probably restored from an old backup, and lacks what "
        "was recorded and withdrawn after that. Record and withdraw that again. Then number the "
        "release after {number}, or after a higher number that was given out: tick the box for that in the window, or "
        "give “--after {number}” at the terminal.",
        path=f["path"],
        number=f["number"],
        line=f["line"],
        following=f["following"],
    ),
    "withdrawn-is-back": lambda f: tr(
        "Release {number} holds records again that release {installed} had withdrawn ({count}), so it is not used: "
        "{path}. Release {installed} stays in use, and nothing was changed. The publisher's archive was probably "
        "restored from an old backup. Tell them, by a way you know, and ask for a release without these records.",
        path=f["path"],
        number=f["number"],
        installed=f["installed"],
        count=f["count"],
    ),
}
