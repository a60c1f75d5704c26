"""Remembers in the reader's notebook what left the archive unprotected, so that a withdrawal can tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.cases.exchange import told
from archive.connect import Database
from archive.notebook import shelves

if TYPE_CHECKING:
    from desktop.session import Session


def remember(session: Session, what: str, form: str, records: Iterable[str], *, cases: bool = False) -> None:
    """Remember that these records (UUIDs) were exported: `what` is a word of `desktop.withdrawal.purged.kind`, `form`
    the ending of the file's name or the format. With `cases` they are cases, and what these tell of left with them.

    Where the notebook does not open nothing is remembered; the window says elsewhere that it does not.
    """
    held = tuple(records)
    session.notebook.submit(
        lambda desk, _: note(desk.notebook.db, what, form, told.of_cases(desk.archive, held) if cases else held),
        lambda _: None,
        lambda error: None,
    )


def note(db: Database, what: str, form: str, records: Iterable[str]) -> None:
    """The same for whoever has the notebook open."""
    shelves.note_export(db, what, form.lstrip(".") or "file", tuple(dict.fromkeys(records)))
