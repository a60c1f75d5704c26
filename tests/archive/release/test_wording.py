"""What the publisher says of a release is looked through for what stays behind."""

from __future__ import annotations

import pytest

from archive import corrections
from archive.cases import subjects
from archive.cases.records import Kind
from archive.container import Archive
from archive.records import Confidentiality
from archive.release import wording
from archive.release.choice import Choice
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.cases.conftest import Make
from tests.archive.conftest import Keep

DAY = "2026-11-28"


def named(archive: Archive, *texts: str, beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    return wording.named_in(archive.db, Choice(DAY), texts, beside)


@pytest.fixture
def hidden(archive: Archive, make: Make) -> str:
    """A confidential person, beside one who goes."""
    person = make(Kind.PERSON, name="Zorblatt Quimby")
    make(Kind.PERSON, name="Ada Nunn")
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="desk")
    return person.id


def test_a_person_who_stays_behind_is_found_in_whatever_case(archive: Archive, hidden: str) -> None:
    assert named(archive, "Thanks to ZORBLATT  quimby.", "A desk") == ("Zorblatt Quimby",)
    assert named(archive, "", "Zorblatt Quimby's desk") == ("Zorblatt Quimby",)
    assert named(archive, "With Ada Nunn at the quay; Zorblatt alone, and Quimby.") == ()
    assert named(archive, "", "") == ()


def test_titles_and_ids_of_what_stays_behind_are_found(archive: Archive, hidden: str, keep: Keep) -> None:
    page = keep("Words.", title="A letter from the quay")
    corrections.correct(archive.db, page, page.metadata, who="desk", confidentiality=Confidentiality.CONFIDENTIAL)
    goes = keep("Other words.", title="A page that goes")
    said = f"See a letter from the Quay ({page.id[:8]}), and A page that goes ({goes.id})."
    assert named(archive, said) == ("A letter from the quay", page.id[:8])


def test_of_what_was_withdrawn_the_id_is_known_and_the_name_by_whoever_remembers(archive: Archive, hidden: str) -> None:
    done = withdrawal.withdraw(archive, withdrawal.preview(archive.db, hidden), Reason.PERSON)
    said = f"Zorblatt Quimby ({hidden}) asked to be left out."
    assert named(archive, said) == (hidden,)
    assert named(archive, said, beside=done.names) == ("Zorblatt Quimby", hidden)
