"""Casework goes from desk to desk as JSON: whole, with every source, and without touching what is there."""

from __future__ import annotations

import contextlib
import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import documents, verify
from archive.cases import facts, judging, links, people, subjects, vocabularies, weighing
from archive.cases.exchange import json_export, json_import
from archive.cases.exchange.arrivals import What
from archive.cases.links import Link
from archive.cases.records import Assessment, Entry, Kind, Stance
from archive.cases.vocabularies import Label, Term
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Confidentiality, Document
from tests.archive.cases.exchange.conftest import TEXT, Desk, casework, cite

Pages = tuple[Document, Document]
TABLES = ("merge", "not_same", "document_link", "source", "fact", "subject")


def whats(plan: json_import.Plan) -> set[What]:
    return {item.what for item in plan.items}


def test_casework_comes_back_as_it_was(archive: Archive, pages: Pages, twin: Desk) -> None:
    other = twin()
    casework(archive, pages)
    written = json_export.text(archive.db)
    plan = json_import.take(other, written)
    assert whats(plan) == {What.NEW, What.SAME}
    assert {item.sort for item in plan.items if item.what is What.SAME} <= {"document", "term"}
    assert json_export.text(other.db) == written
    assert verify.check(other).faults == ()
    assert [one.label for one in subjects.of_kind(other.db, Kind.CASE)] == ["Person A"]


def test_the_same_file_twice_brings_nothing(archive: Archive, pages: Pages, twin: Desk, stranger: Archive) -> None:
    other = twin()
    casework(archive, pages)
    written = json_export.text(archive.db)
    for desk in (archive, other, stranger):
        json_import.take(desk, written)
        before = json_export.text(desk.db)
        again = json_import.take(desk, written)
        assert {item.what for item in again.items if item.sort != "document"} - {What.LEFT} == {What.SAME}
        assert json_export.text(desk.db) == before


def test_a_dry_run_says_the_same_and_changes_nothing(archive: Archive, pages: Pages, stranger: Archive) -> None:
    casework(archive, pages)
    written = json_export.text(archive.db)
    before = json_export.text(stranger.db)
    plan = json_import.take(stranger, written, dry=True)
    assert json_export.text(stranger.db) == before
    assert documents.count(stranger.db) == 0
    assert verify.check(stranger).faults == ()
    assert json_import.take(stranger, written) == plan


def test_without_the_documents_every_passage_becomes_a_quotation(
    archive: Archive, pages: Pages, stranger: Archive
) -> None:
    told = casework(archive, pages)
    json_import.take(stranger, json_export.text(archive.db))
    assert verify.check(stranger).faults == ()
    case = subjects.get(stranger.db, told["case"])
    ours = facts.of_subject(archive.db, subjects.get(archive.db, case.id))
    theirs = facts.of_subject(stranger.db, case)
    assert [(one.id, one.field, one.value) for one in theirs] == [(one.id, one.field, one.value) for one in ours]
    (released,) = (one for one in theirs if one.field == "outcome")
    assert {source.quote for source in released.sources} == {"freed in about 2019", "FREED IN ABOUT 2019"}
    quotation = documents.get(stranger.db, released.sources[0].document)
    assert (quotation.metadata.type, quotation.metadata.title) == ("quotation", "A page")
    assert pages[0].sha256 in b"".join(stranger.originals.read(quotation.sha256)).decode()
    # the page stands as a work under its own id, and the translation is no second source
    assert subjects.get(stranger.db, pages[0].id).label == "A page"
    assert weighing.tally(stranger.db, released).documents == weighing.tally(archive.db, ours[-1]).documents == 1


def test_what_went_out_as_quotations_comes_home_as_it_left(archive: Archive, pages: Pages, stranger: Archive) -> None:
    casework(archive, pages)
    json_import.take(stranger, json_export.text(archive.db))
    before = json_export.text(archive.db)
    back = json_import.take(archive, json_export.text(stranger.db))
    assert {item.what for item in back.items if item.sort in ("subject", "fact", "source", "merge")} == {What.SAME}
    assert {one["id"] for one in json.loads(json_export.text(archive.db))["facts"]} == {
        one["id"] for one in json.loads(before)["facts"]
    }


