"""Merges what a colleague handed over: what differs stands side by side, and nothing here is overwritten or deleted."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from archive import meta
from archive.connect import Database, writing
from archive.notebook import notes, shelves, watching, words
from archive.notebook.handing import came
from archive.notebook.handing.came import Came
from archive.notebook.handing.content import Parcel
from archive.notebook.records import Note, Saved
from archive.notebook.watching import Watched


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a parcel: how many of its notes, collections and searches are new, and were here already;
    the notes that stand beside one that was changed on both sides; tags and collected records that were added; and
    collections and searches under another name here, each as its name here and there. `left_out` is how many quotations
    of withdrawn records, and searches that name one, did not come in."""

    new: int
    same: int
    beside: tuple[str, ...]
    added: int
    renamed: tuple[tuple[str, str], ...]
    left_out: int


def merge(db: Database, parcel: Parcel, sender: str, withdrawn: AbstractSet[str] = frozenset()) -> Merged:
    """Take in a parcel, all or nothing. A second time it adds nothing, also where notes were changed here since.

    `sender` is what is shown of who sent it. Of records that were withdrawn from the archive no quotation comes in
    again, from whatever old package: the words that a colleague wrote about one come without it.
    """
    with writing(db):
        made = _Merging(db, parcel, sender, withdrawn)
        made.take()
        return Merged(made.new, made.same, tuple(made.beside), made.added, tuple(made.renamed), made.left_out)


def remember_handed(db: Database, handed: Iterable[Note]) -> None:
    """What is handed over is known to both sides from now on: when it comes back as it was, it is no conflict."""
    with writing(db):
        for note in handed:
            _know_as(db, note.id, note)


def digest(note: Note) -> str:
    """What a note says, as a hash: its place and the reader's words.

    Tags come together, and a colour is how it looks. Of a quotation there is nothing in it: the hash would confirm a
    guess of what was withdrawn since.
    """
    at = note.passage
    place = (at.version, at.start, at.end) if at else None
    return hashlib.sha256(json.dumps((note.id, note.record, place, note.text)).encode()).hexdigest()


