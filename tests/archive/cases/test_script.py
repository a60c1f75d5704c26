"""Casework written down as TOML is recorded whole, with its passages, or not at all."""

from __future__ import annotations

import pytest

from archive.cases import facts, links, script, subjects
from archive.cases.records import Kind, Stance, Step
from archive.container import Archive
from archive.errors import InvalidValue
from archive.records import Confidentiality, Document
from tests.archive.conftest import Keep

TEXT = "A notice says that the programme began in spring 2014. It is said to be run by a bureau. It is said twice."
SUBJECTS = """
[subjects]
beginning = { kind = "event", of = "case" }
case = "case"
programme = "programme"
notice = "work"
bureau = "organisation"
[[link]]
document = "%s"
relation = "abstract of"
other = "notice"
"""
PASSAGES = """
document = "%s"
[[passage]]
quote = "the programme began in spring 2014"
chain = ["notice", { words = "an official" }]
facts = [
    { on = "programme", line = "1", started = "2014-03/2014-05", date-words = "in spring 2014" },
    { on = "programme", line = "1", method = ["luring", "trap"] },
    { on = "beginning", event-type = "departure", as-of = "2014", stance = "alleges", chain = [] },
]
[[passage]]
quote = "run by a bureau"
stance = "believes"
facts = [{ on = "programme", line = "2", run-by = "bureau", hedge = "said to be", note = "not named" }]
"""


@pytest.fixture
def document(keep: Keep) -> Document:
    return keep(TEXT, language="en")


@pytest.fixture
def name() -> str:
    return f"{len(TEXT)}.txt"


def test_what_it_says_is_recorded_with_its_passages(archive: Archive, document: Document, name: str) -> None:
    loaded = script.load(
        archive.db, [PASSAGES % name, SUBJECTS % name], who="desk", confidentiality=Confidentiality.PUBLIC
    )
    handles = loaded.subjects
    assert [one.line for one in loaded.said] == ["1", "1", "1", "", "2"]
    told = [facts.get(archive.db, one.recorded.fact) for one in loaded.said]
    assert [(fact.field, fact.value) for fact in told] == [
        ("started", "2014-03/2014-05"),
        ("method", "luring"),
        ("method", "trap"),
        ("event-type", "departure"),
        ("run-by", handles["bureau"]),
    ]
    began, _, _, event, run = (fact.sources[0] for fact in told)
    assert TEXT[began.start : began.end] == began.quote == "the programme began in spring 2014"
    assert began.chain == (Step(handles["notice"], ""), Step("", "an official"))
    assert (began.stance, began.date_words) == (Stance.STATES, "in spring 2014")
    assert (event.chain, event.stance, told[3].as_of) == ((), Stance.ALLEGES, "2014")
    assert (run.stance, run.hedge, run.note) == (Stance.BELIEVES, "said to be", "not named")
    assert subjects.get(archive.db, handles["beginning"]).parent == handles["case"]
    assert links.rendered(archive.db, document.id) == handles["notice"]
    assert {fact.confidentiality for fact in told} == {Confidentiality.PUBLIC}


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("run by a bureau", "run by nobody", "quote"),
        ("run by a bureau", "said", "quote"),
        ('quote = "run by a bureau"', "", "quote"),
        ('on = "programme", line = "2"', 'on = "program", line = "2"', "subjects"),
        ('run-by = "bureau"', 'run-by = "office"', "subjects"),
        ('chain = ["notice"', 'chain = ["report"', "subjects"),
        ("hedge =", "hedged =", "field"),
        ("\nstance = ", "\nstances = ", "script"),
        ('"believes"', '"believed"', "stance"),
        ('"2014-03/2014-05"', '"spring"', "published"),
        ('document = "', 'document = "other/', "document"),
        ("[[passage]]", "[[passage", "script"),
        ('document = "', '[subjects]\nbureau = "organisation"\n[[passage]]\n#', "subjects"),
        ('document = "', '[subjects]\nthing = "thing"\n[[passage]]\n#', "kind"),
        ('document = "', '[subjects]\nthing = { kind = "event" }\n[[passage]]\n#', "parent"),
        ('document = "', '[[link]]\nrelation = "like"\nother = "notice"\n#', "document"),
    ],
)
def test_nothing_is_recorded_where_anything_is_wrong(
    archive: Archive, document: Document, name: str, right: str, wrong: str, field: str
) -> None:
    written = PASSAGES % name
    assert right in written
    with pytest.raises(InvalidValue) as raised:
        script.load(archive.db, [SUBJECTS % name, written.replace(right, wrong)], who="desk")
    assert raised.value.facts["field"] == field
    assert [kind for kind in Kind if subjects.count(archive.db, kind)] == []
    assert links.of_document(archive.db, document.id) == ()


def test_a_name_of_two_documents_names_none(archive: Archive, keep: Keep, name: str) -> None:
    keep(TEXT)
    keep(TEXT.upper())
    with pytest.raises(InvalidValue, match="2 documents"):
        script.load(archive.db, [SUBJECTS % name], who="desk")
