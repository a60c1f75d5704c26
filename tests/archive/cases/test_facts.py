"""Facts are recorded with their passages, folded and weighed, all of a passage or none."""

from __future__ import annotations

import pytest

from archive.cases import facts, links, subjects, weighing
from archive.cases.records import Citation, Entry, Kind, Stance, Step, Subject
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Confidentiality
from tests.archive.cases.conftest import NOTICE, cite
from tests.archive.conftest import Keep


def test_a_fact_holds_the_passage_that_says_so(archive: Archive, keep: Keep, programme: Subject) -> None:
    document = keep(NOTICE, language="en")
    facts.record(
        archive.db,
        cite(document, "began in 2014"),
        [Entry(programme.id, "started", "2014", date_words="in 2014"), Entry(programme.id, "name", "A programme")],
        who="desk",
    )
    started, name = facts.of_subject(archive.db, programme)[::-1]
    assert (started.value, name.value) == ("2014", "A programme")
    (source,) = started.sources
    assert source.quote == "began in 2014"
    assert source.before == NOTICE[: NOTICE.index("began")][-30:]
    assert source.after == NOTICE[NOTICE.index("2014") + 4 :][:30]
    assert (source.language, source.stance, source.date_words) == ("en", Stance.STATES, "in 2014")
    assert subjects.get(archive.db, programme.id).label == "A programme"


def test_equal_facts_fold_and_different_dates_contradict(archive: Archive, keep: Keep, programme: Subject) -> None:
    document, other = keep(NOTICE), keep(NOTICE + " ")
    for one, words, year in ((document, "2014", "2014"), (other, "2014", "2014"), (document, "2015", "2015")):
        facts.record(archive.db, cite(one, words), [Entry(programme.id, "started", year)], who="desk")
    early, late = facts.of_subject(archive.db, programme)
    assert [len(early.sources), len(late.sources)] == [2, 1]
    assert weighing.tally(archive.db, early).documents == 2
    (found,) = weighing.contradictions(archive.db, {programme.id: (early, late)})
    assert (found.how, found.facts) == ("values", (early.id, late.id))


def test_the_same_passage_twice_is_one_source(archive: Archive, keep: Keep, programme: Subject) -> None:
    citation = cite(keep(NOTICE), "2014")
    (first,) = facts.record(archive.db, citation, [Entry(programme.id, "started", "2014")], who="desk")
    (again,) = facts.record(archive.db, citation, [Entry(programme.id, "started", "2014")], who="desk")
    assert (again.fact, again.source, again.folded) == (first.fact, first.source, True)


def test_two_sources_of_one_document_may_disagree(archive: Archive, keep: Keep, programme: Subject) -> None:
    document = keep(NOTICE)
    for words, stance in (("began in 2014", Stance.STATES), ("began in 2015", Stance.DENIES)):
        entry = Entry(programme.id, "started", "2014", stance=stance)
        facts.record(archive.db, cite(document, words), [entry], who="desk")
    (fact,) = facts.of_subject(archive.db, programme)
    tally = weighing.tally(archive.db, fact)
    assert (tally.documents, tally.against) == (1, 1)
    assert [one.how for one in weighing.contradictions(archive.db, {programme.id: (fact,)})] == ["sources"]


def test_what_counts_is_where_sources_rest(archive: Archive, keep: Keep, programme: Subject) -> None:
    report = subjects.create(archive.db, Kind.WORK, who="desk")
    documents = [keep(NOTICE + " " * n) for n in range(4)]
    for document in documents:
        chain = (Step("", "A newspaper"), Step(report.id, "the report"))
        facts.record(
            archive.db, cite(document, "2014", chain=chain), [Entry(programme.id, "started", "2014")], who="desk"
        )
    (fact,) = facts.of_subject(archive.db, programme)
    assert weighing.tally(archive.db, fact).documents == 4
    assert weighing.tally(archive.db, fact).origins == 1
    links.add(archive.db, documents[1].id, links.Link.TRANSLATION, documents[0].id, who="desk")
    links.add(archive.db, documents[2].id, links.Link.ABSTRACT, documents[1].id, who="desk")
    assert weighing.tally(archive.db, fact).documents == 2
    with pytest.raises(InvalidValue):
        links.add(archive.db, documents[0].id, links.Link.VERSION, documents[2].id, who="desk")


def test_two_programmes_cannot_each_be_part_of_the_other(archive: Archive, keep: Keep, programme: Subject) -> None:
    document, other = keep(NOTICE), subjects.create(archive.db, Kind.PROGRAMME, who="desk")
    for one, two in ((programme, other), (other, programme)):
        facts.record(archive.db, cite(document, "run by"), [Entry(one.id, "part-of", two.id)], who="desk")
    (found,) = weighing.contradictions(archive.db, {other.id: facts.of_subject(archive.db, other)})
    assert found.how == "direction"
    assert len(found.facts) == 2


