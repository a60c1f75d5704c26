"""Makes dossiers for the window and the command line: what to know before one is written, and the bytes of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.container import Archive
from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from archive.cases.dossier.gather import Dossier

FORMS = (".html", ".pdf")


def gathered(
    archive: Archive, name: str, cases: Sequence[str], *, confidential: bool = False, say_withheld: bool = False
) -> Dossier:
    """Gather the dossier of these cases (UUIDs); `name` is the archive's. Raises NoSuchRecord, InvalidValue."""
    from archive.cases.dossier import gather

    return gather.gather(
        archive.db,
        cases,
        archive=name,
        made=datetime.datetime.now(datetime.UTC).date(),
        confidential=confidential,
        say_withheld=say_withheld,
    )


def warning(gathered: Dossier) -> str:
    """What to know before the file is written: whom it names, and that it lies open."""
    count, kin = len(gathered.named), len(gathered.relatives)
    if not kin:
        named = trn(
            "This file names {n} person and will not be protected.",
            "This file names {n} people and will not be protected.",
            count,
        )
    elif count == 1:
        named = tr("This file names 1 person, a relative, and will not be protected.")
    else:
        named = trn(
            "This file names {people} people, {n} of them a relative, and will not be protected.",
            "This file names {people} people, {n} of them relatives, and will not be protected.",
            kin,
            people=number(count),
        )
    return named + " " + tr("Passages are quoted as they stand, so they may name others.")


def records(gathered: Dossier) -> tuple[str, ...]:
    """The UUIDs of all that a dossier tells of: subjects, facts and the documents they rest on."""
    told = [one for part in gathered.parts() for one in (part.subject.id, *(fact.fact.id for fact in part.facts))]
    return tuple(dict.fromkeys((*told, *(exhibit.document.id for exhibit in gathered.exhibits))))


def rendered(gathered: Dossier, form: str) -> bytes:
    """The file: `form` is one of FORMS."""
    if form == ".pdf":
        from archive.cases.dossier import pdf

        return pdf.render(gathered)
    from archive.cases.dossier import html

    return html.render(gathered)
