"""An open notebook as far as colleagues go: the reader's keys, what is handed over, what is received and merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.connect import Database
from archive.errors import NoSuchRecord
from archive.notebook import shelves
from archive.notebook.handing import identity, packages, signing
from archive.notebook.handing.merging import Merged
from archive.notebook.handing.packages import Received, Survey
from archive.notebook.opening import Notebook
from archive.notebook.records import Collection
from desktop.notebook import leaving


@dataclass(frozen=True, slots=True)
class Own:
    """The reader's key for colleagues (`age1…`), the pseudonyms signed under so far, and the collections there are."""

    key: str
    pseudonyms: tuple[str, ...]
    collections: tuple[Collection, ...]


class Handing:
    """For the one thread that uses the notebook."""

    def __init__(self, notebook: Notebook, archive: Database) -> None:
        self._notebook, self._archive = notebook, archive

    def own(self) -> Own:
        """What is the reader's own; the key is made at first use."""
        db = self._notebook.db
        return Own(identity.public(db), signing.pseudonyms(db), shelves.collections(db))

    def fingerprint(self, pseudonym: str) -> str:
        """What colleagues compare aloud to know a pseudonym; its key is made at first use. Raises InvalidValue."""
        return signing.own_key(self._notebook.db, pseudonym).public.fingerprint()

    def collection(self, name: str) -> str:
        """The id of a collection by its name. Raises NoSuchRecord."""
        wanted = " ".join(name.split()).casefold()
        for one in shelves.collections(self._notebook.db):
            if one.name.casefold() == wanted:
                return one.id
        raise NoSuchRecord(id=name)

    def survey(self, collection: str) -> Survey:
        """What would be handed over: all of it, or a collection by its id. Raises NoSuchRecord."""
        return packages.surveyed(self._archive, packages.gathered(self._notebook, self._archive, collection))

    def hand_over(self, collection: str, recipients: Sequence[str], pseudonym: str, destination: Path) -> Survey:
        """Write a package for the recipients (`age1…`) to a new file; signed where `pseudonym` is not empty.

        Raises InvalidValue, NoSuchRecord, PackageTooLarge, AlreadyExists, environment faults.
        """
        parcel = packages.gathered(self._notebook, self._archive, collection, recipients, pseudonym)
        leaving.hand_over(self._notebook, parcel, destination)
        return packages.surveyed(self._archive, parcel)

    def receive(self, path: Path) -> Received:
        """Open a package and check all of it. Raises what `packages.received` does."""
        return packages.received(self._notebook, path)

    def merge(self, given: Received) -> Merged:
        """Merge what was received."""
        return packages.merged(self._notebook, self._archive, given)
