"""What is recognised is laid out at the events, fields and subjects it fits, and nothing is assumed of persons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.cases import fields
from archive.cases.fields import Type
from archive.cases.records import Kind
from desktop.casework import Choice
from desktop.entry import fitting, offers, proposing
from desktop.entry.draft import About, Draft
from desktop.entry.material import Material, Named, Pin, Selected
from desktop.entry.names import Name, Names
from desktop.entry.offers import Offer, Store
from desktop.entry.work import Work
from index.recognise.records import Candidate, Found

CASE = About("case-id", Kind.CASE, "Person A (C-22222)")
PERSON = About("person-id", Kind.PERSON, "Person A")
CHOICES = {
    "event-type": (Choice("detention", "Detention"), Choice("release", "Release")),
    "outcome": (Choice("released", "Released"), Choice("returned", "Returned")),
    "host": (Choice("TH", "Thailand"), Choice("LA", "Laos")),
}


def found(passage: str, words: str, kind: Found, value: str, **more: object) -> Named:
    start = passage.index(words)
    return Named(Candidate(start, start + len(words), kind, value, words, **more), value)  # type: ignore[arg-type]


def worked(passage: str, *named: Named, origins: frozenset[str] = frozenset()) -> Work:
    """What is in hand for a passage of the pinned case."""
    pin = Pin("case-id", "C-22222", "Person A")
    work = Work(Selected("d", 1, 0, len(passage), passage, "", "en", "2020"), pin=pin)
    material = Material(tuple(named), CASE, (PERSON,), (), origins, CHOICES)
    work.propose(material)
    return work


def laid_out(work: Work) -> dict[tuple[str, str], str]:
    labels = {about.id: about.label for about in work.draft.abouts}
    return {(labels.get(row.about, ""), row.field): row.value for row in work.draft.rows}


def test_each_value_goes_to_the_event_of_its_part_of_the_sentence() -> None:
    text = "He was detained in May 2019, and in June 2020 he was released."
    work = worked(
        text,
        found(text, "detained", Found.TERM, "detention", vocabulary="event-type"),
        found(text, "May 2019", Found.DATE, "2019-05"),
        found(text, "June 2020", Found.DATE, "2020-06"),
        found(text, "released", Found.TERM, "release", vocabulary="event-type"),
        found(text, "released", Found.TERM, "released", vocabulary="outcome"),
    )
    events = [about.id for about in work.draft.abouts if about.kind is Kind.EVENT]
    told = [{row.field: row.value for row in work.draft.of(event)} for event in events]
    assert told == [{"event-type": "detention", "date": "2019-05"}, {"event-type": "release", "date": "2020-06"}]
    (outcome,) = work.draft.of("case-id")
    assert (outcome.value, outcome.uncertain) == ("released", False)


def test_an_outcome_that_no_event_says_is_not_accepted_with_the_rest() -> None:
    text = "He waited for his return."
    work = worked(text, found(text, "return", Found.TERM, "returned", vocabulary="outcome"))
    work.accept_all()
    assert not work.draft.accepted


def test_where_a_place_lies_and_whose_people_did_something() -> None:
    text = "Lao officers looked on in Bangkok."
    work = worked(
        text,
        found(text, "Lao", Found.COUNTRY, "LA", uncertain=True),
        found(text, "Bangkok", Found.PLACE, "Bangkok", country="TH"),
    )
    assert laid_out(work)[("New event", "host")] == "TH"
    assert laid_out(work)[("", "")] == "LA"


def test_the_country_of_origin_is_known_from_the_case() -> None:
    text = "He was held in Laos."
    work = worked(text, found(text, "Laos", Found.COUNTRY, "LA"), origins=frozenset({"LA"}))
    assert laid_out(work)[("New event", "origin")] == "LA"


def test_a_new_case_begins_with_its_person_and_is_made_by_the_first_recording() -> None:
    work = Work(Selected("d", 1, 0, 5, "A man", "", "en", ""), pin=Pin("", "", "Person B", "Person B"))
    work.propose(Material((), None, (), (), frozenset(), CHOICES))
    accepted = {row.field: row.shown for row in work.draft.accepted}
    assert accepted == {"unit": "one named person", "person-concerned": "Person B", "name": "Person B"}


def test_no_one_is_said_to_have_acted_by_a_proposal() -> None:
    never = {"actor-named", "actor-charged", "actor-convicted", "born", "died", "minor", "consent", "senior-to"}
    assert not never & {code for codes in fitting.LIKELY.values() for code in codes}
    for (kind, of), codes in fitting.LIKELY.items():
        for code in codes:
            field = fields.field(code)
            assert field.type is kind
            assert of in field.on


def test_another_subject_keeps_what_it_can_have() -> None:
    text = "In 2019 about 50 boats came."
    work = worked(text, found(text, "2019", Found.DATE, "2019"), found(text, "50", Found.QUANTITY, "about 50"))
    figure = work.taken_about(Offer("New: Figure", making=Kind.FIGURE), Names())
    assert figure is not None
    work.record_about(figure)
    told = {row.field: row.value for row in work.draft.of(figure.id)}
    assert told == {"period": "2019", "value": "about 50"}


def test_one_value_takes_the_place_of_another_but_a_history_grows() -> None:
    work = worked("x")
    event = work.primary
    for value, words in (("detention", "Detention"), ("release", "Release")):
        assert event is not None
        work.add(Offer(f"What happened: {words}", "", event.id, "event-type", value), event)
    for value, words in (("returned", "Returned"), ("released", "Released")):
        work.add(Offer(f"Outcome: {words}", "", CASE.id, "outcome", value), CASE)
    assert event is not None
    assert [(row.value, row.shown) for row in work.draft.of(event.id)] == [("release", "Release")]
    assert [row.value for row in work.draft.of(CASE.id)] == ["returned", "released"]


def test_what_is_typed_offers_fields_values_and_events() -> None:
    event = About("e", Kind.EVENT, "New event", CASE.id)
    store = Store(CHOICES)

    def first(typed: str, untyped: frozenset[str] = frozenset()) -> Offer:
        return offers.adding(typed, [event, CASE], store, CASE, untyped)[0]

    assert (first("place").field, first("place").value) == ("place", "")
    assert (first("place harbour").field, first("place harbour").value) == ("place", "harbour")
    assert (first("outc released").about, first("outc released").value) == (CASE.id, "released")
    assert first("released").value == "released"
    assert (first("detent", frozenset({"e"})).about, first("detent").making) == ("e", Kind.EVENT)
    known = offers.values(
        fields.field("by"), "Post", Store(CHOICES, Names([Name("u", Kind.ORGANISATION, "Hill Post")]))
    )
    assert [one.value for one in known][:2] == ["u", "Post"]
    assert known[1].making is Kind.ORGANISATION


@given(st.text(max_size=12))
def test_anything_typed_has_an_answer_that_can_be_taken(typed: str) -> None:
    work = worked("x")
    store = Store(CHOICES, Names([Name("u", Kind.ORGANISATION, "Hill Post")]))
    for offer in offers.adding(typed, work.at_hand(), store, work.case, work.typeless()):
        row = work.add(offer, work.primary)
        assert row is not None
        field = fields.field(row.field)
        assert row.about in {about.id for about in work.draft.abouts}
        assert field.type is not Type.SUBJECT or row.making is not None or not row.value or row.value == "u"


def test_a_draft_orders_rows_as_a_page_does_and_puts_the_case_behind() -> None:
    draft = Draft()
    draft.hold(CASE)
    event = draft.new(Kind.EVENT, "New event", CASE.id)
    draft.add(CASE.id, fields.field("outcome"), "released", "Released")
    for code in ("duration", "date", "event-type"):
        draft.add(event.id, fields.field(code), "x", "x")
    order = [(about and about.kind, [row.field for row in rows]) for about, rows in draft.order()]
    assert order == [(Kind.EVENT, ["event-type", "date", "duration"]), (Kind.CASE, ["outcome"])]


def test_the_event_that_status_tells_of_is_its_own() -> None:
    text = "In 2015 he came, and was granted refugee status."
    work = worked(
        text,
        found(text, "2015", Found.DATE, "2015"),
        found(text, "refugee status", Found.TERM, "refugee", vocabulary="protection"),
    )
    events = [about.id for about in work.draft.abouts if about.kind is Kind.EVENT]
    assert [{row.field: row.value for row in work.draft.of(event)} for event in events] == [
        {"event-type": "", "date": "2015"},
        {"event-type": proposing.PROTECTION, "protection": "refugee"},
    ]