def test_quotations_go_on_to_a_third_desk_word_for_word(
    archive: Archive, pages: Pages, stranger: Archive, twin: Desk
) -> None:
    other = twin()
    casework(archive, pages)
    json_import.take(stranger, json_export.text(archive.db))
    onwards = json_export.text(stranger.db)
    json_import.take(other, onwards)
    quotations = {one.sha256 for one in documents.iterate(stranger.db, documents.identities(stranger.db))}
    assert quotations <= {one.sha256 for one in documents.iterate(other.db, documents.identities(other.db))}
    assert verify.check(other).faults == ()


def test_what_differs_stands_beside_ours(archive: Archive, pages: Pages, twin: Desk) -> None:
    told = casework(archive, pages)
    other = twin()
    page = pages[0]
    # each desk goes on by itself: another judgement, another source for the same fact, another fact
    (released,) = (
        one for one in facts.of_subject(other.db, subjects.get(other.db, told["case"])) if one.field == "outcome"
    )
    judging.assess(other.db, released.id, Assessment.DOUBTFUL, "one page only", who="other")
    entry = Entry(told["case"], "outcome", "released", as_of="2019~")
    facts.record(other.db, cite(page, "Person A was held"), [entry], who="other")
    born = Entry(told["one"], "born", "1970")
    facts.record(archive.db, cite(page, "Person A"), [born], who="desk")
    facts.record(other.db, cite(page, "Another page"), [born], who="other")
    facts.record(other.db, cite(page, "Another page"), [Entry(told["one"], "born", "1971")], who="other")

    plan = json_import.take(archive, json_export.text(other.db))
    assert {item.id for item in plan.items if item.what is What.DIFFERING} == {released.id}
    kept = facts.get(archive.db, released.id)
    assert kept.assessment is Assessment.PROBABLE
    assert "Person A was held" in {source.quote for source in kept.sources}
    found = {
        one.value: one
        for one in facts.of_subject(archive.db, subjects.get(archive.db, told["one"]))
        if one.field == "born"
    }
    assert {value: len(one.sources) for value, one in found.items()} == {"1970": 2, "1971": 1}


