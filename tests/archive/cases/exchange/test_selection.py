"""Nothing that leaves the archive without what is confidential tells of it: in no word, date, name or count."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace

import pytest

from archive.cases import facts, judging, people, subjects, vocabularies
from archive.cases.dossier import gather, html
from archive.cases.exchange import csv_export, ftm, json_export, selection
from archive.cases.records import Assessment, Citation, Entry, Kind, State, Step, Subject
from archive.container import Archive
from archive.records import Confidentiality, Document
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep

SECRET = Confidentiality.CONFIDENTIAL
WORDS = "as Zuzana Example told"


@pytest.fixture
def case(make: Make) -> Subject:
    return make(Kind.CASE, name="The case")


@pytest.fixture
def secret(archive: Archive, make: Make) -> Subject:
    person = make(Kind.PERSON, name="Zuzana Example")
    subjects.protect(archive.db, person.id, SECRET, who="desk")
    return person


def leaving(archive: Archive, case: Subject) -> str:
    db = archive.db
    dossier = gather.gather(db, [case.id], archive="A", made=datetime.date(2024, 1, 1))
    tables = csv_export.cases(db, confidential=False) + csv_export.facts_with_sources(db, confidential=False)
    told = json_export.text(db, confidential=False) + "".join(ftm.lines(db, confidential=False))
    return (tables + told + html.render(dossier).decode()).casefold()


@pytest.mark.parametrize("where", ["value", "note", "hedge", "date_words", "chain", "title", "assessment", "set apart"])
def test_words_that_name_a_confidential_person(
    archive: Archive, document: Document, case: Subject, secret: Subject, keep: Keep, where: str
) -> None:
    entry = Entry(case.id, "official-record", "x")
    if where in ("value", "note", "hedge", "date_words"):
        entry = replace(entry, **{where: WORDS})  # type: ignore[arg-type]
    page = keep("Another page of any words.", title=WORDS) if where == "title" else document
    chain = (Step("", WORDS),) if where == "chain" else ()
    (one,) = facts.record(archive.db, Citation(page.id, 1, 0, 9, chain=chain), [entry], who="desk")
    if where == "assessment":
        judging.assess(archive.db, one.fact, Assessment.PROBABLE, WORDS, who="desk")
    elif where == "set apart":
        judging.set_apart(archive.db, one.fact, State.CORRECTED, WORDS, who="desk")
    assert "zuzana" in json_export.text(archive.db).casefold()
    assert "zuzana" not in leaving(archive, case)


@pytest.mark.parametrize("written", ["ZUZANA EXAMPLE", "zuzana   example", "Zuzana\nExample"])
def test_a_name_however_it_is_written(
    archive: Archive, case: Subject, secret: Subject, keep: Keep, written: str
) -> None:
    page = keep(f"{written} was there")
    entry = Entry(case.id, "official-record", "x")
    facts.record(archive.db, Citation(page.id, 1, 0, len(written) + 4), [entry], who="desk")
    assert "zuzana" not in leaving(archive, case)


def test_a_name_within_another_word_is_none() -> None:
    names = selection.Secrets(["Li Ma", "Ana", "王小明", "张某"])
    assert names.named_in("said Li Ma.")
    assert names.named_in("Anas book")
    assert names.named_in("据王小明说")
    assert not names.named_in("Banana", "Ali Mahmud", "张某", None, "")


def test_what_a_source_rests_on(
    archive: Archive, document: Document, case: Subject, secret: Subject, keep: Keep
) -> None:
    hidden = keep("Another page of any words.", title="Testimony of Mrs Hidden")
    archive.db.table("document").update(hidden.row, {"confidentiality": str(SECRET)})
    for identity in (hidden.id, secret.id):
        chain = (Step(identity, ""),)
        entry = Entry(case.id, "official-record", "x")
        facts.record(archive.db, Citation(document.id, 1, 0, 9, chain=chain), [entry], who="desk")
    told = leaving(archive, case)
    assert "zuzana" not in told
    assert "hidden" not in told


def test_a_confidential_name_of_an_open_person(archive: Archive, make: Make, say: Say, case: Subject) -> None:
    person = make(Kind.PERSON)
    (name,) = say(person, ("name", "Zuzana Example"))
    judging.protect(archive.db, name.fact, SECRET, who="desk")
    say(case, ("person-concerned", person.id), ("official-record", WORDS))
    assert "zuzana" not in leaving(archive, case)


def test_a_confidential_organisation(archive: Archive, make: Make, say: Say, case: Subject) -> None:
    organisation = make(Kind.ORGANISATION, name="Zuzana Society")
    subjects.protect(archive.db, organisation.id, SECRET, who="desk")
    event = make(Kind.EVENT, case.id, event_type="detention")
    say(event, ("by", organisation.id), ("account", "The Zuzana Society was there"))
    assert "zuzana" not in leaving(archive, case)


def test_confidential_outcomes_dates_and_events(archive: Archive, make: Make, say: Say, case: Subject) -> None:
    say(case, ("outcome", "returned"), as_of="2015")
    event = make(Kind.EVENT, case.id)
    for (one,) in (say(case, ("outcome", "released"), as_of="2018-04"), say(event, ("date", "1987-03-04"))):
        judging.protect(archive.db, one.fact, SECRET, who="desk")
    (row,) = csv.DictReader(io.StringIO(csv_export.cases(archive.db, confidential=False)))
    assert (row["first date"], row["last date"], row["events"]) == ("2015-01-01", "2015-12-31", "0")
    assert row["outcome"] == vocabularies.label(archive.db, "outcome", "returned", "en")
    told = leaving(archive, case)
    assert "1987" not in told
    assert "2018" not in told


def test_merges_and_persons_held_apart(archive: Archive, make: Make, say: Say, case: Subject, secret: Subject) -> None:
    one, other, third = (make(Kind.PERSON, name=f"Person {letter}") for letter in "ABC")
    (fact,) = say(other, ("position", "A secret post"))
    judging.protect(archive.db, fact.fact, SECRET, who="desk")
    people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    people.keep_apart(archive.db, one.id, third.id, WORDS, who="desk")
    told = leaving(archive, case)
    assert "zuzana" not in told
    assert "secret post" not in told


def test_which_cases_hold_what_is_confidential(
    archive: Archive, document: Document, make: Make, say: Say, keep: Keep, secret: Subject
) -> None:
    """By themselves, through a person, a fact, an event, a document alone behind a fact, or in what they are called."""
    db = archive.db
    closed, person, fact, event, cited, *free = (make(Kind.CASE, name=f"Case {at}") for at in range(7))
    called = make(Kind.CASE)
    subjects.protect(db, closed.id, SECRET, who="desk")
    say(person, ("person-concerned", secret.id))
    judging.protect(db, say(fact, ("outcome", "sentenced"))[0].fact, SECRET, who="desk")
    detention = make(Kind.EVENT, event.id, event_type="detention")
    judging.protect(db, say(detention, ("host", "TH"))[0].fact, SECRET, who="desk")
    page = keep("Another page of any words.")
    facts.record(db, Citation(page.id, 1, 0, 9), [Entry(cited.id, "host", "TH")], who="desk")
    db.table("document").update(page.row, {"confidentiality": str(SECRET)})
    someone = make(Kind.PERSON)
    say(called, ("person-concerned", someone.id))
    judging.protect(db, say(someone, ("name", "Zora Example"))[0].fact, SECRET, who="desk")
    assert subjects.get(db, called.id).label == "Zora Example"
    say(free[0], ("host", "LA"))
    set_apart = say(free[1], ("outcome", "released"))[0].fact
    judging.protect(db, set_apart, SECRET, who="desk")
    judging.set_apart(db, set_apart, State.CORRECTED, "a slip", who="desk")  # shown nowhere
    assert selection.holding(db) == {one.id for one in (closed, person, fact, event, cited, called)}