class _Merging:
    def __init__(self, db: Database, parcel: Parcel, sender: str, withdrawn: AbstractSet[str]) -> None:
        self._db, self._parcel, self._sender, self._withdrawn = db, parcel, sender, withdrawn
        self.new = self.same = self.added = self.left_out = 0
        self.beside: list[str] = []
        self.renamed: list[tuple[str, str]] = []

    def take(self) -> None:
        self._take_notes()
        for record, tag in self._parcel.tags:
            self._tag(record, tag, "")
        self._take_collections()
        self._take_searches()

    def _take_notes(self) -> None:
        held = notes.every(self._db)
        ids = {one.id for one in held}
        said = {_said(one): one.id for one in held}
        tagged: dict[tuple[object, ...], set[str]] = {}  # of notes that say the same, one has the tag for all
        for one in held:
            tagged.setdefault(_said(one), set()).update(one.tags)
        known = {(note, what): here for note, what, here in self._db.conn.execute("SELECT * FROM known")}
        for given in self._parcel.notes:
            theirs = self._without_withdrawn(given)
            if theirs is None:
                continue
            # as it was here once counts as here: what was made of it since is the newer, also where a withdrawal has
            # taken its quotation since
            once = [known.get((theirs.id, digest(one)), "") for one in (theirs, given)]
            here = said.get(_said(theirs)) or once[0] or once[1]
            if here:
                self.same += 1
            else:
                here = self._fresh(theirs.id, digest(theirs), ids)
                self._put(replace(theirs, id=here), "" if here == theirs.id else theirs.id)
                ids.add(here)
                said[_said(theirs)] = here
            known[theirs.id, digest(theirs)] = here
            _know_as(self._db, here, theirs)
            there = tagged.setdefault(_said(theirs), set())
            for tag in theirs.tags:
                if tag not in there:
                    self._tag(theirs.record, tag, here)
            there.update(theirs.tags)

    def _without_withdrawn(self, note: Note) -> Note | None:
        if note.record not in self._withdrawn or note.passage is None:
            return note
        self.left_out += 1
        return replace(note, passage=None, colour=None) if note.text else None

    def _put(self, note: Note, beside: str) -> None:
        notes.insert(self._db, replace(note, revision=1))  # it counts changes here, and theirs may be any number
        _know_as(self._db, note.id, note)
        came.put(self._db, Came(note.id, beside, self._sender, meta.now()))
        if beside:
            self.beside.append(note.id)
        else:
            self.new += 1

    def _fresh(self, identity: str, what: str, taken: Container[str]) -> str:
        """The id itself, or one made of it that is the same for the same words, however often they come."""
        while identity in taken:
            identity = str(uuid.uuid5(uuid.UUID(identity), what))
        return identity

    def _take_collections(self) -> None:
        # read once: a package may hold a hundred thousand of them
        held = {one.id: one for one in shelves.collections(self._db)}
        names = _Names(one.name for one in held.values())
        for theirs in self._parcel.collections:
            ours = held.get(theirs.id)
            records = [record for record in theirs.records if record not in self._withdrawn]
            if ours is None:
                name = names.free(theirs.name)
                made = replace(theirs, name=name, records=tuple(records))
                shelves.insert_collection(self._db, made)
                self.new += 1
            else:
                there = set(ours.records)
                lacking = [record for record in records if record not in there]
                shelves.collect(self._db, ours.id, lacking)
                made = replace(ours, records=(*ours.records, *lacking))
                self.added += len(lacking)
                self.same += 1
            held[made.id] = made
            self._rename(made.name, theirs.name)

    def _take_searches(self) -> None:
        held = {_asked(one): one for one in watching.every(self._db)}
        names, ids = _Names(one.name for one in held.values()), {one.id for one in held.values()}
        for theirs in self._parcel.searches:
            said = (theirs.name, theirs.text, *(value for _, value, _ in theirs.filters))
            if not self._withdrawn.isdisjoint(words.records_in(*said)):
                self.left_out += 1
                continue
            ours = held.get(_asked(theirs))
            if ours is None:
                name = names.free(theirs.name)
                identity = self._fresh(theirs.id, json.dumps(_asked(theirs)), ids)
                ours = replace(theirs, id=identity, name=name, looked=meta.now())
                shelves.insert_saved(self._db, Saved(identity, name, theirs.text, meta.now()))
                watching.put(self._db, ours)
                held[_asked(ours)] = ours
                ids.add(identity)
                self.new += 1
            else:
                self.same += 1
            self._rename(ours.name, theirs.name)

    def _tag(self, record: str, tag: str, note: str) -> None:
        done = self._db.conn.execute("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", (record, note, tag))
        self.added += done.rowcount

    def _rename(self, here: str, there: str) -> None:
        if here != there:
            self.renamed.append((here, there))


def _said(note: Note) -> tuple[object, ...]:
    """What makes two notes the same to a reader, whoever wrote them."""
    at = note.passage
    return (note.record, note.text, (at.version, at.start, at.end, at.quote) if at else None)


def _know_as(db: Database, here: str, note: Note) -> None:
    """What `note` says was seen on both sides; it is forgotten with the note `here`."""
    db.conn.execute("INSERT OR IGNORE INTO known VALUES (?, ?, ?)", (note.id, digest(note), here))


def _asked(one: Watched) -> tuple[object, ...]:
    """What makes two searches the same."""
    return (one.text, one.filters, one.sort)


class _Names:
    """Names that are taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, name: str) -> str:
        """Take the name, with a number where another has it; the numbers of one name are gone through once."""
        free, head, number = name, name[:190], self._last.get(name[:190], 2)
        while free in self._taken:
            free, number = f"{head} ({number})", number + 1
        self._taken.add(free)
        self._last[head] = number
        return free
