"""Remembers in the reader's notebook what left the archive unprotected, so that a withdrawal can tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.notebook import shelves

if TYPE_CHECKING:
    from desktop.session import Session


def remember(session: Session, what: str, form: str, records: Iterable[str]) -> None:
    """Remember that these records (UUIDs) were exported: `what` is a word of `desktop.withdrawal.purged.kind`, `form`
    the ending of the file's name or the format.

    Where the notebook does not open nothing is remembered; the window says elsewhere that it does not.
    """
    held = tuple(dict.fromkeys(records))
    session.notebook.submit(
        lambda desk, _: shelves.note_export(desk.notebook.db, what, form.lstrip(".") or "file", held),
        lambda _: None,
        lambda error: None,
    )
