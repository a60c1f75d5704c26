"""A case in one line: its latest outcome, its days, and how much stands under it."""

from __future__ import annotations

import pytest

from archive.cases import dockets, subjects, summaries
from archive.cases.records import Kind
from archive.container import Archive
from tests.archive.cases.conftest import Make, Say


def test_a_case_in_one_line(archive: Archive, make: Make, say: Say) -> None:
    person = make(Kind.PERSON, name="Person A")
    case = make(Kind.CASE, person_concerned=person.id, host="TH")
    event = make(Kind.EVENT, parent=case.id, event_type="detention", date="2015-10")
    say(case, ("outcome", "returned"), as_of="2015-11")
    say(case, ("outcome", "released"), as_of="2019")
    say(event, ("date", "2016"))
    assert summaries.everything(archive.db) == (case.id,)
    (found,) = summaries.of(archive.db, [person.id, case.id, "gone"])
    assert found.case == subjects.get(archive.db, case.id)
    assert (found.outcome, found.countries) == ("released", ("TH",))
    assert (found.earliest, found.latest) == ("2015-10-01", "2019-12-31")
    assert (found.events, found.facts, found.sources, found.contradictions) == (1, 7, 7, 1)


@pytest.mark.parametrize("codes", [("whereabouts-unknown", "at-large"), ("at-large", "whereabouts-unknown")])
def test_of_outcomes_without_a_date_the_last_recorded_counts_everywhere(
    archive: Archive, make: Make, say: Say, codes: tuple[str, str]
) -> None:
    case = make(Kind.CASE)
    for code in codes:
        say(case, ("outcome", code))
    (found,) = summaries.of(archive.db, [case.id])
    docket = dockets.of_cases(archive.db, [case.row])[case.row]
    assert found.outcome == docket.outcome == codes[1]
