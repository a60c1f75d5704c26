"""Purges the reader's notebook of what was withdrawn, and says in whole sentences what it held."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from archive.connect import Database
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, pending, purging, standing
from archive.notebook.opening import Notebook
from archive.notebook.purging import NOTHING, Purged, Spelling
from archive.notebook.records import Export
from archive.withdrawal.withdrawal import Withdrawal
from desktop import shown
from desktop.translate import tr, trn
from index.marks import folded
from index.widen import spelt

if TYPE_CHECKING:
    from archive.update.update import Prepared


SPELLING = Spelling(folded, spelt.of_name)
"""As a search finds names: in simplified and traditional characters, and in Pinyin, Wade-Giles and Hong Kong's way."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the notebook held; `own` are the reader's own words of each note that mentions what was withdrawn, `left`
    how many notes are on what an update left out without withdrawing it."""

    purged: Purged
    own: tuple[str, ...]
    left: int = 0


def purge(notebook: Notebook, archive: Database, came: Withdrawal) -> Found:
    """Purge the notebook of what was withdrawn from its archive, which is open."""
    return _purge(notebook, archive, set(came.records), came.names, set(came.altered))


def purge_closed(archive: Archive, came: Withdrawal) -> Found | None:
    """Purge the notebook about an archive that is not open in a window; None where there is none on this machine.

    Raises what opening a notebook may raise.
    """
    if not opening.place(archive.id).exists():
        return None
    with opening.of_archive(archive.key, protected=archive.protected) as notebook:
        return purge(notebook, archive.db, came)


def purge_before(notebook: Notebook, key: ArchiveKey, prepared: Prepared) -> Found:
    """Purge the notebook of what an update takes or corrects for safety, before that is in use."""
    left = sum(one.record in prepared.left_out for one in notes.every(notebook.db))
    if not prepared.withdrawn and not prepared.names:
        return Found(NOTHING, (), left)
    with Archive(prepared.path, key, write=False) as now:
        found = _purge(notebook, now.db, prepared.withdrawn, prepared.names, prepared.altered)
    return replace(found, left=left)


def _purge(
    notebook: Notebook, archive: Database, records: AbstractSet[str], names: Sequence[str], altered: AbstractSet[str]
) -> Found:
    purged = purging.purge(
        notebook, notebook.archive, records, names, altered, lambda note: standing.renewed(archive, note), SPELLING
    )
    return Found(purged, tuple(notes.get(notebook.db, one).text for one in purged.mentioning))


def purge_pending(notebook: Notebook, archive: Database) -> Found | None:
    """Purge the notebook of what its archive withdrew without it; None where nothing is pending."""
    purged = pending.purge(notebook, archive, SPELLING)
    if purged is None:
        return None
    return Found(purged, tuple(notes.get(notebook.db, one).text for one in purged.mentioning))


def meanwhile() -> str:
    """What happened where something was pending."""
    return tr(
        "Records were withdrawn from this archive while your notebook was not at hand. It was purged of them just now."
    )


def sentences(found: Found) -> tuple[str, ...]:
    """What to know and to do; none where the notebook held nothing of it."""
    purged, said = found.purged, []
    if purged.mentioning:
        said.append(
            trn(
                "{n} of your notes mentions what was withdrawn. The quotations are gone; please read your own words "
                "and remove names.",
                "{n} of your notes mention what was withdrawn. The quotations are gone; please read your own words "
                "and remove names.",
                len(purged.mentioning),
            )
        )
    elif purged.quotations + purged.highlights:
        said.append(tr("What your notebook quoted of it is gone."))
    if purged.queries + purged.searches:
        said.append(tr("Searches for it are gone from those that your notebook remembered."))
    named = [*purged.tags, *purged.collections]
    if named:
        said.append(
            tr(
                "These tags and collections of yours seem to name it: {names}. Please give them other names.",
                names=", ".join(map(shown.line, named)),
            )
        )
    if found.left:
        said.append(
            trn(
                "{n} of your notes is on what this release holds no longer, though it was not withdrawn. Your words "
                "and what you quoted stay in your notebook, where it is said that it cannot be looked up any more.",
                "{n} of your notes are on what this release holds no longer, though it was not withdrawn. Your words "
                "and what you quoted stay in your notebook, where it is said that it cannot be looked up any more.",
                found.left,
            )
        )
    return (*said, *map(export, purged.exports))


def export(one: Export) -> str:
    """What to do about something that was exported."""
    return tr(
        "You exported {what} with this record on {day}. Please destroy it and tell whoever received it.",
        what=kind(one),
        day=_day(one.at),
    )


def kind(one: Export) -> str:
    """What was exported, with its form."""
    kinds = {
        "notebook": tr("your notebook"),
        "notebook package": tr("a package of your notes"),
        "dossier": tr("a dossier"),
        "cases": tr("a list of cases"),
        "statement": tr("a search statement"),
        "list": tr("a list of searches"),
        "citation": tr("a citation"),
        "original": tr("an original"),
    }
    words = kinds.get(one.what, shown.line(one.what))
    if one.form in ("file", "package", "text"):  # which says no more
        return words
    return tr("{what} ({form})", what=words, form=one.form.upper()) if one.form else words


def _day(moment: str) -> str:
    """The day of an ISO time, as people say it."""
    from babel.dates import format_date  # loading CLDR takes longer than showing the window

    return format_date(date.fromisoformat(moment[:10]), "d MMMM y", locale="en")
