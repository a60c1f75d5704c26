"""Names of subjects in a dossier: from what may be shown, in all scripts."""

from __future__ import annotations

from archive.cases.dossier.naming import UNSAID, Names
from archive.cases.dossier.permitted import Permitted
from archive.cases.records import Kind
from archive.container import Archive
from archive.records import Document
from tests.archive.cases.conftest import Make, Say
from tests.archive.cases.dossier.conftest import SECRET_NAME, Told


def test_no_label_gives_a_secret_name_away(
    archive: Archive, told: Told, make: Make, say: Say, document: Document
) -> None:
    names = Names(archive.db, Permitted(archive.db, confidential=False))
    assert names.label(told.relative) == UNSAID
    about = make(Kind.CASE)
    say(about, ("person-concerned", told.relative))
    assert names.label(about.id) == about.code
    assert names.every(told.person) == ("Person A", "某甲", "مىسال كىشى")
    assert names.label(document.id) == "A page"
    everything = Names(archive.db, Permitted(archive.db, confidential=True))
    assert everything.label(told.relative) == SECRET_NAME
    assert everything.is_named_person(told.relative)
    assert not names.is_named_person(told.relative)
