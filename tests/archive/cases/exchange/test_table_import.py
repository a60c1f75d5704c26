"""An import of a table may be stopped, killed, doubled and disturbed: whole rows stand, once, and others may write."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from archive import documents, texts, unlocking, verify
from archive.cases import facts, judging, people, subjects
from archive.cases.exchange import mapping, table, table_import, table_plan
from archive.cases.exchange.table_plan import Plan
from archive.cases.records import Citation, Entry, Kind, Recorded
from archive.connect import translated, writing
from archive.container import Archive
from archive.errors import DiskFull
from archive.reading.result import Page, Reading
from archive.records import Document
from tests.archive.conftest import Keep

ROWS = 60
MAP = """
origins = ["Link"]
[subject.person]
kind = "person"
identify = ["No"]
[[subject.person.field]]
field = "name"
column = "Name"
[[subject.person.field]]
field = "born"
column = "Born"
dates = "ymd"
[subject.case]
kind = "case"
[[subject.case.field]]
field = "person-concerned"
subject = "person"
[[subject.case.field]]
field = "unit"
value = "one named person"
"""
OF_A_ROW = 4
"""Facts of a row: name, born, person-concerned and unit."""


def listed(rows: int) -> str:
    """A table in which every third row tells of the person of the row before."""
    lines = ["No\tName\tBorn\tLink"]
    for at in range(rows):
        person = at - 1 if at % 3 == 2 else at
        lines.append(f"{person}\tPerson {person}\t{1900 + person % 100}\thttps://example.org/{at}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def document(keep: Keep) -> Document:
    return keep(listed(ROWS), title="list")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row is a batch of its own."""
    monkeypatch.setattr(table_import, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(table_import, "PAUSE_SECONDS", 0.0)


def planned(archive: Archive, document: Document) -> Plan:
    return table_plan.plan(archive.db, mapping.read(MAP), table.of_document(archive.db, document.id))


def counts(archive: Archive) -> dict[str, int]:
    """Persons, cases, facts and sources that stand."""
    found = {str(kind): subjects.count(archive.db, kind) for kind in (Kind.PERSON, Kind.CASE)}
    for name in ("fact", "source"):
        found[name] = archive.db.conn.execute(f"SELECT count(*) FROM {name} WHERE state = 'current'").fetchone()[0]
    return found


def whole(rows: int) -> dict[str, int]:
    """What so many first rows bring."""
    persons = rows - rows // 3
    return {"person": persons, "case": rows, "fact": 2 * persons + 2 * rows, "source": OF_A_ROW * rows}


@pytest.mark.usefixtures("hurried")
def test_an_import_that_is_stopped_keeps_whole_rows_and_goes_on(archive: Archive, document: Document) -> None:
    plan, done = planned(archive, document), list[int]()
    came = table_import.take(
        archive.db, document.id, plan, who="desk",
        progress=lambda at, of: done.append(at), cancelled=lambda: len(done) == 7,
    )  # fmt: skip
    assert (came.rows, came.ahead, came.left_out) == (done[-1], ROWS - done[-1], 0)
    assert 7 <= done[-1] < ROWS
    assert counts(archive) == whole(done[-1])
    again = table_import.take(archive.db, document.id, plan, who="desk")
    assert (again.rows, again.ahead, again.subjects["case"]) == (ROWS, 0, ROWS - done[-1])
    assert counts(archive) == whole(ROWS)
    assert verify.check(archive).faults == ()


@pytest.mark.usefixtures("hurried")
def test_a_full_disk_keeps_whole_rows_and_the_import_goes_on(archive: Archive, document: Document) -> None:
    plan, db = planned(archive, document), archive.db.conn
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages + 12}")
    with pytest.raises(DiskFull), translated(archive.path):
        table_import.take(archive.db, document.id, plan, who="desk")
    rows = subjects.count(archive.db, Kind.CASE)
    assert 0 < rows < ROWS
    assert counts(archive) == whole(rows)
    db.execute("PRAGMA max_page_count = 1000000")
    table_import.take(archive.db, document.id, plan, who="desk")
    assert counts(archive) == whole(ROWS)
    assert verify.check(archive).faults == ()


KILLED = """
import sys
from pathlib import Path
from archive import unlocking
from archive.cases.exchange import table_import
from archive.container import Archive
from tests.archive.cases.exchange.test_table_import import planned
from archive import documents

path = Path(sys.argv[1])
table_import.BATCH_SECONDS = 0.01
with Archive(path, unlocking.unlock(path), write=True) as archive:
    document = documents.get(archive.db, sys.argv[2])
    table_import.take(archive.db, document.id, planned(archive, document), who="desk",
                      progress=lambda done, of: print(done, flush=True))
"""


def test_an_import_that_is_killed_keeps_whole_rows_and_goes_on(archive: Archive, document: Document) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(archive.path), document.id], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = int(child.stdout.readline())
    child.kill()
    child.communicate()
    rows = subjects.count(archive.db, Kind.CASE)
    assert told <= rows < ROWS
    assert counts(archive) == whole(rows)
    table_import.take(archive.db, document.id, planned(archive, document), who="desk")
    assert counts(archive) == whole(ROWS)
    assert verify.check(archive).faults == ()