def test_nothing_is_saved_without_a_passage(archive: Archive, keep: Keep, programme: Subject) -> None:
    document = keep(NOTICE)
    for start, end in ((0, 0), (5, 3), (-1, 4), (len(NOTICE), len(NOTICE) + 9)):
        with pytest.raises(InvalidValue):
            facts.record(
                archive.db,
                Citation(document.id, 1, start, end),
                [Entry(programme.id, "started", "2014")],
                who="desk",
            )
    with pytest.raises(NoSuchRecord):
        facts.record(archive.db, Citation("gone", 1, 0, 4), [Entry(programme.id, "started", "2014")], who="desk")
    assert facts.of_subject(archive.db, programme) == ()


def test_all_facts_of_a_passage_are_recorded_or_none(archive: Archive, keep: Keep, programme: Subject) -> None:
    entries = [Entry(programme.id, "started", "2014"), Entry(programme.id, "started", "sometime")]
    with pytest.raises(InvalidValue):
        facts.record(archive.db, cite(keep(NOTICE), "2014"), entries, who="desk")
    assert facts.of_subject(archive.db, programme) == ()


def test_relatives_and_minors_start_as_confidential(archive: Archive, keep: Keep) -> None:
    document = keep(NOTICE)
    person, relative, child = (subjects.create(archive.db, Kind.PERSON, who="desk") for _ in range(3))
    case = subjects.create(archive.db, Kind.CASE, who="desk")
    entries = [
        Entry(case.id, "person-concerned", person.id),
        Entry(relative.id, "spouse-of", person.id),
        Entry(child.id, "minor", "yes"),
    ]
    facts.record(archive.db, cite(document, "bureau"), entries, who="desk")
    seen = [subjects.get(archive.db, one.id).confidentiality for one in (person, relative, child)]
    assert seen == [Confidentiality.RESTRICTED, Confidentiality.CONFIDENTIAL, Confidentiality.CONFIDENTIAL]


def test_a_person_concerned_is_no_mere_relative(archive: Archive, keep: Keep) -> None:
    document = keep(NOTICE)
    person, relative, chosen = (subjects.create(archive.db, Kind.PERSON, who="desk") for _ in range(3))
    case = subjects.create(archive.db, Kind.CASE, who="desk")
    subjects.protect(archive.db, chosen.id, Confidentiality.CONFIDENTIAL, who="desk")
    entries = [
        Entry(relative.id, "sibling-of", person.id),
        Entry(case.id, "person-concerned", person.id),
        Entry(case.id, "person-concerned", chosen.id),
    ]
    facts.record(archive.db, cite(document, "bureau"), entries, who="desk")
    seen = [subjects.get(archive.db, one.id).confidentiality for one in (person, relative, chosen)]
    assert seen == [Confidentiality.RESTRICTED, Confidentiality.CONFIDENTIAL, Confidentiality.CONFIDENTIAL]


def test_the_custody_log_holds_no_words_of_facts(archive: Archive, keep: Keep, programme: Subject) -> None:
    entry = Entry(programme.id, "practice", "An unmistakable wording", note="a remark", hedge="as it were")
    facts.record(archive.db, cite(keep(NOTICE), "run by a bureau"), [entry], who="desk")
    log = " ".join(row[0] for row in archive.db.conn.execute("SELECT content FROM custody_content"))
    for words in ("unmistakable", "bureau", "remark", "as it were"):
        assert words not in log


def test_a_note_on_a_passage_that_is_there_is_kept(archive: Archive, keep: Keep, programme: Subject) -> None:
    citation = cite(keep(NOTICE), "2014")
    for note in ("", "heard again", "heard again", ""):
        facts.record(archive.db, citation, [Entry(programme.id, "started", "2014", note=note)], who="desk")
    (fact,) = facts.of_subject(archive.db, programme)
    assert [source.note for source in fact.sources] == ["", "heard again"]


@pytest.mark.parametrize("name", ["date_words", "hedge", "note"])
def test_words_beside_a_value_hold_nothing_that_cannot_be_kept(
    archive: Archive, keep: Keep, programme: Subject, name: str
) -> None:
    citation = cite(keep(NOTICE), "2014", chain=(Step("", "a\ud800 paper"),))
    entry = Entry(programme.id, "started", "2014", " 2014 ", **{name: "about\ud800\0 then"})
    facts.record(archive.db, citation, [entry], who="desk")
    (fact,) = facts.of_subject(archive.db, programme)
    assert fact.as_of == "2014"
    assert getattr(fact.sources[0], name) == "about   then"
    assert fact.sources[0].chain == (Step("", "a  paper"),)
    with pytest.raises(InvalidValue):
        entry = Entry(programme.id, "started", "2014", **{name: "x" * 4_001})
        facts.record(archive.db, citation, [entry], who="desk")
