"""Sentences about archives that cannot be opened or changed, and records and files that are not what was asked for."""

from __future__ import annotations

from desktop import labels
from desktop.failures.facts import Sentences
from desktop.translate import tr
from desktop.withdrawal.why import why_withdrawn

SENTENCES: Sentences = {
    "missing": lambda f: tr(
        "There is no archive at {path}. Was the stick removed or the folder moved?", path=f["path"]
    ),
    "not-an-archive": lambda f: tr(
        "{path} is not a Tamarisk archive{why}. Choose the folder whose name ends in .tamarisk.",
        path=f["path"],
        why=f.why(),
    ),
    "already-exists": lambda f: tr(
        "Something is already there: {path}. It was left as it is; choose another name.", path=f["path"]
    ),
    "wrong-passphrase": lambda f: tr(
        "This passphrase does not open the archive. Check caps lock and the keyboard layout, then try again."
    ),
    "passphrase-needed": lambda f: tr("This archive is protected. Enter its passphrase."),
    "cannot-unlock": lambda f: tr("None of the archive's keys could be opened: {path}.", path=f["path"]),
    "changed-meanwhile": lambda f: tr(
        "Another window or program has changed this record meanwhile. Nothing was overwritten. Look at it again, then "
        "repeat what you wanted."
    ),
    "newer-format": lambda f: tr(
        "This archive was made by a newer version of Tamarisk (it needs format {needed}, this program reads up to "
        "{supported}). Nothing was changed. Install the newer program to open it.",
        needed=f["readable_from"],
        supported=f["supported"],
    ),
    "damaged": lambda f: tr(
        "A file of the archive is damaged: {path}{why}. Nothing was changed. Make a copy of the folder as it is, "
        "then restore your last backup.",
        path=f["path"],
        why=f.why(),
    ),
    "left-open": lambda f: tr(
        "The archive is in use, or was not closed when it was last used, and nothing can be written here: {path}. What "
        "it holds cannot be read in full like this. Close it where it is open, or copy the whole folder to a place "
        "that can be written.",
        path=f["path"],
    ),
    "no-such-record": lambda f: tr("No record has the id {id}. It may have been withdrawn.", id=f["id"]),
    "withdrawn": lambda f: tr(
        "{id} was withdrawn on {at} ({reason}) and is not in this archive any more. Nothing was changed.",
        id=f["id"],
        at=f["at"],
        reason=why_withdrawn(f["reason"]),
    ),
    "ambiguous-id": lambda f: tr(
        "{count} records begin with {id}. Give more of its characters.", count=f["count"], id=f["id"]
    ),
    "original-absent": lambda f: tr(
        "The original is not in this archive: it was received in a smaller form without originals, or the original "
        "held something that was withdrawn. Its text is here."
    ),
    "invalid-value": lambda f: tr(
        "“{value}” cannot be kept as {field}{why}. Nothing was changed.",
        value=f["value"],
        field=labels.field(f["field"]),
        why=f.why(),
    ),
    "moving": lambda f: tr(
        "The archive kept changing while this was being made, so nothing was written. Wait until the import is done, "
        "then try again."
    ),
    "not-a-statement": lambda f: tr(
        "{path} is not a search statement that this program can read{why}. Nothing was searched. Choose the JSON file "
        "as it was saved.",
        path=f["path"],
        why=f.why(),
    ),
    "altered-statement": lambda f: tr(
        "{path} is not as it was written: its content does not have the SHA-256 that it names. Nothing was searched. "
        "Look for an unaltered copy.",
        path=f["path"],
    ),
    "not-a-list": lambda f: tr(
        "There is no list of names or words in {path}{why}. Nothing was searched. Choose a text file with a name on "
        "each line, or a table.",
        path=f["path"],
        why=f.why(),
    ),
    "cancelled": lambda f: tr("Stopped. What was stored until then is kept."),
}
