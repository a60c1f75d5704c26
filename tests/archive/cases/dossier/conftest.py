"""A case in several scripts, with what must stay out of a dossier and what must stand in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from archive.cases import facts, links, subjects
from archive.cases.dossier import gather
from archive.cases.dossier.gather import Dossier
from archive.cases.records import Citation, Entry, Kind, Stance, Step
from archive.container import Archive
from archive.records import Confidentiality
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep

MADE = datetime.date(2026, 11, 22)
SECRET_NAME = "Relativa Person"
ENGLISH = (
    "The desk writes that nearly all of it happened in Bangkok shortly before Christmas, and that a relative named"
    " Relativa Person was asked about it by Person A of the same town."
)
HAN = "这里写的是一个没有内容的句子，只为了说明某甲这个名字在曼谷出现过，后面还有一些字用来围住它。"
UYGHUR = "بۇ يەردە يېزىلغان جۈملە پەقەت مىسال ئۈچۈن، ئۇنىڭدا ھېچكىم توغرىسىدا ھېچنېمە دېيىلمەيدۇ."
TIBETAN = "འདིར་བྲིས་པའི་ཚིག་འདི་ནི་དཔེ་མཚོན་ཙམ་ཡིན། དེར་མི་སུ་ཡང་མིང་གིས་མ་བཤད་དོ།"


@dataclass(frozen=True, slots=True)
class Told:
    """The ids of what was recorded."""

    case: str
    person: str
    relative: str
    event: str


@pytest.fixture
def told(archive: Archive, make: Make, say: Say, keep: Keep) -> Told:
    """A case of one person with two events, four documents, a relative and a contradiction."""
    english = keep(ENGLISH, title="A page of the desk", publisher="The Desk", published="2022-01-20", language="en")
    abstract = keep("Summary. " + ENGLISH, title="Summary of a page", published="2022-02", language="en")
    han = keep(HAN, title="一个标题：关于某甲的没有内容的文章", published="2021-11", language="zh")
    uyghur = keep(UYGHUR, title="ئۇيغۇرچە ماقالىنىڭ ئۇزۇن ماۋزۇسى (2015)", language="ug")
    tibetan = keep(TIBETAN, title="བོད་ཡིག་གི་ཁ་བྱང་རིང་པོ་ཞིག", language="bo")
    links.add(archive.db, abstract.id, links.Link.ABSTRACT, english.id, who="desk")
    person = make(Kind.PERSON)
    say(person, ("name", "Person A"), ("name", "某甲"), document=han)
    say(person, ("name", "مىسال كىشى"), document=uyghur)
    case = make(Kind.CASE, person_concerned=person.id, unit="one named person")
    relative = make(Kind.PERSON)
    say(relative, ("name", SECRET_NAME), document=english)
    say(relative, ("sibling-of", person.id), document=english)
    say(case, ("outcome", "released"), as_of="2019", document=english)
    say(case, ("outcome", "returned-forced"), as_of="2015-11", document=tibetan)
    event = make(Kind.EVENT, case.id, event_type="detention", host="HK", place="Bangkok, 曼谷")
    start = ENGLISH.index("shortly")
    facts.record(
        archive.db,
        Citation(english.id, 1, start, start + 24, chain=(Step("", "a newspaper"), Step("", "a report"))),
        [Entry(event.id, "date", "2015-12-20/2015-12-24", date_words="shortly before Christmas")],
        who="desk name",
    )
    say(event, ("host-consent", "given"), document=abstract, hedge="nearly", chain=("a report",))
    say(event, ("host-consent", "given"), document=english, chain=("a report",))
    say(event, ("host-consent", "not given"), document=uyghur, stance=Stance.ALLEGES)
    make(Kind.EVENT, case.id, event_type="departure")
    assert subjects.get(archive.db, relative.id).confidentiality is Confidentiality.CONFIDENTIAL
    return Told(case.id, person.id, relative.id, event.id)


@pytest.fixture
def dossier(archive: Archive, told: Told) -> Dossier:
    return gather.gather(archive.db, [told.case], archive="desk", made=MADE)