def test_a_record_altered_under_its_id_overwrites_nothing(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    bundle = json.loads(json_export.text(archive.db))
    (name,) = (one for one in bundle["facts"] if one["subject"] == told["two"])
    ours = facts.get(archive.db, name["id"])
    name["value"] = "Person Z"
    name["sources"][0]["stance"] = "denies"
    for _ in range(2):
        json_import.take(archive, json.dumps(bundle))
        found = facts.of_subject(archive.db, subjects.get(archive.db, told["two"]))
        assert sorted(one.value for one in found) == ["Person A", "Person Z"]
        assert facts.get(archive.db, ours.id) == ours
    (denied,) = (one for one in found if one.value == "Person Z")
    assert [source.stance for source in denied.sources] == [Stance.DENIES]


def test_persons_held_apart_stay_apart_and_ours_are_not_merged(archive: Archive, pages: Pages, twin: Desk) -> None:
    told = casework(archive, pages)
    people.unmerge(archive.db, people.merges(archive.db, told["one"])[0][0], who="desk")
    other = twin()
    people.merge(archive.db, told["one"], told["gone"], "once more", who="desk")
    plan = json_import.take(other, json_export.text(archive.db))
    assert people.apart(other.db, told["one"], told["two"])
    assert [item.what for item in plan.items if item.sort == "merge"] == [What.SAME, What.DIFFERING]
    assert told["gone"] in {one.id for one in subjects.of_kind(other.db, Kind.PERSON)}


def test_what_cannot_be_kept_is_refused_and_said(archive: Archive, pages: Pages, stranger: Archive) -> None:
    told = casework(archive, pages)
    bundle = json.loads(json_export.text(archive.db))
    by_field = {one["field"]: one for one in bundle["facts"] if one["state"] == "current"}
    by_field["event-type"]["value"] = "no-such-term"
    by_field["date"]["sources"] = []
    by_field["parent-of"]["field"] = "no-such-field"
    by_field["title"]["as_of"] = "some day"
    refused = {
        item.id: item.why for item in json_import.take(stranger, json.dumps(bundle)).items if item.what is What.REFUSED
    }
    assert refused[by_field["date"]["id"]] == "a fact without a source"
    assert {by_field[field]["id"] for field in ("event-type", "date", "parent-of", "title")} <= refused.keys()
    assert facts.of_subject(stranger.db, subjects.get(stranger.db, told["event"])) == ()
    assert verify.check(stranger).faults == ()


def test_terms_in_use_come_along_and_ours_stay(archive: Archive, pages: Pages, stranger: Archive) -> None:
    told = casework(archive, pages)
    for code, broader in (("court", ""), ("high-court", "court")):
        vocabularies.put(
            archive.db, Term("event-type", code, broader, "current", "", (Label("en", "preferred", code),), ())
        )
    entry = Entry(told["event"], "event-type", "high-court")
    facts.record(archive.db, cite(pages[0], "held"), [entry], who="desk")
    vocabularies.put(
        stranger.db, Term("event-type", "court", "", "current", "", (Label("en", "preferred", "Ours"),), ())
    )
    plan = json_import.take(stranger, json_export.text(archive.db))
    assert {item.id: item.what for item in plan.items if "court" in item.id} == {
        "event-type/court": What.DIFFERING,
        "event-type/high-court": What.NEW,
    }
    assert vocabularies.label(stranger.db, "event-type", "court", "en") == "Ours"


def test_confidential_records_stay_where_they_are_not_asked_for(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    subjects.protect(archive.db, told["one"], Confidentiality.CONFIDENTIAL, who="desk")
    bundle = json_export.bundle(archive.db, confidential=False)
    words = json.dumps(bundle)
    assert told["one"] not in words
    assert "Person A" not in words
    assert {one["id"] for one in bundle["subjects"]} == {told["case"], told["event"], told["work"]}
    assert all(one["sources"] for one in bundle["facts"])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "tamarisk casework", "version": 2}', "[" * 100_000, '{"format": "tamarisk casework"}'],
)
def test_what_is_no_casework_is_refused(archive: Archive, text: str) -> None:
    with pytest.raises(InvalidValue):
        json_import.take(archive, text)


def _empty(archive: Archive) -> None:
    archive.db.conn.execute("UPDATE subject SET parent = NULL, merged = NULL")
    for table in TABLES:
        archive.db.conn.execute(f"DELETE FROM {table}")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
