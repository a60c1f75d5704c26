"""The words of a dossier: what is recorded and what is not, hedges, exhibits, and nothing of the desk."""

from __future__ import annotations

from archive.cases import facts, judging, subjects
from archive.cases.dossier import gather
from archive.cases.dossier.blocks import blocks, footer, persons, title
from archive.cases.dossier.gather import Dossier
from archive.cases.records import Assessment, Kind
from archive.container import Archive
from archive.printing.blocks import Block, Style
from archive.records import Confidentiality
from tests.archive.cases.conftest import Say
from tests.archive.cases.dossier.conftest import MADE, SECRET_NAME, Told


def all_words(told: list[Block]) -> str:
    return "\n".join(" ".join(filter(None, (one.label, one.before, one.text, one.after))) for one in told)


def test_it_says_who_made_it_not_but_from_what_and_when(dossier: Dossier) -> None:
    words = all_words(blocks(dossier))
    for expected in (
        "Latest source: 2022-02; inclusion is not a finding.",
        "From the archive “desk”, made on 2026-11-22.",
        "It names 1 person.",
        "Person A · 某甲 · مىسال كىشى",
        "2 events recorded, between 2015-12-20 and 2015-12-24. Latest outcome recorded: Released (2019).",
        "Contradicted: Detention: the values recorded for “Consent of the host country” cannot all be true: given",
        "shortly before Christmas (2015-12-20/2015-12-24) · Detention",
        "date as worded: “shortly before Christmas”",
        "worded with: “nearly”",
        "Hong Kong",
        "Place not recorded",
        "resting on: a newspaper → a report",
        "The document alleges it.",
        "Abstract of A page of the desk",
        dossier.exhibits[0].document.sha256,
    ):
        assert expected in words
    assert "withheld" not in words
    assert "desk name" not in words  # who recorded it
    assert title(dossier) == f"Dossier {dossier.cases[0].case.subject.code}"
    assert footer(dossier) == "desk · 2026-11-22 · inclusion is not a finding"


def test_every_mark_leads_to_a_passage(dossier: Dossier) -> None:
    told = blocks(dossier)
    anchors = {one.anchor for one in told if one.anchor}
    assert {mark for one in told for mark in one.marks} <= anchors


def test_no_part_of_a_secret_name_is_left(archive: Archive, dossier: Dossier, told: Told) -> None:
    words = all_words(blocks(dossier))
    assert "a relative named […]" in words
    assert "[…] stands for words left out" in words
    for part in SECRET_NAME.split():
        assert part not in words.replace("Person A", "").replace("Person concerned", "").replace("Persons", "")
    chosen = gather.gather(archive.db, [told.case], archive="desk", made=MADE, confidential=True, say_withheld=True)
    words = all_words(blocks(chosen))
    assert f"Relative {SECRET_NAME}: brother or sister of Person A" in " ".join(words.split())
    assert "0 facts withheld." in words
    assert "[…]" not in words
    assert persons(chosen) == "2 people, 1 of them a relative"


def test_our_assessment_is_told_with_its_reason(archive: Archive, told: Told) -> None:
    (unit,) = (one for one in facts.of_subject(archive.db, subjects.get(archive.db, told.case)) if one.field == "unit")
    judging.assess(archive.db, unit.id, Assessment.PROBABLE, "two pages agree", who="desk")
    dossier = gather.gather(archive.db, [told.case], archive="desk", made=MADE)
    assert "our assessment: probable (two pages agree)" in all_words(blocks(dossier))


def test_a_case_without_facts_reads_not_recorded(archive: Archive, told: Told) -> None:
    bare = subjects.create(archive.db, Kind.CASE, who="desk")
    told_of = blocks(gather.gather(archive.db, [bare.id], archive="desk", made=MADE))
    assert [(one.label, one.text) for one in told_of if one.style is Style.FACT] == [
        ("Person concerned", "not recorded"),
        ("Outcome", "not recorded"),
    ]
    assert "Latest source: date not recorded" in all_words(told_of)
    assert "Events: not recorded" in all_words(told_of)


def test_an_outcome_that_is_withheld_is_neither_told_nor_denied(archive: Archive, told: Told, say: Say) -> None:
    subject = subjects.get(archive.db, told.case)
    for fact in facts.of_subject(archive.db, subject):
        if fact.field == "outcome":
            archive.db.execute(
                "UPDATE fact SET confidentiality = ? WHERE uuid = ?", (str(Confidentiality.CONFIDENTIAL), fact.id)
            )
    words = all_words(blocks(gather.gather(archive.db, [told.case], archive="desk", made=MADE)))
    assert "utcome" not in words
