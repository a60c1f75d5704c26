"""A source follows its passage into a newer text, and can go back."""

from __future__ import annotations

import datetime

import pytest

from archive import verify
from archive.cases import facts, following, review
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import ChangedMeanwhile, InvalidValue
from archive.records import Document
from tests.archive.cases.conftest import TEXT, Make, Say
from tests.archive.cases.test_passages import new_version

TODAY = datetime.date(2024, 5, 1)


def test_a_source_follows_and_goes_back(archive: Archive, make: Make, say: Say, document: Document) -> None:
    (one,) = say(make(Kind.PERSON), ("name", "Example Person"), hedge="so it says", chain=("a report",))
    before = facts.get(archive.db, one.fact)
    new_version(archive, document, "A head. " + TEXT)
    newer = following.follow(archive.db, before.sources[0], who="desk")
    (source,) = facts.get(archive.db, one.fact).sources
    assert (source.id, source.version, source.start, source.quote) == (newer, 2, 8, before.sources[0].quote)
    assert (source.hedge, source.chain) == ("so it says", before.sources[0].chain)
    assert review.items(archive.db, TODAY) == ()
    assert verify.check(archive).faults == ()
    with pytest.raises(InvalidValue):
        following.follow(archive.db, source, who="desk")
    with pytest.raises(ChangedMeanwhile):
        following.follow(archive.db, before.sources[0], who="other")
    following.go_back(archive.db, before.sources[0].id, newer, who="desk")
    assert facts.get(archive.db, one.fact) == before
    assert verify.check(archive).faults == ()
    with pytest.raises(ChangedMeanwhile):
        following.go_back(archive.db, before.sources[0].id, newer, who="desk")


def test_a_lost_passage_cannot_be_followed(archive: Archive, make: Make, say: Say, document: Document) -> None:
    (one,) = say(make(Kind.PERSON), ("name", "Example Person"))
    new_version(archive, document, "Nothing of that.")
    with pytest.raises(InvalidValue):
        following.follow(archive.db, facts.get(archive.db, one.fact).sources[0], who="desk")