SPOTS = st.integers(0, len(TEXT) - 6)
TOLD = st.lists(
    st.tuples(st.sampled_from(["name", "position"]), WORDS, SPOTS, st.sampled_from(Stance), WORDS, st.integers(0, 2)),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(persons=st.lists(TOLD, min_size=1, max_size=3), apart=st.booleans(), linked=st.booleans(), data=st.data())
def test_any_casework_survives_the_journey(
    archive: Archive,
    pages: Pages,
    opened: list[Archive],
    twin: Desk,
    persons: list[list[tuple[str, str, int, Stance, str, int]]],
    apart: bool,
    linked: bool,
    data: st.DataObject,
) -> None:
    other = opened[0] if opened else twin()
    opened[:] = [other]
    for desk in (archive, other):
        _empty(desk)
    made = []
    for told in persons:
        person = subjects.create(archive.db, Kind.PERSON, who="desk").id
        made.append(person)
        for field, value, start, stance, words, links_on in told:
            citation = cite(pages[start % 2], (TEXT, TEXT.upper())[start % 2][start : start + 5], stance=stance)
            entry = Entry(person, field, value, date_words=words, hedge=words, note=words)
            (recorded,) = facts.record(archive.db, citation, [entry], who=words)
            if links_on == 2 and data.draw(st.booleans()):
                judging.undo(archive.db, [recorded], who="desk")
    if apart and len(made) > 1:
        people.keep_apart(archive.db, made[0], made[1], "two", who="desk")
    if linked:
        links.add(archive.db, pages[1].id, Link.CITES, pages[0].id, who="desk")
    written = json_export.text(archive.db)
    json_import.take(other, written)
    assert json_export.text(other.db) == written


@pytest.fixture
def opened() -> list[Archive]:
    return []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_breaks_the_import(archive: Archive, written: str, data: st.DataObject) -> None:
    """One value anywhere in a file replaced by another: it is taken, refused by record or refused as a whole."""
    bundle = json.loads(written)
    at: object = bundle
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at))) if isinstance(at, list) else []
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key]:  # type: ignore[index]
            break
        at = at[key]  # type: ignore[index]
    at[key] = data.draw(st.one_of(st.none(), st.integers(), st.text(max_size=8), st.just([]), st.just({})))  # type: ignore[index]
    with contextlib.suppress(InvalidValue):
        plan = json_import.take(archive, json.dumps(bundle), dry=True)
        assert {item.id for item in plan.items}


@pytest.fixture
def written(archive: Archive, pages: Pages) -> str:
    casework(archive, pages)
    text = json_export.text(archive.db)
    _empty(archive)
    return text


def renamed(told: dict[str, Any]) -> dict[str, Any]:
    """The same casework under other ids, as if of another desk."""
    text = json.dumps(told)
    facts_of = told["facts"]
    own = [*told["subjects"], *facts_of, *(source for fact in facts_of for source in fact["sources"]), *told["merges"]]
    for one in own:
        text = text.replace(one["id"], str(uuid.uuid4()))
    fresh: dict[str, Any] = json.loads(text)
    for subject in fresh["subjects"]:
        subject["code"] = ""
    return fresh


@pytest.mark.parametrize("how", ["fact", "source", "value", "self", "circle"])
def test_no_merge_of_another_desk_moves_what_is_ours(archive: Archive, pages: Pages, how: str) -> None:
    casework(archive, pages)
    told = renamed(json_export.bundle(archive.db))
    ours = json_export.bundle(archive.db)["facts"]
    merge = told["merges"][0]
    if how == "fact":
        merge["moved"] += [{"record": "fact", "id": ours[0]["id"], "from": merge["gone"], "value": "Altered"}]
    elif how == "source":
        source, fact = ours[0]["sources"][0]["id"], told["facts"][0]["id"]
        merge["moved"] += [{"record": "source", "id": source, "from": fact, "value": ""}]
    elif how == "value":
        merge["moved"][0]["value"] = "Altered"
    elif how == "self":
        merge["kept"] = merge["gone"]
    else:
        other = {**merge, "id": str(uuid.uuid4()), "kept": merge["gone"], "gone": merge["kept"], "moved": []}
        told["merges"].append(other)
    plan = json_import.take(archive, json.dumps(told))
    assert [(item.what, item.sort) for item in plan.items if item.sort == "merge"][-1] == ("refused", "merge")
    with contextlib.suppress(NoSuchRecord):
        people.unmerge(archive.db, merge["id"], who="desk")
    assert [fact for fact in json_export.bundle(archive.db)["facts"] if fact in ours] == ours


def test_codes_and_words_of_another_desk_are_made_fit(archive: Archive, pages: Pages) -> None:
    casework(archive, pages)
    told = renamed(json_export.bundle(archive.db))
    for subject in told["subjects"]:
        subject["code"] = "c-\x1b[2J" if subject["kind"] == "case" else ""
    for fact in told["facts"]:
        fact["sources"][0]["note"] = "\x1b[31mred"
    json_import.take(archive, json.dumps(told))
    assert "\\u001b" not in json.dumps(json_export.bundle(archive.db))
