"""Sentences about a reader's notebook, and the packages in which notes are handed over."""

from __future__ import annotations

from desktop.failures.facts import Sentences
from desktop.translate import tr

SENTENCES: Sentences = {
    "notebook-damaged": lambda f: tr(
        "Your notebook cannot be opened, because it is damaged: {path}{why}. The archive itself is not "
        "touched. Move that folder elsewhere, and a new notebook begins; “tamarisk notebook "
        "import” brings in what you exported as JSON.",
        path=f["path"],
        why=f.why(),
    ),
    "notebook-locked": lambda f: tr(
        "Your notebook cannot be opened: it was made under another key of this archive ({path}). The archive "
        "itself is not touched. If you gave the notebook a passphrase, “tamarisk notebook unlock” opens it; "
        "else move that folder elsewhere, and a new notebook begins.",
        path=f["path"],
    ),
    "not-a-package": lambda f: tr(
        "{path} is not a notebook package that this program can read{why}. Your notebook is unchanged. Ask for the "
        "file as it was made.",
        path=f["path"],
        why=f.why(),
    ),
    "package-for-others": lambda f: tr(
        "{path} was made for another key than yours, or its first lines were altered. Your notebook is unchanged. Your "
        "key is {key}; send it to whoever made the package, and ask for a new one.",
        path=f["path"],
        key=f["key"],
    ),
    "altered-package": lambda f: tr(
        "{path} is cut off, or not as it was made. Your notebook is unchanged. Copy the file once more, or ask for it "
        "again.",
        path=f["path"],
    ),
    "package-too-large": lambda f: tr(
        "{path} is larger than the {limit} MB that a notebook package may have, packed or unpacked. No notebook was "
        "changed. Hand over one collection at a time.",
        path=f["path"],
        limit=f["limit"],
    ),
    "package-about-another": lambda f: tr(
        "{path} belongs to another archive than the one that is open. Your notebook is unchanged. Open the archive "
        "with the id {archive}, and merge it there.",
        path=f["path"],
        archive=f["archive"],
    ),
    "newer-package": lambda f: tr(
        "{path} was made by a newer version of Tamarisk (format {version}, this program reads up to {supported}). Your "
        "notebook is unchanged. Install the newer program to read it.",
        path=f["path"],
        version=f["version"],
        supported=f["supported"],
    ),
    "missigned-package": lambda f: tr(
        "The signature in {path} does not fit what the package holds. Your notebook is unchanged. Ask whoever sent it, "
        "over another way, whether they made it.",
        path=f["path"],
    ),
}
