"""More like this finds the other part of what was cut in two, in any script, without the source itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from index import alike
from index.answers import Filter, Query
from index.beyond import RECORD
from tests.index.conftest import Desk

COMMON = "On this day the members of the meeting said that this was so, and others said that it was not. "
TOPICS = {
    "harbour": (
        "The lighthouse keeper lit a lantern over the harbour wall.",
        "Without a lantern the lighthouse keeper left the harbour.",
    ),
    "vineyard": (
        "Grapes of the vineyard were pressed before the vintner slept.",
        "The vintner tasted the pressed grapes among the vineyard rows.",
    ),
    "observatory": (
        "An astronomer aligned the telescope with a distant nebula.",
        "The nebula dimmed while the astronomer cleaned her telescope.",
    ),
    "арктика": (
        "Ледокол пробивался сквозь торосы к полярной станции.",
        "Полярная станция ждала: ледокол стоял перед торосами.",
    ),
    "塔": ("灯塔看守人在海港的灯塔里点灯。", "海港没有灯塔看守人，灯塔也没有点灯。"),
    "چىراغ": ("دېڭىز بويىدىكى ماياك قاراۋۇلى چىراغ ياقتى.", "چىراغ ياقمىغان ماياك قاراۋۇلى دېڭىز بويىدا ئىدى."),
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    desk.pairs = [  # type: ignore[attr-defined]
        tuple(desk.add(COMMON * 2 + part, title=f"Paper {topic}") for part in parts) for topic, parts in TOPICS.items()
    ]
    for number in range(30):
        desk.add(f"{COMMON} Filler {number}: nothing but weather, tea and trains.")
    desk.index.update()
    return desk


def like(desk: Desk, identity: str, parts: list[str]) -> Query:
    with desk.index.searcher().at_rest() as index:
        assert index is not None
        return alike.query(index, parts, identity, "A title")


def test_each_half_finds_the_other_first_and_never_itself(shelf: Desk) -> None:
    searcher = shelf.index.searcher()
    for (one, other), parts in zip(shelf.pairs, TOPICS.values(), strict=True):  # type: ignore[attr-defined]
        for source, target, text in ((one, other, parts[0]), (other, one, parts[1])):
            query = like(shelf, source, [COMMON * 2 + text])
            found = [hit.id for hit in searcher.first(query).hits]
            assert found[0] == target, (text, query.text)
            assert source not in found
            assert searcher.totals(query).total == len(found)


def test_the_words_are_few_telling_and_written_as_in_the_text(shelf: Desk) -> None:
    text = COMMON + TOPICS["harbour"][0] + " It stands nowhere else: Xylophonically!"
    words = like(shelf, "", [text]).text.split(" OR ")
    assert {"lighthouse", "lantern", "keeper"} <= set(words)
    assert not {"the", "this", "xylophonically"} & set(words)
    assert len(words) <= alike.MOST


def test_what_stands_nowhere_else_is_like_nothing(shelf: Desk) -> None:
    assert like(shelf, shelf.pairs[0][0], ["Zzyzx qwrtpl"]).text == ""  # type: ignore[attr-defined]
    assert like(shelf, shelf.pairs[0][0], [""]).text == ""  # type: ignore[attr-defined]


def test_one_record_can_be_left_out_or_asked_for(shelf: Desk) -> None:
    one, other = shelf.pairs[0]  # type: ignore[attr-defined]
    named = f"{one} The title, for people"
    assert shelf.found("lighthouse", Filter(RECORD, named, exclude=True)) == [other]
    assert shelf.found("lighthouse", Filter(RECORD, named)) == [one]
    assert shelf.found("lighthouse", Filter(RECORD, "no id at all")) == []
    query = replace(like(shelf, one, [TOPICS["harbour"][0]]), sort="newest")
    assert one not in shelf.found(query.text, *query.filters, sort="newest")
