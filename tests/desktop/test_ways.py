"""Ways to a record: which other forms were searched, and which one a record holds."""

from __future__ import annotations

import re

import pytest

from desktop import ways
from index.answers import PLACE_NAME, Hit, Widened

NAMED = re.findall(
    r"`([a-z]+(?:-[a-z]+)*)`", (Hit.__doc__ or "").partition("`matched_by`")[2].partition("`through`")[0]
)
"""The ways that a hit may bear, by its own docstring."""


def test_the_ways_are_found() -> None:
    assert {"prefix", "any-word", "author"} <= set(NAMED)


@pytest.mark.parametrize("way", NAMED)
def test_every_way_to_a_hit_is_said_in_words(way: str) -> None:
    assert ways.words(way)
    assert ways.words(way) != way.replace("-", " ") or way in ("wildcard", "pinyin")


def test_other_forms_are_listed_under_the_way_that_leads_to_them_and_many_are_cut() -> None:
    stems = [Widened("lantern", f"lantern{n}", "stem") for n in range(7)]
    said = ways.also([*stems, stems[0], Widened("lantern", "lamp", "label")])
    assert said == (
        "Searched too: lantern0, lantern1, lantern2, lantern3, lantern4, lantern5, … (another form of the word); "
        "lamp (another word for it)"
    )


def test_where_nothing_else_was_searched_nothing_is_said() -> None:
    assert ways.also([]) == ""
    assert ways.also([Widened("TH-10", "Bangkok", PLACE_NAME)]) == ""  # names of a place are said apart


def test_what_a_hit_holds_instead_is_said_with_how_one_leads_to_the_other() -> None:
    through = [Widened("lantern", "lanterns", "stem")]
    assert ways.through(through) == ["matched lanterns through another form of the word"]
