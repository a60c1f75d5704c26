"""The publishers' keys that a reader trusts, kept in the notebook."""

from __future__ import annotations

import pytest

from archive.errors import InvalidValue, NoSuchRecord
from archive.notebook import pins
from archive.notebook.opening import Notebook
from archive.signing import minisign
from archive.signing.errors import OtherKey
from archive.signing.receipt import Trusted

FIRST, SECOND = minisign.generate().public, minisign.generate().public


def test_a_trusted_key_stands_under_its_name_and_for_this_archive(notebook: Notebook) -> None:
    assert pins.pinned(notebook.db) == ()
    pins.pin(notebook.db, FIRST, "  人权\n desk ")
    assert pins.pinned(notebook.db) == (Trusted(FIRST, "人权 desk", notebook.archive),)
    pins.pin(notebook.db, FIRST, "Desk")
    assert [one.name for one in pins.pinned(notebook.db)] == ["Desk"]


def test_another_key_is_refused_unless_both_are_wanted(notebook: Notebook) -> None:
    pins.pin(notebook.db, FIRST, "Desk")
    with pytest.raises(OtherKey) as caught:
        pins.pin(notebook.db, SECOND, "Desk")
    assert caught.value.facts == {"key": SECOND.name(), "expected": FIRST.name()}
    assert [one.public for one in pins.pinned(notebook.db)] == [FIRST]
    pins.pin(notebook.db, SECOND, "New desk", beside=True)
    assert {one.public for one in pins.pinned(notebook.db)} == {FIRST, SECOND}
    pins.forget(notebook.db, FIRST)
    assert [one.public for one in pins.pinned(notebook.db)] == [SECOND]
    with pytest.raises(NoSuchRecord):
        pins.forget(notebook.db, FIRST)


@pytest.mark.parametrize("name", ["", " \n", "x" * 121])
def test_a_name_is_needed(notebook: Notebook, name: str) -> None:
    with pytest.raises(InvalidValue):
        pins.pin(notebook.db, FIRST, name)


def test_the_shares_of_originals_are_counted_from_opening_to_opening(notebook: Notebook) -> None:
    assert [pins.next_share(notebook.db) for _ in range(3)] == [0, 1, 2]
