"""What one window keeps while another, or a withdrawal, has taken the note's quotation away."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.keys import ArchiveKey
from archive.notebook import notes
from archive.notebook.records import Colour, Note
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from desktop.notebook.desk import Desk
from desktop.notebook.records import Spot
from desktop.withdrawal import purged
from desktop.workspace import Workspace


def note_on_harbour(desk: Desk) -> Note:
    ((document,),) = desk.archive.conn.execute("SELECT uuid FROM document WHERE title = 'The harbour report'")
    place = notes.passage(desk.archive, document, 1, 4, 30)
    return notes.add(desk.notebook.db, document, "count them again", passage=place, colour=Colour.GREEN)


@pytest.mark.parametrize("bare", [False, True])
def test_what_is_typed_on_after_a_withdrawal_brings_no_quotation_back(
    archive: tuple[Path, ArchiveKey], bare: bool
) -> None:
    desk = Desk(*archive, protected=False)
    try:
        note = note_on_harbour(desk)
        if bare:  # a highlight, which goes as a whole
            note = notes.add(desk.notebook.db, note.record, passage=note.passage, colour=Colour.GREEN)
        with Workspace(*archive, write=True) as other:
            came = withdrawal.withdraw(other.archive, withdrawal.preview(other.archive.db, note.record), Reason.PERSON)
            purged.purge_closed(other.archive, came)
        kept = desk.keep("editor", Spot(note.record), note, "count them once more", Colour.GREEN)
        assert kept.apart
        assert kept.noted.note.passage is None
        assert kept.noted.note.text == "count them once more"
        assert all(one.passage is None for one in notes.every(desk.notebook.db))
    finally:
        desk.close()


def test_words_beside_a_note_that_was_only_deleted_keep_their_passage(archive: tuple[Path, ArchiveKey]) -> None:
    desk = Desk(*archive, protected=False)
    try:
        note = note_on_harbour(desk)
        desk.delete(note)
        kept = desk.keep("editor", Spot(note.record), note, "count them once more", Colour.GREEN).noted.note
        assert (kept.passage, kept.colour) == (note.passage, Colour.GREEN)
    finally:
        desk.close()
