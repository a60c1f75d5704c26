"""Whatever a person says of columns, in whatever order, is a map that holds, and is shown as it was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import fields
from archive.cases.exchange import mapping, mapping_write, matching
from archive.cases.exchange.mapping import Map
from archive.cases.exchange.matching import Matching
from archive.cases.fields import Type
from archive.cases.records import Kind
from desktop.incoming import columns
from desktop.incoming.column_grid import usable
from desktop.incoming.columns import KEPT, NOTHING, ORIGIN, Use

MAPS = sorted((Path(__file__).parents[3] / "docs" / "maps").glob("*.toml"))
NAMES = ("One", "Two", "Three")


@st.composite
def said(draw: st.DrawFn) -> tuple[str, str, str, tuple[str, ...]]:
    part = draw(st.sampled_from([NOTHING, ORIGIN, "person", "case", "event", "event-2"]))
    kind = Kind(part.split("-")[0]) if part not in (NOTHING, ORIGIN) else None
    code = draw(st.sampled_from(usable(kind))) if kind else ""
    separators = draw(st.sampled_from([(), (";",), ("、", "|")])) if code and fields.field(code).many else ()
    return draw(st.sampled_from(NAMES)), part, code, separators


@given(st.lists(said(), max_size=8))
def test_what_was_said_last_is_what_holds(told: list[tuple[str, str, str, tuple[str, ...]]]) -> None:
    by, last = Map(()), dict[str, Use]()
    for column, part, code, separators in told:
        if part and part not in [one.part for one in columns.offers(by)] and part != ORIGIN:
            continue
        dates = "dmy" if code and fields.field(code).type is Type.DATE else ""
        last[column] = Use(part, code, dates, separators)
        by = columns.with_use(by, column, last[column])
        assert columns.use_of(by, column) == last[column]
    read = {column: use for column, use in last.items() if use.part}
    several = [use for use in read.values() if use.part == "person" and use.field == "name" and use.separators]
    if len(several) < 2:
        # of two columns with several persons each, the last says what is one of them
        assert {column: columns.use_of(by, column) for column in read} == read
    if by.parts:
        assert mapping.read(mapping_write.write(by)) == by
    else:
        assert all(use.part == ORIGIN for use in read.values())


def test_several_names_are_several_persons() -> None:
    by = columns.with_use(Map(()), "Who", Use("person", "name", separators=(";",)))
    person, case = by.parts
    assert (person.each, person.separators) == ("Who", (";",))
    assert [rule.value for rule in case.rules if rule.field == "unit"] == [
        "a group", "one unnamed person", "one unnamed person", "one named person",
    ]  # fmt: skip
    assert not columns.may_identify(by, ["Who", "No"])
    alone = columns.with_use(by, "Who", Use("person", "name"))
    assert alone.parts[0].each == ""
    assert columns.may_identify(alone, ["Who", "No"]) == ("No",)
    assert columns.identified(columns.with_identified(alone, "No")) == "No"


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_what_no_box_can_show_stays_in_the_map(path: Path) -> None:
    by = mapping.read(path.read_text("utf-8"))
    uses = {column: columns.use_of(by, column) for column in by.columns}
    assert KEPT in {use.part for use in uses.values()}
    for column, use in uses.items():
        assert columns.with_use(by, column, Use(KEPT)) is by
        if use.part == ORIGIN:
            again = columns.with_use(columns.with_use(by, column, Use()), column, use)
            assert set(again.origins) == set(by.origins)
            assert {part.name for part in again.parts} == {part.name for part in by.parts}


def test_a_subject_of_which_no_column_tells_goes() -> None:
    by = columns.with_use(Map(()), "Who", Use("person", "name"))
    by = columns.with_use(by, "When", Use("event", "date", "dmy"))
    by = columns.with_happened(by, "event", "detention")
    assert columns.happened(by, "event") == "detention"
    assert [part.name for part in by.parts] == ["person", "case", "event"]
    by = columns.with_use(by, "When", Use())
    assert [part.name for part in by.parts] == ["person", "case"]
    assert columns.with_use(by, "Who", Use()).parts == ()


def test_an_account_names_its_column_before_its_words() -> None:
    by = columns.with_use(Map(()), "Who", Use("person", "name"))
    by = columns.with_use(by, "Term \\1", Use("event", "account"))
    assert columns.use_of(by, "Term \\1") == Use("event", "account")
    (rule,) = (rule for part in by.parts for rule in part.rules if rule.column == "Term \\1")
    matching.check(rule.matching, rule.value)
    assert Matching(bool).told(rule.matching, "2019-12-07", rule.value) == "Term \\1: 2019-12-07"
