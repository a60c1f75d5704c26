"""Before signing an editor reads who is named, those at risk first, what is counted, and what originals tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import corrections
from archive.cases import links, subjects
from archive.cases.links import Link
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import Cancelled
from archive.records import Confidentiality
from archive.release import traces
from archive.release.choice import Choice
from archive.release.overview import overview
from archive.release.traces import Trace
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import DAY, published


def test_every_person_is_named_those_at_risk_first(archive: Archive, make: Make, say: Say) -> None:
    zoe, anna, child = (make(Kind.PERSON, name=name) for name in ("Zoe", "Anna", "Brother"))
    say(zoe, ("sibling-of", child.id), ("consent", "partners until 2999"))
    hidden = make(Kind.PERSON, name="Hidden")
    subjects.protect(archive.db, hidden.id, Confidentiality.CONFIDENTIAL, who="desk")
    for one in (zoe, child):  # the program has protected them; the desk judged otherwise
        subjects.protect(archive.db, one.id, Confidentiality.PUBLIC, who="desk")
    found = overview(archive, Choice(DAY))
    told = [(one.label, one.at_risk, one.consents) for one in found.persons]
    assert told == [("Brother", True, False), ("Zoe", True, True), ("Anna", False, False)]
    assert dict(found.going)["subjects"] == 3
    assert dict(found.staying)["subjects"] == 1
    assert anna.id in {one.id for one in found.persons}


def test_what_is_told_is_what_goes(archive: Archive, keep: Keep, make: Make, say: Say, tmp_path: Path) -> None:
    hidden = keep("This page is only for the desk.", title="Hidden")
    corrections.correct(archive.db, hidden, hidden.metadata, who="x", confidentiality=Confidentiality.CONFIDENTIAL)
    person = make(Kind.PERSON, name="Someone")
    say(person, ("position", "a teacher"), document=hidden)
    refused = make(Kind.PERSON, name="Refused")
    say(refused, ("consent", "none"))
    found = overview(archive, Choice(DAY))
    assert [(one.subject, one.field, one.value) for one in found.unsourced] == [("Someone", "position", "a teacher")]
    assert found.unconsented == ("Refused",)
    counts = dict(published(archive, tmp_path).statement.counts)
    assert dict(found.going) == {"documents": counts["documents"], "facts": counts["facts"], "subjects": 1}


def test_documents_that_name_who_stays_behind_are_listed(archive: Archive, keep: Keep, make: Make) -> None:
    hidden = make(Kind.PERSON, name="Mara  Lind")
    subjects.protect(archive.db, hidden.id, Confidentiality.CONFIDENTIAL, who="desk")
    long = "A lantern. " * 2000 + "\nThey saw MARA\nLIND there."
    for title, text in (("names", long), ("does not", "Mara Linden was there"), ("neither", "nobody")):
        keep(text, title=title)
    found = overview(archive, Choice(DAY))
    assert [paper.title for paper in found.mentioning] == ["names"]


def test_translations_of_what_stays_behind_are_listed(archive: Archive, keep: Keep) -> None:
    hidden, seen, other = (keep(f"A page {name}.", title=name) for name in ("hidden", "translated", "other"))
    corrections.correct(archive.db, hidden, hidden.metadata, who="x", confidentiality=Confidentiality.CONFIDENTIAL)
    links.add(archive.db, seen.id, Link.TRANSLATION, hidden.id, who="x")
    links.add(archive.db, other.id, Link.CITES, hidden.id, who="x")
    links.add(archive.db, hidden.id, Link.VERSION, other.id, who="x")
    assert [paper.title for paper in overview(archive, Choice(DAY)).rendering] == ["translated"]
    assert overview(archive, Choice(DAY, left_out=frozenset({seen.id}))).rendering == ()
    assert overview(archive, Choice(DAY, exclude="none")).rendering == ()


def test_originals_tell_more_than_their_text(archive: Archive, keep: Keep) -> None:
    kept = keep("file:///home/somebody/report.txt", title="a path")
    keep("nothing", title="nothing")
    found = overview(archive, Choice(DAY))
    assert [(paper.title, paper.traces) for paper in found.telling] == [("a path", (Trace.PATH,))]
    assert overview(archive, Choice(DAY, text_only=frozenset({kept.id}))).telling == ()
    assert overview(archive, Choice(DAY, slim=True)).telling == ()


@pytest.mark.parametrize(
    ("media_type", "pieces", "told"),
    [
        ("message/rfc822", [b"From: x"], (Trace.HEADERS,)),
        ("image/jpeg", [b"\xff\xd8\xff\xe1..Ex", b"if\0\0II"], (Trace.PICTURE,)),
        ("application/pdf", [b"<< /Author (Somebody) >>"], (Trace.AUTHORS,)),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [b"PK"], (Trace.OFFICE,)),
        ("text/plain", [rb"C:\Users\somebody\x.doc"], (Trace.PATH,)),
        ("text/plain", [b"A page about Authors and homes."], ()),
    ],
)
def test_marks_are_found(media_type: str, pieces: list[bytes], told: tuple[Trace, ...]) -> None:
    assert traces.of_original(media_type, pieces) == told


def test_it_can_be_stopped(archive: Archive) -> None:
    with pytest.raises(Cancelled):
        overview(archive, Choice(DAY), cancelled=lambda: True)
    assert not archive.db.conn.in_transaction
