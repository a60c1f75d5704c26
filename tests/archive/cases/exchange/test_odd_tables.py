"""Odd tables: nothing of them is dropped without a word, and what cannot be kept is said before the import."""

from __future__ import annotations

import pytest

from archive.cases.exchange import mapping, table, table_import, table_plan
from archive.cases.exchange.table_plan import MORE, NOTHING, SHOWN, Plan
from archive.container import Archive
from archive.reading.result import Page, Reading
from tests.archive.conftest import Keep

MAP = """
origins = ["Link"]
[subject.person]
kind = "person"
[[subject.person.field]]
field = "name"
column = "Name"
[[subject.person.field]]
field = "born"
column = "Born"
matching = '(\\d{4})'
value = '\\1'
dates = "ymd"
"""


def read(text: str) -> tuple[table.Row, ...]:
    return table.of_reading(Reading("text/csv", pages=(Page(0, text),)))


def plan_of(archive: Archive, text: str, by: str = MAP) -> Plan:
    return table_plan.plan(archive.db, mapping.read(by), read(text))


@pytest.mark.parametrize(
    ("header", "cells", "names"),
    [
        ("Name\tBorn\tLink\tName", ["a\t1970\tl\tb"], ["Name", "Born", "Link", "Name (2)"]),
        ("Name\tName\tName (2)", ["a\tb\tc"], ["Name", "Name (3)", "Name (2)"]),
        ("Name\t\tBorn", ["a\tb\t1970"], ["Name", "column 2", "Born"]),
        ("Name\t\tBorn", ["a\t\t1970"], ["Name", "Born"]),
        ("Name\tcolumn 3\t\tBorn", ["a\tb\tc\t1970"], ["Name", "column 3", "column 3 (2)", "Born"]),
        ("Name\tBorn", ["a\t1970\tx", "b\t1971\ty"], ["Name", "Born", "column 3"]),
        ("Name\tBorn", ["a\t1970\tx", "b\t1971", "c"], ["Name", "Born"]),
    ],
)
def test_every_column_that_holds_something_has_a_name_of_its_own(
    header: str, cells: list[str], names: list[str]
) -> None:
    head, *below = read("\n".join((header, *cells)))
    found = table.columns(head, below)
    assert sorted(found, key=lambda name: found[name]) == names


def test_columns_without_a_name_and_of_a_name_used_before_are_named_among_those_not_read(archive: Archive) -> None:
    assert plan_of(archive, "Name\tBorn\t\tLink\tName\nPerson A\t1970\tx\tl\tPerson B\n").unread == (
        "column 3",
        "Name (2)",
    )


def test_a_row_with_more_cells_than_columns_is_a_problem(archive: Archive) -> None:
    plan = plan_of(archive, "Name\tBorn\tLink\nPerson A\t1970\tl\nDoe\tPerson\t1971\tl\nPerson B\t1972\tl\n")
    assert [(one.row, one.value) for one in plan.every_problem() if one.why == MORE] == [(3, "l")]


def test_what_is_too_long_to_keep_is_said_before_the_import_and_left_out_of_it(archive: Archive, keep: Keep) -> None:
    link, born = "https://example.org/" + "q" * 5000, "in 1970, " + "as they say, " * 500
    text = f"Name\tBorn\tLink\nPerson A\t1970\t{link}\nPerson B\t{born}\tl\nPerson C\t1972\tl"
    document = keep(text)
    plan = table_plan.plan(archive.db, mapping.read(MAP), table.of_document(archive.db, document.id))
    assert [(one.row, one.column) for one in plan.every_problem()] == [(2, "Link"), (3, "Born")]
    assert all(len(one.value) == SHOWN + 1 and "longer than" in one.why for one in plan.every_problem())
    came = table_import.take(archive.db, document.id, plan, who="desk", with_problems=True)
    assert (came.rows, came.refused, came.facts) == (3, (), 5)


def test_words_of_an_origin_are_found_again_as_they_are_kept(archive: Archive, keep: Keep) -> None:
    document = keep("Name\tBorn\tLink\nPerson A\t1970\t\u202ea book\u202c\n")
    plan = table_plan.plan(archive.db, mapping.read(MAP), table.of_document(archive.db, document.id))
    first = table_import.take(archive.db, document.id, plan, who="desk")
    again = table_import.take(archive.db, document.id, plan, who="desk")
    assert (first.facts, again.facts, again.known) == (2, 0, 2)
    repeated = archive.db.conn.execute("SELECT count(*) FROM custody WHERE action = 'source repeated'").fetchone()
    assert repeated == (0,)


def test_a_case_of_nobody_named_stands_by_its_event(archive: Archive, keep: Keep) -> None:
    by = """
    empty = ["unknown"]
    [subject.person]
    kind = "person"
    each = "Who"
    separators = [";"]
    [[subject.person.field]]
    field = "name"
    column = "Who"
    required = true
    [subject.case]
    kind = "case"
    [[subject.case.field]]
    field = "person-concerned"
    subject = "person"
    [[subject.case.field]]
    field = "unit"
    value = "one unnamed person"
    unless = "person"
    [subject.event]
    kind = "event"
    parent = "case"
    [[subject.event.field]]
    field = "place"
    column = "Where"
    """
    document = keep("Who\tWhere\tNote\nPerson A\tA town\t\nunknown\tA town\t\nunknown\tunknown\tx\n")
    plan = table_plan.plan(archive.db, mapping.read(by), table.of_document(archive.db, document.id))
    said = [[(one.role, value.field) for one in row.subjects for value in one.values] for row in plan.rows]
    assert said == [
        [("person", "name"), ("case", "person-concerned"), ("event", "place")],
        [("case", "unit"), ("event", "place")],
        [],
    ]
    assert [(one.row, one.why) for one in plan.every_problem()] == [(4, NOTHING)]
    first = table_import.take(archive.db, document.id, plan, who="desk")
    assert first.subjects == {"person": 1, "case": 2, "event": 2}
    assert table_import.take(archive.db, document.id, plan, who="desk").subjects == {}
