"""Sentences about what the machine lacks or refuses: room, permission, a safe place, a part of the program."""

from __future__ import annotations

from desktop.failures.facts import Sentences
from desktop.translate import tr

SENTENCES: Sentences = {
    "environment": lambda f: tr(
        "The computer would not do it: {path}{why}. What was stored before is unchanged.",
        path=f["path"],
        why=f.why(),
    ),
    "read-only": lambda f: tr(
        "Nothing can be written here: {path}. You can search and read; to import or correct, copy the archive to a "
        "place that can be written.",
        path=f["path"],
    ),
    "disk-full": lambda f: tr(
        "The disk is full: {path}. Everything stored before is kept. Free some room and start again; the work goes on "
        "where it stopped.",
        path=f["path"],
    ),
    "no-permission": lambda f: tr(
        "The system does not allow access to {path}. Check who owns it and its permissions.", path=f["path"]
    ),
    "answer-cut": lambda f: tr(
        "The answer could not be written where it was sent to{why}: what is there is not all of it. What was stored in "
        "the archive is unchanged by this. Make room there or choose another place, and ask again.",
        why=f.why(),
    ),
    "not-saved": lambda f: _UNSAVED.get(f["fault"], _UNSAVED["environment"])(f),
    "busy": lambda f: tr(
        "Another program is writing to this archive: {path}. Wait until it is done, or close it, then try again.",
        path=f["path"],
    ),
    "unsafe-place": lambda f: tr(
        "{path} is not a safe place for an archive in use{why}. Copy it to a folder on this computer's own disk.",
        path=f["path"],
        why=f.why(),
    ),
    "editor-needed": lambda f: tr(
        "Importing files, and vocabularies as SKOS, needs the editor edition of Tamarisk, and this is the reading "
        "edition. Nothing was changed; searching, reading, notes and updates work without it. To import, install "
        "tamarisk-editor and start the program again."
    ),
}

_UNSAVED: Sentences = {
    "disk-full": lambda f: tr(
        "The disk is full: {path} was not saved, and nothing of it was left there. Free some room, or choose another "
        "place.",
        path=f["path"],
    ),
    "read-only": lambda f: tr(
        "Nothing can be written there: {path} was not saved. Choose another place.", path=f["path"]
    ),
    "no-permission": lambda f: tr(
        "The system does not allow writing there: {path} was not saved. Choose another place.", path=f["path"]
    ),
    "environment": lambda f: tr(
        "{path} could not be saved{why}, and nothing of it was left there. Choose another place or name.",
        path=f["path"],
        why=f.why(),
    ),
}
