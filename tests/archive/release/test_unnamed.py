"""Names that stay behind because what tells of them does are in no label, reason, file name or word of a desk."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from archive import corrections, documents, meta, unlocking
from archive.cases import judging, people, subjects
from archive.cases.records import Assessment, Kind, Subject
from archive.connect import writing
from archive.container import Archive
from archive.records import Confidentiality, Document, Name, Relation
from archive.release import overview
from archive.release.choice import Choice
from archive.release.publish import Published
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import DAY, published
from tests.archive.release.test_absent import leaks, opened, searched


@pytest.fixture
def page(keep: Keep) -> Document:
    return keep("A page that anybody may read, with words of its own.", title="Open page")


@pytest.fixture
def hidden(archive: Archive, keep: Keep) -> Document:
    kept = keep("Another page, which the desk alone reads.", title="Talk with the widow")
    corrections.correct(archive.db, kept, kept.metadata, who="x", confidentiality=Confidentiality.CONFIDENTIAL)
    return kept


def found(made: Published, *words: str) -> list[str]:
    return leaks(searched(made.path / "data", unlocking.unlock(made.path)), list(words))


def reasoned(archive: Archive, say: Say, about: Subject, page: Document, reason: str, who: str = "x") -> None:
    """Record a fact that goes, with a reason that the desk gave."""
    position = f"teacher {len(reason)}{reason[-1]}"
    (told,) = say(about, ("position", position), document=page)
    judging.assess(archive.db, told.fact, Assessment.CONFIRMED, reason, who=who)


def test_a_person_of_whom_only_a_hidden_page_tells(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, tmp_path: Path
) -> None:
    case, person, other = make(Kind.CASE), make(Kind.PERSON), make(Kind.PERSON)
    say(person, ("name", "Qz Emptied"), document=hidden)
    say(case, ("person-concerned", person.id), document=hidden)
    say(case, ("outcome", "released"), document=page)
    say(other, ("name", "Somebody Else"), document=page)
    reasoned(archive, say, other, page, "Qz Emptied said so")
    made = published(archive, tmp_path)
    assert found(made, "Qz Emptied", person.id) == []
    assert found(made, "Somebody Else") == ["Somebody Else"]


def test_the_true_name_of_a_person_who_goes_under_another(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, tmp_path: Path
) -> None:
    case, person, twin = make(Kind.CASE), make(Kind.PERSON), make(Kind.PERSON)
    say(person, ("name", "Qz True"), document=hidden)
    say(person, ("name", "Pseudonym"), document=page)
    say(twin, ("name", "Qz Twin"), document=hidden)
    say(twin, ("position", "nurse"), document=page)
    people.merge(archive.db, person.id, twin.id, "the same", who="x")
    say(case, ("person-concerned", person.id), document=page)
    assert "Qz True" in subjects.get(archive.db, case.id).label
    reasoned(archive, say, person, page, "Qz True is meant")
    made = published(archive, tmp_path)
    assert found(made, "Qz True", "Qz Twin") == []
    with opened(made) as release:
        assert subjects.get(release.db, case.id).label == "Pseudonym"


def test_a_name_is_protected_though_a_fact_that_stays_behind_gives_it_to_somebody_else(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, keep: Keep, tmp_path: Path
) -> None:
    person, mistaken, third = make(Kind.PERSON), make(Kind.PERSON, name="Third"), make(Kind.PERSON)
    say(person, ("name", "Qz Protected"), document=page)
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="x")
    undone = say(mistaken, ("name", "Qz Protected"), document=page)
    judging.undo(archive.db, undone, who="x")
    say(third, ("name", "Qz Protected"), document=hidden)
    say(third, ("position", "nurse"), document=page)
    keep("A page about somebody.", title="Talk with Qz Protected")
    reasoned(archive, say, mistaken, page, "Qz Protected said so")
    assert found(published(archive, tmp_path), "Qz Protected") == []


@pytest.mark.parametrize(
    "called", ["Maria.Qzopez.txt", "qzopez-maria.txt", "MariaQzopez_2.txt", "mariaqzopez.txt", "x/María_Qzópez.txt"]
)
def test_a_name_however_it_is_written(
    archive: Archive, page: Document, make: Make, say: Say, tmp_path: Path, called: str
) -> None:
    person, other = make(Kind.PERSON), make(Kind.PERSON, name="Other")
    say(person, ("name", "María Qzópez"), document=page)
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="x")
    apart = unicodedata.normalize("NFD", "María Qzópez said so")  # as some keyboards and all old Macs write it
    reasoned(archive, say, other, page, apart)
    documents.add_name(archive.db, page, Name(called, None, meta.now()), "x")
    documents.add_name(archive.db, page, Name("mariachi-lopez.txt", None, meta.now()), "x")
    made = published(archive, tmp_path)
    assert found(made, "qzopez", "Qzópez", unicodedata.normalize("NFD", "Qzópez")) == []
    with opened(made) as release:
        shown = [name.shown for name in documents.names(release.db, page.id)]
    assert {"mariachi-lopez.txt", f"document-{page.sha256[:12]}.txt"} <= set(shown)


def test_a_label_that_is_cut_within_a_name(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, tmp_path: Path
) -> None:
    person, twin = make(Kind.PERSON, name="Pseudonym"), make(Kind.PERSON)
    say(twin, ("name", "Qz " + "of so many words that no list has room for it " * 4), document=hidden)
    say(twin, ("position", "nurse"), document=page)
    people.merge(archive.db, person.id, twin.id, "the same", who="x")
    assert subjects.get(archive.db, twin.id).label.endswith("…")
    assert found(published(archive, tmp_path), "so many words") == []


def test_a_desk_does_not_name_hidden_pages_or_itself(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, tmp_path: Path
) -> None:
    person = make(Kind.PERSON, name="Other")
    for reason in ("see Talk with the Widow, p. 2", f"see {hidden.sha256[:12]}", f"as in {hidden.id[:8]} too"):
        reasoned(archive, say, person, page, reason)
    reasoned(archive, say, person, page, "Qz Mariam looked it up", who="Qz Mariam")
    reasoned(archive, say, person, page, "two pages say so, 2015-2016, 12345678 of them")
    made = published(archive, tmp_path)
    assert found(made, "the widow", hidden.sha256[:12], hidden.id[:8], "Qz Mariam") == []
    assert found(made, "two pages say so") == ["two pages say so"]


def test_nothing_tells_that_something_was_taken_out_of_a_container(
    archive: Archive, keep: Keep, tmp_path: Path
) -> None:
    outer, inner = keep("qz-inner.txt\nother.txt\n", title="Outer"), keep("An inner page.", title="Inner")
    with writing(archive.db):
        documents.add_parent(archive.db, inner.row, outer.row, Relation.MEMBER, "qz-inner.txt")
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, inner.id), Reason.PERSON)
    made = published(archive, tmp_path)
    with opened(made) as release:
        assert documents.get(release.db, outer.id).metadata.title == "Outer"
        assert release.db.conn.execute("SELECT count(*) FROM stripped").fetchone() == (0,)


def test_pages_titled_by_somebody_who_stays_behind_are_listed(
    archive: Archive, page: Document, hidden: Document, make: Make, say: Say, keep: Keep
) -> None:
    say(make(Kind.PERSON), ("name", "Qz Émptied"), document=hidden)
    titled = keep("A page of other words.", title="About QZ EMPTIED")
    seen = overview.overview(archive, Choice(date=DAY))
    assert [paper.id for paper in seen.mentioning] == [titled.id]


def test_words_about_a_date_name_nobody(
    archive: Archive, page: Document, make: Make, say: Say, keep: Keep, tmp_path: Path
) -> None:
    person = make(Kind.PERSON)
    say(person, ("name", "Qz Protected"), document=page)
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="x")
    keep("Of another page.", title="Other", published="2020", published_words="the spring when Qz Protected left")
    keep("Of one more page.", title="One more", published="2020", published_words="in the spring of that year")
    made = published(archive, tmp_path)
    assert found(made, "Qz Protected", "spring of that year") == ["spring of that year"]


def test_consent_that_cannot_be_read_reaches_nobody(
    archive: Archive, page: Document, make: Make, say: Say, tmp_path: Path
) -> None:
    person = make(Kind.PERSON, name="Qz Unread")
    (told,) = say(person, ("consent", "publication"), document=page)
    archive.db.conn.execute("UPDATE fact SET value = 'publication, but not yet' WHERE uuid = ?", (told.fact,))
    assert found(published(archive, tmp_path), "Qz Unread", person.id) == []
