"""Expressions of maps are found as Python finds them, and neither map nor cell can hold up or fill the machine."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases.exchange import mapping, matching, table, table_plan
from archive.cases.exchange.matching import GIVEN_UP, SLOW, Matching
from archive.cases.exchange.table_plan import Plan
from archive.container import Archive
from archive.errors import Cancelled, InvalidValue
from archive.reading.result import Page, Reading

ENDLESS = "(a|aa)+$"
LONG = "a" * 4000 + "!"
MAP = f"""
[subject.person]
kind = "person"
[[subject.person.field]]
field = "name"
column = "Name"
[[subject.person.field]]
field = "position"
column = "Post"
matching = '{ENDLESS}'
"""


def plan_of(archive: Archive, *posts: str) -> Plan:
    text = "Name\tPost\n" + "".join(f"Person A\t{post}\n" for post in posts)
    rows = table.of_reading(Reading("text/csv", pages=(Page(0, text),)))
    return table_plan.plan(archive.db, mapping.read(MAP), rows)


def test_a_cell_that_takes_too_long_is_a_problem_by_row_and_column(archive: Archive) -> None:
    began = time.process_time()
    plan = plan_of(archive, "aaa", *(LONG + str(at) for at in range(200)), "aaaa")
    assert time.process_time() - began < 10
    found = [(one.row, one.column, one.why) for one in plan.every_problem()]
    assert found[:3] == [(row, "Post", SLOW) for row in (3, 4, 5)]
    assert found[3:] == [(row, "Post", GIVEN_UP) for row in range(6, 204)]
    first, second, *_ = plan.rows
    assert [value.value for value in first.subjects[0].values] == ["Person A", "aaa"]
    assert [value.value for value in second.subjects[0].values] == ["Person A"]


def test_looking_can_be_stopped_within_a_cell(archive: Archive) -> None:
    answers = iter([False, False, True])
    work = Matching(lambda: next(answers))
    for cell in (LONG, LONG + "b"):
        with pytest.raises(InvalidValue, match=SLOW):
            work.found(ENDLESS, cell)
    with pytest.raises(Cancelled):
        work.found(ENDLESS, LONG + "c")


@pytest.mark.parametrize(
    "expression",
    ["a{99999999}", "[ab]{99999999}", "(a){99999999}", "(?:(?:[ab]{1000}){1000}){1000}",
     "(?:" * 30 + "a+" + ")+" * 30 + "b", "(" * 20000 + ")" * 20000, "(", "*", "x" * 600_000],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_an_expression_that_cannot_be_kept_is_refused(expression: str) -> None:
    with pytest.raises(InvalidValue):
        matching.check(expression)


@pytest.mark.parametrize("told", [r"\2", r"\g<no>", r"\q", "\\"])
def test_what_groups_cannot_give_is_refused(told: str) -> None:
    with pytest.raises(InvalidValue):
        matching.check("(a)", told)


PIECES = st.sampled_from(
    ["a", "b", "年", "(", ")", "[ab]", "|", "*", "+?", "{2}", "^", "$", r"\d", ".", "(?!", "(?=", "\\"]
)


@given(st.lists(PIECES, max_size=8).map("".join), st.text("ab年1", max_size=8), st.sampled_from(["", "x", r"<\1>"]))
def test_it_finds_what_python_finds(expression: str, cell: str, told: str) -> None:
    try:
        matching.check(expression, told)
        found = re.compile(expression).search(cell)
    except (InvalidValue, re.error):  # one that only this library reads is nothing to compare
        return
    expected = None if found is None else found.expand(told) if told else cell
    assert Matching(bool).told(expression, cell, told) == expected
