"""Writes a notebook to a file: in one of three forms for anybody, or sealed for a colleague; it remembers both."""

from __future__ import annotations

from pathlib import Path

from archive.connect import Database, translated
from archive.errors import ArchiveMissing, Damaged
from archive.notebook import cited, exchange, notes, pages, shelves, watching
from archive.notebook.cited import Cited
from archive.notebook.errors import NotAPackage
from archive.notebook.exchange import Taken
from archive.notebook.handing import came, merging, packages
from archive.notebook.handing.content import Parcel
from archive.notebook.opening import Notebook
from archive.notebook.pages import Book, Shown
from archive.notebook.standing import standings
from desktop import new_file

ENDINGS = {"markdown": ".md", "html": ".html", "json": ".json"}
FORMS = tuple(ENDINGS)
MOST_TAKEN = 256 << 20  # bytes of JSON


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
    every = notes.every(db)
    now, brought = standings(archive, every), came.every(db)
    return Book(
        heading,
        tuple(Shown(note, now[note.id], note.id in brought) for note in every),
        told,
        {record: tags for record in told if (tags := notes.tags_of(db, record))},
        shelves.collections(db),
        watching.every(db),
    )


def take(notebook: Notebook, archive: Database, path: Path) -> Taken:
    """Bring in a notebook that was written as JSON; nothing that is there is overwritten, and no quotation of what was
    withdrawn from the archive comes in again.

    Raises ArchiveMissing, NotAPackage, InvalidValue (another archive's), NewerFormat, environment faults.
    """
    with translated(path):
        if not path.is_file():
            raise ArchiveMissing(path=str(path))
        with path.open("rb") as file:
            content = file.read(MOST_TAKEN + 1)
    if len(content) > MOST_TAKEN:
        raise NotAPackage(path=str(path), why="too large")
    try:
        return exchange.read(notebook.db, notebook.archive, content.decode("utf-8-sig"), packages.withdrawn(archive))
    except (UnicodeDecodeError, Damaged) as error:
        raise NotAPackage(path=str(path), why="not a notebook in JSON") from error


def hand_over(notebook: Notebook, parcel: Parcel, destination: Path) -> None:
    """Write a parcel as a package to a new file, encrypted to its recipients, and remember that.

    Raises InvalidValue, PackageTooLarge, AlreadyExists, environment faults.
    """
    new_file.write(destination, [packages.packed(notebook, parcel)])
    merging.remember_handed(notebook.db, parcel.notes)
    shelves.note_export(notebook.db, "notebook package", "package", packages.records(parcel))