@pytest.fixture
def other(archive: Archive) -> Iterator[Archive]:
    """Another program on the same archive."""
    with Archive(archive.path, unlocking.unlock(archive.path), write=True) as opened:
        yield opened


@pytest.mark.usefixtures("hurried")
def test_the_same_import_in_two_programs_brings_everything_once(
    archive: Archive, other: Archive, document: Document
) -> None:
    plan, turns = planned(archive, document), list[int]()

    def disturb(done: int, total: int) -> None:
        turns.append(done)
        if len(turns) == 5:
            table_import.take(other.db, document.id, plan, who="other", cancelled=lambda: counts(other)["case"] >= 20)

    came = table_import.take(archive.db, document.id, plan, who="desk", progress=disturb)
    assert came.subjects["case"] == ROWS - 15
    assert counts(archive) == whole(ROWS)


def test_who_records_by_hand_waits_a_second_at_most(archive: Archive, other: Archive, keep: Keep) -> None:
    document = keep(listed(1500), title="long")
    person, stop, waits = subjects.create(archive.db, Kind.PERSON, who="desk").id, threading.Event(), list[float]()

    def record() -> None:
        while not stop.is_set():
            began = time.monotonic()
            facts.record(
                other.db,
                Citation(document.id, 1, 0, 7),
                [Entry(person, "name", f"Person {len(waits)}")],
                who="other",
            )
            waits.append(time.monotonic() - began)
            time.sleep(0.05)

    by_hand = threading.Thread(target=record)
    plan = planned(archive, document)
    by_hand.start()
    try:
        came = table_import.take(archive.db, document.id, plan, who="desk")
    finally:
        stop.set()
        by_hand.join()
    assert came.ahead == 0
    assert len(waits) >= 3
    assert sorted(waits)[len(waits) // 2] < 1


def test_a_text_read_anew_meanwhile_leaves_citations_at_their_rows(archive: Archive, document: Document) -> None:
    plan = planned(archive, document)
    with writing(archive.db):
        texts.add(archive.db, document.row, Reading("text/csv", pages=(Page(0, "A line before\n" + listed(ROWS)),)))
    table_import.take(archive.db, document.id, plan, who="desk")
    (fact,) = facts.of_subject(archive.db, next(subjects.of_kind(archive.db, Kind.PERSON)))[:1]
    assert fact.sources[0].version == 1
    assert fact.sources[0].quote.startswith("0\tPerson 0\t1900")
    anew = documents.get(archive.db, document.id)
    assert anew.text_version == 2
    again = table_import.take(archive.db, document.id, plan, who="desk")
    assert again.facts == 0


def test_a_person_of_several_rows_is_found_by_any_of_them(archive: Archive, keep: Keep) -> None:
    document = keep("No\tName\tBorn\tLink\n7\tPerson A\tsoon\t\n7\tPerson A\t1970\t\n")
    plan = planned(archive, document)
    first = table_import.take(archive.db, document.id, plan, who="desk")
    assert (first.rows, first.left_out, first.subjects["person"]) == (1, 1, 1)
    again = table_import.take(archive.db, document.id, plan, who="desk", with_problems=True)
    assert (again.rows, again.subjects) == (2, {"case": 1})


COUPLE = """
[subject.one]
kind = "person"
[[subject.one.field]]
field = "name"
column = "One"
[[subject.one.field]]
field = "spouse-of"
subject = "other"
[subject.other]
kind = "person"
[[subject.other.field]]
field = "name"
column = "Other"
"""
POST = """
[[subject.one.field]]
field = "position"
column = "Post"
"""


def test_a_row_that_cannot_be_recorded_is_told_and_nothing_of_it_stays(archive: Archive, keep: Keep) -> None:
    document = keep("One\tOther\tPost\nPerson A\tPerson B\tClerk\nPerson C\tPerson D\tJudge\n")
    rows = table.of_document(archive.db, document.id)
    plan = table_plan.plan(archive.db, mapping.read(COUPLE), rows)
    table_import.take(archive.db, document.id, plan, who="desk")
    persons = {person.label: person.id for person in subjects.of_kind(archive.db, Kind.PERSON)}
    one, other = persons["Person A"], persons["Person B"]
    (marriage,) = (fact for fact in facts.of_subject(archive.db, subjects.get(archive.db, one)) if fact.value == other)
    judging.undo(archive.db, [Recorded(marriage.id, marriage.sources[0].id, False)], who="desk")
    people.merge(archive.db, one, other, "checked", who="desk")
    before = counts(archive)
    fuller = table_plan.plan(archive.db, mapping.read(COUPLE.replace("[[", POST + "[[", 1)), rows)
    again = table_import.take(archive.db, document.id, fuller, who="desk")
    assert [(one.row, one.why) for one in again.refused] == [(2, "the record itself")]
    assert (again.rows, again.left_out, again.subjects, again.facts) == (1, 1, {}, 1)
    assert counts(archive) == {**before, "fact": before["fact"] + 1, "source": before["source"] + 1}
