"""Confidential facts, persons and documents stay out; their names are masked wherever a passage holds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive import corrections
from archive.cases import facts, subjects
from archive.cases.dossier.permitted import MASK, Mask, Permitted
from archive.container import Archive
from archive.records import Confidentiality, Document
from tests.archive.cases.conftest import Say
from tests.archive.cases.dossier.conftest import SECRET_NAME, Told
from tests.archive.conftest import Keep

words = st.text(st.characters(categories=["Ll", "Lu", "Lo", "Zs"], max_codepoint=0xFFFF), max_size=30)


def test_a_fact_goes_with_its_subject_its_value_and_its_documents(
    archive: Archive, told: Told, document: Document, say: Say, keep: Keep
) -> None:
    person = subjects.get(archive.db, told.person)
    other = keep("Another page, which says the same thing in more words than it needs.", title="Other")
    say(person, ("position", "teacher"))
    say(person, ("position", "teacher"), document=other)
    say(person, ("position", "writer"))
    corrections.correct(
        archive.db, document, document.metadata, who="desk", confidentiality=Confidentiality.CONFIDENTIAL
    )
    permitted = Permitted(archive.db, confidential=False)
    kept = permitted.facts(one for one in facts.of_subject(archive.db, person) if one.field == "position")
    assert [(one.value, [source.document for source in one.sources]) for one in kept] == [("teacher", [other.id])]
    assert [one.value for one in permitted.withheld.values()] == ["writer"]
    relative = subjects.get(archive.db, told.relative)
    assert permitted.facts(facts.of_subject(archive.db, relative)) == ()
    assert len(Permitted(archive.db, confidential=True).facts(facts.of_subject(archive.db, relative))) == 2


def test_an_event_goes_with_what_it_belongs_to(archive: Archive, told: Told) -> None:
    subjects.protect(archive.db, told.case, Confidentiality.CONFIDENTIAL, who="desk")
    assert Permitted(archive.db, confidential=False).hidden(told.event)
    assert not Permitted(archive.db, confidential=True).hidden(told.event)


def test_a_name_is_masked_as_a_word_and_a_longer_shown_one_is_left() -> None:
    mask = Mask(["Ann Li", "某甲"], ["某甲乙"])
    assert mask("ann  LI and Joann Life") == f"{MASK} and Joann Life"
    assert mask("他说某甲来了，某甲乙也来了") == f"他说{MASK}来了，某甲乙也来了"
    assert Mask(["某甲"], ["某甲"])("某甲") == "某甲"


def test_a_name_is_masked_where_a_passage_cuts_it_off_or_runs_through_it() -> None:
    mask = Mask([SECRET_NAME], [])
    assert mask.passage("asked Rela", "tiva Per", "son today") == (f"asked {MASK}", "", " today")
    assert mask.passage("", "asked by ", "Relativa Pe") == ("", "asked by ", MASK)
    assert mask.passage("tiva Person was", " asked", "") == (f"{MASK} was", " asked", "")
    assert mask.passage("here", " and ", "there") == ("here", " and ", "there")


@given(words, words, words, st.text("abc某乙 ", min_size=2, max_size=6).filter(lambda name: len(name.strip()) > 1))
def test_what_is_masked_leaves_all_else_as_it_was(before: str, quote: str, after: str, name: str) -> None:
    parts = Mask([name], []).passage(before, f"{quote} {name} ", after)
    assert MASK in "".join(parts)
    assert Mask([name], []).passage("".join(parts), "", "") == ("".join(parts), "", "")
    assert Mask([], []).passage(before, quote, after) == (before, quote, after)
