"""An open notebook beside its archive, for the one lane that uses both: all that the window asks of it, free of Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive import documents
from archive.cases import facts, fields, subjects
from archive.connect import Database
from archive.errors import AlreadyExists, ChangedMeanwhile, EnvironmentFault, NoSuchRecord
from archive.keys import ArchiveKey
from archive.layout import is_release
from archive.notebook import notes, opening, pins, shelves, watching
from archive.notebook.exchange import Taken
from archive.notebook.handing import came, packages
from archive.notebook.records import Collection, Colour, Note, Passage
from archive.notebook.standing import standings
from archive.notebook.watching import Filters, Watched
from archive.records import Metadata
from archive.signing.minisign import PublicKey
from archive.signing.receipt import Trusted
from desktop import trusting
from desktop.notebook import leaving
from desktop.notebook.handing import Handing
from desktop.notebook.records import About, Kept, Kind, Memory, Noted, Place, Spot, Whole
from desktop.workspace import Workspace

MOST_PAST = 200


class Desk:
    """Raises ArchiveError for what may be expected to go wrong, in opening, too."""

    def __init__(self, path: Path, key: ArchiveKey, *, protected: bool) -> None:
        stripped = trusting.is_stripped(path, key)
        release = stripped or is_release(path)
        try:
            self._notebook = opening.of_archive(key, protected=protected, release=release)
        except OSError as error:  # the user's data folder may be anything
            raise EnvironmentFault(
                path=str(opening.place(key.archive, release=release)), why=str(error.strerror)
            ) from error
        try:
            self._workspace = Workspace(path, key, write=False, frozen=stripped)
        except BaseException:
            self._notebook.close()
            raise
        self._db, self._archive = self._notebook.db, self._workspace.archive
        self._known: dict[str, Note] = {}  # by the name of an editor: the note as that editor last kept it
        self._apart: set[str] = set()  # editors whose words became a note of their own

    def close(self) -> None:
        """Close the notebook and its view of the archive."""
        self._notebook.close()
        self._workspace.close()

    def interrupt(self) -> None:
        """Nothing here is interrupted: what is being kept would be lost."""

    @property
    def archive(self) -> Database:
        """What the notebook is about, to be read."""
        return self._archive.db

    @property
    def notebook(self) -> opening.Notebook:
        """The notebook itself, for what works on the whole of it."""
        return self._notebook

    # -- notes

    def about(self, records: Sequence[str]) -> About:
        """What the notebook says of these records, of which the first is the one that is shown."""
        held = [note for record in records for note in notes.of_record(self._db, record)]
        return About(
            records[0],
            self._noted(held),
            notes.tags_of(self._db, records[0]),
            shelves.collections(self._db, records[0]),
            tuple(notes.tags(self._db)),
            shelves.collections(self._db),
        )

    def keep(self, editor: str, spot: Spot, seen: Note | None, text: str, colour: Colour | None) -> Kept:
        """Keep what an editor holds: a new note where `seen` is None and it kept none before, else other words for it.

        Where another window changed or deleted the note meanwhile, the words become a note of their own beside it.
        """
        known = self._known.get(editor, seen)
        try:
            kept = notes.edit(self._db, known, text, colour=colour) if known else self._add(spot, text, colour)
        except (ChangedMeanwhile, NoSuchRecord):
            if known is None:
                raise
            passage = self._passage_by_now(known)
            kept = notes.add(self._db, known.record, text, passage=passage, colour=colour if passage else None)
            self._apart.add(editor)
        self._known[editor] = kept
        return Kept(self._noted((kept,))[0], editor in self._apart)

    def forget_editor(self, editor: str) -> None:
        """An editor is closed."""
        self._known.pop(editor, None)
        self._apart.discard(editor)

    def delete(self, note: Note) -> None:
        """Delete a note for good. Raises ChangedMeanwhile; one that is gone already is no failure."""
        try:
            notes.delete(self._db, note)
        except NoSuchRecord:
            return

    def mark(self, spot: Spot, colour: Colour) -> None:
        """Highlight a passage. Raises InvalidValue, NoSuchRecord."""
        self._add(spot, "", colour)

    def recolour(self, note: Note, colour: Colour | None) -> None:
        """Highlight the passage of a note, or no longer; a bare highlight then goes. Raises ChangedMeanwhile."""
        if colour is None and not note.text:
            self.delete(note)
        else:
            notes.edit(self._db, note, note.text, colour=colour)

    def whole(self) -> Whole:
        """Everything in the notebook, and what the records are called that it names."""
        held = self._noted(notes.every(self._db))
        collections = shelves.collections(self._db)
        tags = notes.tags(self._db)
        bearing = {record for tag in tags for record in notes.tagged(self._db, tag)}
        borne = {record: found for record in sorted(bearing) if (found := notes.tags_of(self._db, record))}
        named = {*borne, *(record for one in collections for record in one.records)}
        return Whole(held, tuple(tags.items()), borne, collections, {record: self.place(record) for record in named})

    # -- tags and collections

    def tag(self, record: str, tag: str) -> None:
        """Put a tag on a record. Raises InvalidValue."""
        notes.tag_record(self._db, record, tag)

    def untag(self, record: str, tag: str) -> None:
        """Take a tag off a record."""
        notes.untag_record(self._db, record, tag)

    def collect(self, name: str, record: str) -> None:
        """Add a record to the collection of this name, which is made where there is none. Raises InvalidValue."""
        shelves.collect(self._db, self._named(name).id, (record,) if record else ())

    def release(self, collection: str, record: str) -> None:
        """Take a record out of a collection."""
        shelves.release(self._db, collection, (record,))

    def rename(self, collection: Collection, name: str) -> None:
        """Give a collection another name. Raises InvalidValue, AlreadyExists, NoSuchRecord."""
        shelves.rename_collection(self._db, collection.id, name, collection.about)

    def drop(self, collection: str) -> None:
        """Delete a collection; what it holds stays where it is. Raises NoSuchRecord."""
        shelves.delete_collection(self._db, collection)

    # -- queries of the past

    def memory(self) -> Memory:
        """The queries of the past, each once, newest first."""
        past = dict.fromkeys(asked.text for asked in shelves.history(self._db))
        return Memory(tuple(past)[:MOST_PAST], shelves.keeps_history(self._db))

    def remember(self, text: str) -> Memory:
        """Remember a query, unless that is switched off."""
        shelves.ask(self._db, text)
        return self.memory()

    def forget(self, text: str = "") -> Memory:
        """Forget one query of the past, or all of them."""
        if text:
            for asked in shelves.history(self._db):
                if asked.text == text:
                    shelves.clear_history(self._db, asked.id)
        else:
            shelves.clear_history(self._db)
        return self.memory()

    def keep_history(self, on: bool) -> Memory:
        """Switch the remembering on or off."""
        shelves.keep_history(self._db, on)
        return self.memory()

    # -- saved searches

    def searches(self) -> tuple[Watched, ...]:
        """The searches kept under names."""
        return watching.every(self._db)

    def keep_search(self, name: str, text: str, filters: Filters, sort: str, moment: str) -> Watched:
        """Keep a search. Raises InvalidValue, AlreadyExists."""
        return watching.keep(self._db, name, text, filters, sort, moment)

    def look_at_search(self, search: str, moment: str) -> Watched:
        """A search is looked at, when the archive is known up to `moment`. Raises NoSuchRecord."""
        return watching.look(self._db, search, moment)

    def drop_search(self, search: str) -> None:
        """Delete a search for good. Raises NoSuchRecord."""
        watching.drop(self._db, search)

    # -- publishers

    def trusted(self) -> tuple[Trusted, ...]:
        """The publishers' keys that the reader trusts for this archive."""
        return pins.pinned(self._db)

    def trust(self, public: PublicKey, name: str, *, beside: bool) -> tuple[Trusted, ...]:
        """Trust a key; all that are trusted then. Raises InvalidValue, OtherKey."""
        pins.pin(self._db, public, name, beside=beside)
        return pins.pinned(self._db)

    def next_share(self) -> int:
        """Which share of the originals is to be read this time."""
        return pins.next_share(self._db)

    # -- leaving

    def export(self, form: str, heading: str, destination: Path) -> int:
        """Write the notebook to a new file that is not protected, and remember that; how many notes it holds. `form`
        is one of `leaving.FORMS`. Raises AlreadyExists and environment faults."""
        return leaving.export(self._notebook, self._archive.db, form, heading, destination)

    def take(self, path: Path) -> Taken:
        """Bring in what `export` wrote as JSON. Raises ArchiveMissing, NotAPackage, InvalidValue, NewerFormat."""
        return leaving.take(self._notebook, self._archive.db, path)

    @property
    def handing(self) -> Handing:
        """What is handed over, and what comes from colleagues."""
        return Handing(self._notebook, self._archive.db)

    # -- what it is about

    def place(self, record: str) -> Place:
        """What a record is called and where it is read; a fact is read on the page of its subject."""
        db = self._archive.db
        try:
            return Place(record, _title(documents.get(db, record).metadata), Kind.DOCUMENT, record)
        except NoSuchRecord:
            pass
        try:
            return Place(record, subjects.get(db, record).label, Kind.SUBJECT, record)
        except NoSuchRecord:
            pass
        try:
            fact = facts.get(db, record)
            about = subjects.get(db, fact.subject)
        except NoSuchRecord:
            return Place(record, "", Kind.GONE, "")
        return Place(record, f"{about.label}: {fields.field(fact.field).label}", Kind.FACT, about.id)

    def _noted(self, held: Sequence[Note]) -> tuple[Noted, ...]:
        brought, now = came.every(self._db), standings(self._archive.db, held)
        places = {record: self.place(record) for record in dict.fromkeys(note.record for note in held)}
        return tuple(Noted(note, places[note.record], now[note.id], brought.get(note.id)) for note in held)

    def _passage_by_now(self, known: Note) -> Passage | None:
        """The passage of a note that another changed or deleted meanwhile: a withdrawal took it out of what is kept."""
        try:
            return notes.get(self._db, known.id).passage
        except NoSuchRecord:
            return None if known.record in packages.withdrawn(self._archive.db) else known.passage

    def _add(self, spot: Spot, text: str, colour: Colour | None) -> Note:
        passage = None
        if spot.version:
            passage = notes.passage(self._archive.db, spot.record, spot.version, spot.start, spot.end)
        return notes.add(self._db, spot.record, text, passage=passage, colour=colour)

    def _named(self, name: str) -> Collection:
        held = {one.name.casefold(): one for one in shelves.collections(self._db)}
        wanted = " ".join(name.split()).casefold()
        if wanted in held:
            return held[wanted]
        try:
            return shelves.make_collection(self._db, name)
        except AlreadyExists:  # another window made it at the same moment
            return next(one for one in shelves.collections(self._db) if one.name == " ".join(name.split()))


def _title(metadata: Metadata) -> str:
    return " ".join(metadata.title.split())
