"""The two verbs of handing over: pack what is chosen for a colleague, and read and merge what one has sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive import meta
from archive.connect import Database, writing
from archive.notebook import cited, words
from archive.notebook.errors import PackageAboutAnother
from archive.notebook.handing import content, identity, merging, sealing, signing
from archive.notebook.handing.content import Parcel
from archive.notebook.handing.merging import Merged
from archive.notebook.handing.signing import Seen, Signer
from archive.notebook.opening import Notebook


@dataclass(frozen=True, slots=True)
class Survey:
    """What would be handed over, in numbers; `confidential` are the notes on records that are so in this archive."""

    notes: int
    tags: int
    collections: int
    searches: int
    confidential: int


@dataclass(frozen=True, slots=True)
class Received:
    """A package that was opened and found whole, and not merged yet."""

    parcel: Parcel
    signer: Signer


def gathered(
    notebook: Notebook, archive: Database, collection: str = "", recipients: Sequence[str] = (), pseudonym: str = ""
) -> Parcel:
    """All of a notebook, or what belongs to a collection by its id. Raises NoSuchRecord, InvalidValue."""
    keys = tuple(dict.fromkeys(map(sealing.recipient, recipients)))
    sender = words.name(pseudonym) if pseudonym else ""
    chosen = content.chosen(notebook.db, collection, lambda record: cited.page_of(archive, record))
    return Parcel(notebook.archive, keys, sender, meta.now(), *chosen)


def surveyed(archive: Database, parcel: Parcel) -> Survey:
    """What a parcel holds, to be said before it is sealed."""
    told = cited.every(archive, (note.record for note in parcel.notes))
    tags = len(parcel.tags) + sum(len(note.tags) for note in parcel.notes)
    confidential = sum(told[note.record].confidential for note in parcel.notes)
    return Survey(len(parcel.notes), tags, len(parcel.collections), len(parcel.searches), confidential)


def packed(notebook: Notebook, parcel: Parcel) -> bytes:
    """The package of a parcel, signed where it has a sender. Raises InvalidValue and PackageTooLarge."""
    sign = signing.signs(signing.own_key(notebook.db, parcel.sender)) if parcel.sender else None
    return sealing.sealed(parcel, sign)


def records(parcel: Parcel) -> tuple[str, ...]:
    """The records that a parcel says anything of."""
    noted, tagged = [note.record for note in parcel.notes], [record for record, _ in parcel.tags]
    return tuple(dict.fromkeys([*noted, *tagged, *(one for held in parcel.collections for one in held.records)]))


def received(notebook: Notebook, path: Path) -> Received:
    """Open a package and check all of it; nothing is changed.

    Raises NotAPackage, PackageForOthers, AlteredPackage, PackageTooLarge, NewerPackage, PackageAboutAnother,
    MissignedPackage, environment faults.
    """
    own = identity.secret(notebook.db)
    parcel, signature, signed = sealing.unsealed(path, own)
    who = signing.signer(notebook.db, path, parcel, identity.public(notebook.db), signature, signed)
    if parcel.archive != notebook.archive:
        raise PackageAboutAnother(path=str(path), archive=parcel.archive)
    return Received(parcel, who)


def merged(notebook: Notebook, archive: Database, given: Received) -> Merged:
    """Merge what was received, all or nothing."""
    with writing(notebook.db):
        signing.remember(notebook.db, given.signer)
        return merging.merge(notebook.db, given.parcel, shown_sender(given.signer), withdrawn(archive))


def shown_sender(signer: Signer) -> str:
    """What is shown at a note of who sent it: a name that came with another key before is told apart by the key."""
    return f"{signer.name} ({signer.fingerprint[:11]})" if signer.seen is Seen.OTHER else signer.name


def withdrawn(archive: Database) -> frozenset[str]:
    """The records that were withdrawn from the archive, as far as it keeps a list of them."""
    if "tombstone" not in archive.table_names():
        return frozenset()
    return frozenset(row[0] for row in archive.conn.execute("SELECT record FROM tombstone"))
