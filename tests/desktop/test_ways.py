"""Ways to a record: which other forms were searched, and which one a record holds."""

from __future__ import annotations

import re

import pytest

from desktop import ways
from index import gazetteer
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


def test_what_a_text_cannot_tell_of_a_place_is_said() -> None:
    def said(key: str, *names: str) -> list[str]:
        return ways.places([Widened(key, name, PLACE_NAME) for name in names])

    georgia = said("US-GA", "Georgia")
    assert georgia[0] == "Georgia (US): recorded there, or named in the text: Georgia"
    assert georgia[1] == "Not told apart in texts, because a name is shared: Georgia (country or territory)"
    medina = said("109223", "المدينة المنورة")
    assert medina[-1].startswith("Not looked for in texts, because they are ordinary words: ")
    assert "المدينة" in medina[-1]
    assert len(said("TH-10", "Bangkok", "曼谷")) == 1
    libya, lebanon = (one.key for one in gazetteer.called("Tripoli"))
    assert said(libya, "Tripoli")[1].endswith(": Tripoli, North (Lebanon)")
    both = ways.places([Widened(key, "Tripoli", PLACE_NAME) for key in (libya, lebanon)])
    assert len(both) == 2  # both were asked for
