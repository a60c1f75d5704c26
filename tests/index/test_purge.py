"""After a withdrawal no block of the index, and no page of its file, holds words of what went."""

from __future__ import annotations

import pytest

from archive.errors import Cancelled
from archive.withdrawal import erasing, withdrawal
from archive.withdrawal.tombstones import Reason
from index.purge import purge
from tests import pages
from tests.index.conftest import Desk

# blocks share the beginnings of neighbouring words, so their ends are looked for
ENDS = ("rblatt", "immerfold")


def filled(desk: Desk) -> str:
    for number in range(300):
        desk.add(f"Page {number} about zoos, zones and shimmering water.", title=f"Page {number}")
    gone = desk.add(
        "The keeper Zorblatt of Shimmerfold.", title="Zorblatt", authors=("Zorblatt",), publisher="Zorblatt"
    )
    desk.index.update()
    return gone


def held(desk: Desk) -> list[tuple[str, str]]:
    found = pages.of_archive(desk.path, desk.key)
    return pages.holding({name: data for name, data in found.items() if name.startswith("index")}, *ENDS)


def withdraw(desk: Desk, identity: str) -> None:
    withdrawal.withdraw(desk.archive, withdrawal.preview(desk.archive.db, identity), Reason.PERSON)


def test_words_of_it_stay_in_the_blocks_until_the_index_is_made_anew(desk: Desk) -> None:
    gone = filled(desk)
    assert {word for _, word in held(desk)} == set(ENDS)
    withdraw(desk, gone)
    desk.index.update()
    assert desk.found("zorblatt") == []
    assert held(desk), "without this the test below would show nothing"

    purge(desk.archive, desk.index)

    assert held(desk) == []
    assert desk.found("zorblatt") == []
    assert len(desk.found("shimmering")) == 300
    assert desk.index.state().behind == 0


def test_one_that_was_cancelled_is_to_be_done_again(desk: Desk) -> None:
    withdraw(desk, filled(desk))
    calls = iter((*(False,) * 4, *(True,) * 100))
    with pytest.raises(Cancelled):
        purge(desk.archive, desk.index, cancelled=lambda: next(calls))
    assert erasing.derived(desk.archive.db)
    purge(desk.archive, desk.index)
    assert held(desk) == []


def test_a_build_that_was_begun_before_counts_for_nothing(desk: Desk) -> None:
    gone = filled(desk)
    began = desk.index.began()
    withdraw(desk, gone)
    purge(desk.archive, desk.index)
    assert began < desk.index.began()
    assert not desk.index.older()
