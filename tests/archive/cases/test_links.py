"""Links between documents: made once, never in a circle, and of quotations no other source."""

from __future__ import annotations

import pytest

from archive import custody
from archive.cases import links
from archive.cases.links import Link
from archive.container import Archive
from archive.errors import InvalidValue
from tests.archive.conftest import Keep


@pytest.mark.parametrize("relation", list(Link))
def test_a_link_is_made_once(archive: Archive, keep: Keep, relation: Link) -> None:
    one, other = keep("One."), keep("Another.")
    for _ in range(2):
        links.add(archive.db, one.id, relation, other.id, who="desk")
    assert len(links.of_document(archive.db, one.id)) == 1
    assert [entry.action for entry in custody.entries(archive.db, one.id)].count("linked") == 1
    links.remove(archive.db, one.id, relation, other.id, who="desk")
    assert links.of_document(archive.db, one.id) == ()


@pytest.mark.parametrize("relation", sorted(links.RENDERS))
def test_what_renders_says_no_more_than_what_it_renders(archive: Archive, keep: Keep, relation: Link) -> None:
    one, other, third = keep("One."), keep("Another."), keep("A third.")
    links.add(archive.db, one.id, relation, other.id, who="desk")
    links.add(archive.db, other.id, Link.TRANSLATION, third.id, who="desk")
    assert links.rendered(archive.db, one.id) == third.id
    with pytest.raises(InvalidValue):
        links.add(archive.db, third.id, relation, one.id, who="desk")


def test_two_translations_may_be_versions_of_each_other(archive: Archive, keep: Keep) -> None:
    one, other, third = keep("One."), keep("Another."), keep("A third.")
    for document in (other, third):
        links.add(archive.db, document.id, Link.TRANSLATION, one.id, who="desk")
    links.add(archive.db, third.id, Link.VERSION, other.id, who="desk")
    assert links.rendered(archive.db, third.id) == one.id


def test_no_circle_is_closed_by_a_second_link(archive: Archive, keep: Keep) -> None:
    one, other, third = keep("One."), keep("Another."), keep("A third.")
    for document in (other, third):
        links.add(archive.db, one.id, Link.TRANSLATION, document.id, who="desk")
    with pytest.raises(InvalidValue):
        links.add(archive.db, third.id, Link.TRANSLATION, one.id, who="desk")
