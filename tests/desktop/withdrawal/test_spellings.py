"""A search for a person who was withdrawn is known as that however the name was typed."""

from __future__ import annotations

import pytest

from archive.notebook.purging import Named
from desktop.withdrawal.purged import SPELLING

LANTERN = "林灯笼"  # Lin Denglong: nobody


@pytest.mark.parametrize(
    "query",
    [
        "林灯笼",
        "林燈籠",
        "passport 林燈籠",
        "lin denglong",
        "Denglong Lin",
        '"Lin Deng-long"',
        "lindenglong",
        "lin deng long boats",
        "lam dang-lung",
    ],
)
def test_it_asks_for_the_person(query: str) -> None:
    assert Named([LANTERN], SPELLING).asks(query)


@pytest.mark.parametrize("query", ["林", "灯", "lin", "denglong boats", "linden", "灯笼", ""])
def test_it_asks_for_something_else(query: str) -> None:
    assert not Named([LANTERN], SPELLING).asks(query)


def test_own_words_name_the_person_in_other_characters() -> None:
    assert Named([LANTERN], SPELLING).within("Ask 林燈籠 (Lin Denglong) again.")
    assert not Named([LANTERN], SPELLING).within("Lanterns in a wood.")


def test_a_title_is_spelt_in_no_other_letters() -> None:
    assert SPELLING.others("护照") == SPELLING.others("lantern") == ()
