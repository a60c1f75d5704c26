"""FollowTheMoney entities are valid by the model's own library, and say no more than the sources."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.cases import facts, fields, subjects
from archive.cases.exchange import ftm
from archive.cases.records import Citation, Entry, Kind, Stance
from archive.container import Archive
from archive.records import Confidentiality, Document
from tests.archive.cases.exchange.conftest import casework, cite

Pages = tuple[Document, Document]
Entities = dict[str, dict[str, Any]]


def entities(archive: Archive, **how: bool) -> Entities:
    return {one["id"]: one for one in map(json.loads, ftm.lines(archive.db, **how))}


def everything(archive: Archive, page: Document) -> None:
    """A subject of every kind with a value in every field that it has."""
    made = {}
    case = subjects.create(archive.db, Kind.CASE, who="desk").id
    for kind in Kind:
        parent = case if kind is Kind.EVENT else ""
        made[kind] = [subjects.create(archive.db, kind, parent=parent, who="desk").id for _ in range(2)]
    usual = {
        "date": "2015~", "duration": "P3Y", "quantity": "over 100", "country": "TH",
        "consent": "publication until 2030",
        "url": "https://example.org/a?b=c", "text": "Some words", "name": "A name",
    }  # fmt: skip
    for kind, (one, _) in made.items():
        for field in fields.of_kind(kind):
            term = archive.db.execute("SELECT code FROM term WHERE vocabulary = ?", (field.vocabulary,)).fetchone()
            value = usual.get(field.type) or (term and term[0]) or (field.choices and field.choices[0])
            entry = Entry(one, field.code, value or made[field.of[0]][1])
            facts.record(archive.db, Citation(page.id, 1, 0, 8), [entry], who="desk")


@pytest.mark.parametrize("fill", [casework, everything])
def test_every_entity_is_valid(archive: Archive, pages: Pages, fill: Any) -> None:
    model = pytest.importorskip("followthemoney").model
    fill(archive, pages if fill is casework else pages[0])
    found = entities(archive)
    for one in found.values():
        schema = model.get(one["schema"])
        assert schema.validate({"id": one["id"], "properties": one["properties"]}) is None
        for name, values in one["properties"].items():
            prop = schema.get(name)
            for value in values:
                assert prop.type.clean(value) is not None, (name, value)
                if prop.range:
                    assert model.get(found[value]["schema"]).is_a(prop.range), (name, found[value]["schema"])


def test_sources_are_proof_and_notes(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    found = entities(archive)
    case = found[told["case"]]
    assert case["properties"]["involved"] == [told["one"]]
    assert set(case["properties"]["proof"]) == {page.id for page in pages}
    (outcome,) = (note for note in case["properties"]["notes"] if note.startswith("Outcome"))
    assert "states: “freed in about 2019” (A page)" in outcome
    assert found[pages[0].id]["properties"]["notes"] == [f"SHA-256 {pages[0].sha256}"]
    (kin,) = (one for one in found.values() if one["schema"] == "Family")
    assert (kin["properties"]["person"], kin["properties"]["relative"]) == ([told["one"]], [told["two"]])


def test_what_is_only_denied_becomes_no_property(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    denied = cite(pages[0], "Person A", stance=Stance.DENIES)
    facts.record(archive.db, denied, [Entry(told["one"], "citizenship", "TH")], who="desk")
    person = entities(archive)[told["one"]]["properties"]
    assert "citizenship" not in person
    assert any(note.startswith("Citizenship: TH — denies") for note in person["notes"])


def test_confidential_persons_stay_out(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    subjects.protect(archive.db, told["one"], Confidentiality.CONFIDENTIAL, who="desk")
    text = "".join(ftm.lines(archive.db, confidential=False))
    assert told["case"] in text
    assert told["one"] not in text
    assert "Person A" not in text
