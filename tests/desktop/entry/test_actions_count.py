"""The paragraph on one case, entered with keys alone: what is recorded then, and how many actions it took."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from archive.cases import facts, subjects
from archive.cases.records import Fact, Kind, Stance
from archive.keys import ArchiveKey
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.entry.hands import ALT, Hands, Key


def test_a_first_fact_takes_seven_actions_and_a_further_one_two(
    screen: ArchiveScreen, qtbot: QtBot, entered: tuple[Path, ArchiveKey]
) -> None:
    hands = Hands(qtbot, screen)
    hands.read("incommunicado")
    hands.pin("Person A")
    hands.record()
    kind = hands.rows()["event-type"].value
    assert kind in ("disappearance", "enforced-disappearance")
    hands.press(Key.Key_Return)  # the kind of event that the passage names
    assert hands.actions + 1 <= 7  # with the saving
    before = hands.actions
    hands.press(Key.Key_Return)  # its date
    assert hands.actions - before <= 2
    before = hands.actions
    hands.take("place harbour")  # and what is not recognised
    assert hands.actions - before <= 2
    hands.save()
    with Workspace(*entered, write=False) as workspace:
        (event,) = workspace.cases.of_kind(Kind.EVENT)
        told = {fact.field: fact.value for fact in facts.of_subject(workspace.archive.db, event)}
        (case,) = workspace.cases.of_kind(Kind.CASE)
    assert told == {"event-type": kind, "date": "2014", "place": "harbour"}
    assert case.label == "Person A"


def test_the_whole_paragraph_takes_fifty_actions(
    screen: ArchiveScreen, qtbot: QtBot, entered: tuple[Path, ArchiveKey]
) -> None:
    hands = Hands(qtbot, screen)
    hands.read("guangping")
    hands.pin("Dong Guangping")
    hands.record()
    # 002-11: imprisoned for three years for inciting subversion, by the account of the report
    hands.press(Key.Key_R, ALT)
    hands.take("the report")
    hands.press(Key.Key_Return)
    hands.unless_told("prosec")
    hands.accept_all()
    hands.save_and_go_on()
    # disappeared for eight months in 2014
    hands.accept_all()
    hands.save_and_go_on()
    # 002-12: in Thailand in 2015, a refugee, in a detention centre, waiting for Canada
    hands.unless_told("depart")
    hands.accept_all()
    hands.take("by UNHCR")
    hands.save_and_go_on()
    hands.accept_all()
    # 002-13: taken away by Chinese police while Thai officers looked on
    hands.take("taken b")  # in place of the outcome that was proposed and is not meant
    hands.take("transfer")
    hands.take("named Chinese police")
    hands.take("present Thai officers")
    hands.take("taking by f")
    hands.save_and_go_on()
    # 002-14: no official record, said of the event that was recorded just now
    hands.press(Key.Key_Up)
    hands.take("transf")
    hands.take("official record leaving Thailand")
    hands.press(Key.Key_S, ALT)
    hands.type("f")
    hands.save_and_go_on()
    # 002-15: held and sentenced in China, which is the country of origin and not the host
    hands.press(Key.Key_Down)
    hands.press(Key.Key_F4)
    hands.take("orig")
    hands.accept_all()
    hands.press(Key.Key_S, ALT)
    hands.type("s")
    hands.save_and_go_on()
    hands.accept_all()
    hands.save()
    assert hands.actions <= 50
    with Workspace(*entered, write=False) as workspace:
        db = workspace.archive.db
        (case,) = workspace.cases.of_kind(Kind.CASE)
        (person,) = workspace.cases.of_kind(Kind.PERSON)
        events = [facts.of_subject(db, event) for event in subjects.belonging_to(db, case)]
        of_case, of_person = facts.of_subject(db, case), facts.of_subject(db, person)
        names = {one.id: one.label for one in (person, *workspace.cases.of_kind(Kind.ORGANISATION))}

    def has(**wanted: str) -> bool:
        """Whether one event has all of these; an underscore stands for a hyphen."""
        pairs = {(field.replace("_", "-"), value) for field, value in wanted.items()}
        told = ({(fact.field, names.get(fact.value, fact.value)) for fact in event} for event in events)
        return any(pairs <= each for each in told)

    assert {("name", "Dong Guangping"), ("occupation", "rights-defender")} <= pairs_of(of_person)
    assert {("unit", "one named person"), ("person-concerned", person.id)} <= pairs_of(of_case)
    assert has(charge="inciting-subversion", duration="P3Y", date="[2000..2003]")
    assert has(duration="P8M", date="2014", method="incommunicado")
    assert has(event_type="departure", date="2015", host="TH")
    assert has(event_type="protection", protection="refugee", by="UNHCR")
    assert has(event_type="detention", place="Bangkok", host="TH")
    assert has(resettlement="CA")
    police = {"actor_named": "Chinese police", "present": "Thai officers"}
    assert has(event_type="transfer", method="taking-by-force", official_record="leaving Thailand", **police)
    assert has(event_type="detention", origin="CN")
    assert has(event_type="sentence", duration="P3Y")
    assert has(event_type="release", date="2019")
    outcomes = [(fact.value, fact.as_of) for fact in of_case if fact.field == "outcome"]
    history = [("returned-forced", ""), ("sentenced", ""), ("released", "2019")]
    assert [one for one in outcomes if one in history] == history
    everything = [*of_case, *of_person, *(fact for event in events for fact in event)]
    (record,) = [fact for fact in everything if fact.field == "official-record"]
    assert record.sources[0].quote == "There is no official record of his leaving Thailand."
    assert record.sources[0].stance is Stance.NO_RECORD
    assert {source.stance for fact in everything if fact is not record for source in fact.sources} == {Stance.STATES}
    assert {source.chain[0].words for fact in everything for source in fact.sources} == {"the report"}


def pairs_of(told: tuple[Fact, ...]) -> set[tuple[str, str]]:
    return {(fact.field, fact.value) for fact in told}
