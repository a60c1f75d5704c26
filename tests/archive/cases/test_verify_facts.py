"""Verification tells of passages that do not stand, sources that were altered and facts without a source."""

from __future__ import annotations

import pytest

from archive import verify
from archive.cases import people
from archive.cases.records import Kind
from archive.container import Archive
from tests.archive.cases.conftest import Make


@pytest.mark.parametrize(
    ("alteration", "codes"),
    [
        ("SELECT 1", []),
        ("UPDATE source SET quote = 'Else'", ["passage", "source"]),
        ("UPDATE source SET stance = 'denies'", ["source"]),
        ("UPDATE source SET hedge = 'perhaps'", ["source"]),
        ("UPDATE source SET note = 'a remark'", ["source"]),
        ("UPDATE source SET version = 2", ["passage", "source"]),
        ("DELETE FROM source", ["unsourced"]),
        ("UPDATE fact SET value = 'Else'", ["fact-altered"]),
        ("UPDATE fact SET as_of = '2015'", ["fact-altered"]),
    ],
)
def test_what_is_found(archive: Archive, make: Make, alteration: str, codes: list[str]) -> None:
    make(Kind.PROGRAMME, name="A programme")
    archive.db.execute(alteration)
    assert [fault.code for fault in verify.check(archive).faults] == codes


def test_what_went_over_by_a_merge_is_as_recorded(archive: Archive, make: Make) -> None:
    one, other, third = (make(Kind.PERSON, name="Person A", born="1970") for _ in range(3))
    make(Kind.CASE, person_concerned=other.id)
    first = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    second = people.merge(archive.db, third.id, one.id, "the same passport", who="desk")
    assert verify.check(archive).faults == ()
    for merge in (second, first):
        people.unmerge(archive.db, merge, who="desk")
    assert verify.check(archive).faults == ()
