"""What is proposed for a column: by its header, by its values, and never what its values do not bear out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.cases.exchange import mapping, mapping_write, table_plan
from archive.cases.exchange.mapping import Map
from archive.cases.exchange.table import Row
from archive.connect import Database
from archive.keys import ArchiveKey
from desktop.incoming import columns, proposing
from desktop.incoming.columns import ORIGIN, Use
from desktop.workspace import Workspace


@pytest.fixture
def db(archive: tuple[Path, ArchiveKey]) -> Iterator[Database]:
    with Workspace(*archive, write=False) as workspace:
        yield workspace.archive.db


def rows(*cells: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row("", number, several, 0, 1) for number, several in enumerate(cells, 1))


@pytest.mark.parametrize(
    ("header", "values", "use"),
    [
        ("Full name", ("Person A", "Person B"), Use("person", "name", required=True)),
        ("姓名", ("甲、乙", "丙"), Use("person", "name", separators=("、",), required=True)),
        ("Date of birth", ("31/01/1970",), Use("person", "born", "dmy")),
        ("Date of birth", ("01/31/1970",), Use("person", "born", "mdy")),
        ("Date of birth", ("spring", "autumn"), Use()),
        ("Profession", ("Clerk of the town", "Keeper of a shop"), Use("person", "position")),
        ("性别", ("男", "女"), Use("person", "gender", synonyms={"男": "male", "女": "female"})),
        ("Country", ("Thailand", "LA"), Use("event", "host", synonyms={"thailand": "TH", "la": "LA"})),
        ("Status", ("released", "In custody"), Use("case", "outcome")),
        ("Status", ("active", "closed"), Use()),
        ("Term", ("3 years", "life"), Use("event", "duration")),
        ("Term", ("2019-01-01", "soon"), Use("event", "account")),
        ("Link", ("https://example.org/1",), Use(ORIGIN)),
        ("X", ("https://example.org/1",), Use(ORIGIN)),
        ("X", ("2019-01-01", "2020-02-03"), Use("event", "date", "ymd")),
        ("X", ("Laos", "泰国"), Use("event", "host", synonyms={"laos": "LA", "泰国": "TH"})),
        ("X", ("1", "2"), Use()),
    ],
)
def test_header_and_values_together_say_what_a_column_is(
    db: Database, header: str, values: tuple[str, ...], use: Use
) -> None:
    assert proposing.use_for(db, header, values) == use


def test_words_that_mean_empty_are_found_and_values_are_counted(db: Database) -> None:
    found = proposing.columns(rows(("Name", "", "Born"), ("Person A", "x", "n/a"), ("Person A", "", "1970")), 1)
    assert [(one.name, one.first, one.filled) for one in found] == [
        ("Name", ("Person A",), 2),
        ("column 2", ("x",), 1),
        ("Born", ("n/a", "1970"), 2),
    ]
    assert proposing.proposed(db, found, Map((), language="en")).empty == {"n/a"}


def test_a_row_that_names_nobody_is_a_case_by_what_happened(db: Database) -> None:
    table = rows(("姓名", "地点"), ("甲、乙", "某地"), ("不详", "某地"))
    told = proposing.proposed(db, proposing.columns(table, 1), Map(()))
    plan = table_plan.plan(db, told, table)
    assert plan.every_problem() == ()
    assert [(one.role, [value.value for value in one.values]) for one in plan.rows[1].subjects] == [
        ("case", ["one unnamed person"]),
        ("event", ["某地"]),
    ]


CELLS = st.sampled_from(
    ["", "-", "Person A", "甲、乙", "1970", "31/01/1970", "Thailand", "released", "https://e.org", "男"]
)
HEADS = st.sampled_from(["Name", "Born", "Date", "Country", "Status", "Sex", "Source", "Notes", "?", ""])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(HEADS, CELLS, CELLS), min_size=1, max_size=5))
def test_whatever_is_proposed_is_a_map_that_holds(db: Database, table: list[tuple[str, str, str]]) -> None:
    found = proposing.columns(rows(*zip(*table, strict=True)), 1)
    told = proposing.proposed(db, found, Map(()))
    assert len(found) == sum(bool(head or any(cells)) for head, *cells in table)
    assert {head for head, _, _ in table} - {""} <= {one.name for one in found}
    assert not any(columns.use_of(told, one.name).part == columns.KEPT for one in found)
    if told.parts:
        assert mapping.read(mapping_write.write(told)) == told
