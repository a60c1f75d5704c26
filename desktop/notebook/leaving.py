"""Writes a notebook to a file that is not protected, in one of three forms, and has the notebook remember it."""

from __future__ import annotations

from pathlib import Path

from archive.connect import Database
from archive.notebook import cited, exchange, notes, pages, shelves, watching
from archive.notebook.cited import Cited
from archive.notebook.opening import Notebook
from archive.notebook.pages import Book, Shown
from archive.notebook.standing import standing
from desktop import new_file

ENDINGS = {"markdown": ".md", "html": ".html", "json": ".json"}
FORMS = tuple(ENDINGS)


def export(notebook: Notebook, archive: Database, form: str, heading: str, destination: Path) -> int:
    """Write the whole notebook in one of FORMS; how many notes it holds. Raises AlreadyExists, environment faults."""
    db = notebook.db
    every = notes.every(db)
    told = cited.every(archive, _named(db))
    if form == "json":
        content = exchange.write(db, notebook.archive, told)
    else:
        made = _book(db, archive, heading, told)
        content = pages.markdown(made) if form == "markdown" else pages.page(made)
    new_file.write(destination, [content.encode()])
    shelves.note_export(db, "notebook", form, tuple(told))
    return len(every)


def _named(db: Database) -> tuple[str, ...]:
    """Every record that the notebook names: noted on, tagged or collected."""
    noted = [note.record for note in notes.every(db)]
    tagged = [record for tag in notes.tags(db) for record in notes.tagged(db, tag)]
    collected = [record for one in shelves.collections(db) for record in one.records]
    return tuple(dict.fromkeys([*noted, *tagged, *collected]))


def _book(db: Database, archive: Database, heading: str, told: dict[str, Cited]) -> Book:
    return Book(
        heading,
        tuple(Shown(note, standing(archive, note)) for note in notes.every(db)),
        told,
        {record: tags for record in told if (tags := notes.tags_of(db, record))},
        shelves.collections(db),
        watching.every(db),
    )
