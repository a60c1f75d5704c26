"""The measure of the model: every fact of the five articles has a typed place, its passage, and its due weight.

The fixture is the casework of the sample archive itself, recorded with the calls that the window makes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from archive import container, custody
from archive.cases import facts, fields, figures, links, passages, subjects, weighing
from archive.cases.fields import Type
from archive.cases.records import Assessment, Fact, Kind, Stance, Tally
from archive.cases.weighing import Contradiction
from archive.connect import Database
from archive.records import Confidentiality
from desktop import sample
from desktop.workspace import Workspace

# each numbered fact of the articles with the kinds and fields that must hold it at least;
# 004-16 is opinion and advice, and not entered
PLACES = {
    "000-1": "figure.value",
    "000-2": "organisation.seat",
    "000-3": "work.date",
    "000-4": "figure.completeness",
    "000-5": "programme.aim-stated",
    "000-6": "programme.method",
    "000-7": "programme.method",
    "000-8": "figure.basis",
    "000-9": "figure.value",
    "000-10": "figure.excludes",
    "000-11": "programme.method",
    "000-12": "programme.method",
    "000-13": "programme.started",
    "000-14": "programme.part-of",
    "000-15": "organisation.allegation",
    "000-16": "event.event-type person.citizenship",
    "000-17": "event.date event.host case.outcome",
    "000-18": "figure.value",
    "001-1": "work.title",
    "001-2": "figure.value",
    "001-3": "figure.value figure.share-in-words",
    "001-4": "figure.trend",
    "001-5": "figure.value",
    "001-6": "figure.value",
    "001-7": "programme.method",
    "001-8": "term.stands-for",
    "001-9": "programme.method",
    "001-10": "figure.value",
    "001-11": "programme.active-in",
    "001-12": "figure.value",
    "001-13": "statement.said",
    "001-14": "programme.run-by",
    "001-15": "law.permits-method",
    "001-16": "programme.host-consent",
    "002-1": "figure.value figure.reached",
    "002-2": "figure.value",
    "002-3": "programme.part-of programme.started",
    "002-4": "term.used-by",
    "002-5": "law.permits-method",
    "002-6": "figure.value figure.completeness",
    "002-7": "programme.run-by organisation.twin-of",
    "002-8": "law.interprets law.categories",
    "002-9": "figure.value",
    "002-10": "work.method-types",
    "002-11": "event.charge event.duration event.method",
    "002-12": "event.protection event.resettlement",
    "002-13": "event.actor-named event.present",
    "002-14": "event.official-record",
    "002-15": "event.duration case.outcome",
    "002-16": "programme.practice",
    "002-17": "figure.basis figure.excludes",
    "003-1": "programme.started",
    "003-2": "programme.channels programme.method",
    "003-3": "term.stands-for",
    "003-4": "figure.value",
    "003-5": "figure.value",
    "003-6": "case.group-size event.date",
    "003-7": "programme.method programme.trend",
    "003-8": "organisation.works-with statement.said",
    "003-9": "response.response-type response.by",
    "004-1": "person.position statement.speaker",
    "004-2": "organisation.place",
    "004-3": "programme.started",
    "004-4": "term.used-by",
    "004-5": "programme.aimed-at",
    "004-6": "law.permits-method",
    "004-7": "programme.method programme.channels",
    "004-8": "programme.aim-alleged",
    "004-9": "statement.said statement.form",
    "004-10": "figure.value",
    "004-11": "response.date",
    "004-12": "response.group-size programme.method",
    "004-13": "programme.part-of",
    "004-14": "response.response-type",
    "004-15": "statement.speaker",
}
SUMMARIES = {"000": "abstract-1", "001": "abstract-2", "002": "abstract-3", "003": "abstract-4", "004": "abstract-5"}
COMPARISON = {"en": "Where the articles differ", "zh": "各篇文章的出入"}


@dataclass(frozen=True)
class Casework:
    """The sample with its handles, and for each numbered line the facts that came of it."""

    db: Database
    handles: dict[str, str]
    lines: dict[str, tuple[str, ...]]

    def of(self, handle: str, field: str = "") -> tuple[Fact, ...]:
        """The facts about a subject, of one field or all."""
        told = facts.of_subject(self.db, subjects.get(self.db, self.handles[handle]))
        return tuple(fact for fact in told if field in ("", fact.field))

    def one(self, handle: str, field: str, value: str) -> Fact:
        """The one fact with this value, given as it is stored or as a handle."""
        wanted = self.handles.get(value, value)
        (fact,) = (fact for fact in self.of(handle, field) if fact.value == wanted)
        return fact

    def tally(self, handle: str, field: str, value: str) -> Tally:
        """What that fact stands on."""
        return weighing.tally(self.db, self.one(handle, field, value))

    def figure(self, handle: str) -> figures.Figure:
        """A figure with its facts."""
        return figures.Figure(subjects.get(self.db, self.handles[handle]), self.of(handle))

    def contradictions(self, *handles: str) -> tuple[Contradiction, ...]:
        """What contradicts within these subjects."""
        return weighing.contradictions(self.db, {self.handles[one]: self.of(one) for one in handles})

    def everything(self) -> tuple[Fact, ...]:
        """All facts of the casework."""
        return tuple(fact for handle in self.handles for fact in self.of(handle))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casework]:
    path = tmp_path_factory.mktemp("casework") / "sample.tamarisk"
    with Workspace(path, container.create(path), write=True) as workspace:
        workspace.import_([sample.SOURCE], confidentiality=Confidentiality.PUBLIC)
        loaded = sample.record(workspace)
        lines: dict[str, list[str]] = defaultdict(list)
        for one in loaded.said:
            lines[one.line].append(one.recorded.fact)
        held = {line: tuple(came) for line, came in lines.items() if line}
        yield Casework(workspace.archive.db, loaded.subjects, held)


def document_names(db: Database) -> dict[str, str]:
    rows = db.conn.execute("SELECT d.uuid, n.shown FROM document_name AS n JOIN document AS d ON d.row = n.document")
    return {identity: Path(shown).stem for identity, shown in rows}


@pytest.mark.parametrize(("line", "places"), PLACES.items(), ids=PLACES)
def test_every_fact_of_the_articles_has_a_typed_place(cases: Casework, line: str, places: str) -> None:
    names = document_names(cases.db)
    told = [facts.get(cases.db, identity) for identity in cases.lines[line]]
    held = {f"{subjects.get(cases.db, fact.subject).kind}.{fact.field}" for fact in told}
    assert held >= set(places.split())
    for fact in told:
        assert any(names[source.document].startswith(SUMMARIES[line[:3]]) for source in fact.sources), fact


def test_nothing_else_is_numbered(cases: Casework) -> None:
    assert set(cases.lines) == set(PLACES)
    counted = [sum(line.startswith(article) for line in PLACES) for article in SUMMARIES]
    assert counted == [18, 16, 17, 9, 15]


def test_every_passage_stands_in_its_document(cases: Casework) -> None:
    names = document_names(cases.db)
    everything = cases.everything()
    assert everything
    for fact in everything:
        assert fact.sources, fact
        for source in fact.sources:
            assert passages.matches(cases.db, source)
            text = (sample.SOURCE / f"{names[source.document]}.md").read_text("utf-8")
            # what a summary says of the other articles is no fact of its own
            assert 0 < text.index(source.quote) < text.index(COMPARISON[source.language])


def test_words_are_no_way_around_a_typed_place(cases: Casework) -> None:
    """Free text stands where the value itself is words; never for names, dates, places, numbers, roles or methods."""
    for handle in cases.handles:
        kind = subjects.get(cases.db, cases.handles[handle]).kind
        told = cases.of(handle)
        assert told, handle
        assert not [fact for fact in told if fact.field == "account"]
        if kind in (Kind.CASE, Kind.EVENT, Kind.FIGURE, Kind.RESPONSE, Kind.TERM, Kind.WORK):
            assert any(fields.field(fact.field).type is not Type.TEXT for fact in told), handle


def test_every_kind_of_subject_is_there(cases: Casework) -> None:
    assert all(subjects.count(cases.db, kind) for kind in Kind)


def test_an_abstract_and_its_translation_render_the_article(cases: Casework) -> None:
    for identity, name in document_names(cases.db).items():
        if name.startswith("abstract-"):
            article = cases.handles[f"article-{name.split('-')[1]}"]
            assert links.rendered(cases.db, identity) == article


def test_a_translation_never_counts_as_another_source(cases: Casework) -> None:
    names = document_names(cases.db)
    translated = 0
    for fact in cases.everything():
        articles = {names[source.document].rsplit("-", 1)[0] for source in fact.sources if source.stance.asserts}
        tally = weighing.tally(cases.db, fact)
        assert tally.documents == len(articles)
        translated += len({source.document for source in fact.sources}) > len(articles) > 0
    assert translated >= 10
    fact = cases.one("forced-since-2014", "value", "nearly 10000")
    assert [source.language for source in fact.sources] == ["en", "zh"]
    assert weighing.tally(cases.db, fact) == Tally(documents=1, origins=1, against=0)


def test_documents_are_told_from_what_they_rest_on(cases: Casework) -> None:
    one_report = Tally(documents=2, origins=1, against=0)
    assert cases.tally("returned-since-2014", "value", "over 10000") == one_report
    assert cases.tally("extradited-2018", "value", "1 %") == one_report
    assert cases.tally("sky-net", "started", "2015") == Tally(documents=3, origins=3, against=0)
    assert cases.tally("fox-hunt", "started", "2014") == Tally(documents=2, origins=2, against=0)
    assert cases.tally("sky-net", "run-by", "supervision-commission") == Tally(documents=2, origins=2, against=0)


def test_nearly_and_over_ten_thousand_contradict_also_within_one_article(cases: Casework) -> None:
    (found,) = cases.contradictions("returned-since-2014")
    assert (found.field, found.how) == ("value", "values")
    opposed = [facts.get(cases.db, identity) for identity in found.facts]
    assert {fact.value for fact in opposed} == {"nearly 10000", "over 10000"}
    names = document_names(cases.db)
    assert all("abstract-3-en" in {names[source.document] for source in fact.sources} for fact in opposed)


def test_all_the_majority_and_64_per_cent_are_kept_apart(cases: Casework) -> None:
    handles = ("forced-since-2014", "forced-share-since-2014", "forced-share-2018")
    assert cases.contradictions(*handles) == ()
    everyone, majority, in_2018 = (cases.figure(handle) for handle in handles)
    assert [fact.value for fact in everyone.of("share-in-words")] == ["all of those counted"]
    (share,) = majority.of("value")
    assert (share.value, {source.hedge for source in share.sources}) == ("over 50 %", {"the majority", "多数"})
    assert [fact.value for fact in in_2018.of("value")] == ["about 64 %"]
    assert figures.differences(majority, in_2018) == ("period",)
    # nearly 10,000 forced and over 10,000 returned do not count the same
    assert figures.differences(everyone, cases.figure("returned-since-2014")) == ("counts",)
    # parts of one whole, and some of it not accounted for
    assert "counts" in figures.differences(in_2018, cases.figure("extradited-2018"))
    assert in_2018.of("completeness")


def test_62_or_80_cases(cases: Casework) -> None:
    (found,) = cases.contradictions("cases-studied")
    assert (found.field, found.how) == ("value", "values")
    assert {facts.get(cases.db, identity).value for identity in found.facts} == {"62", "80"}
    # dozens may be either; half and about half agree
    assert cases.one("cases-studied", "value", "24 to 99").sources[0].hedge == "dozens"
    assert {fact.value for fact in cases.of("success-share", "value")} == {"50 %", "about 50 %"}
    assert cases.contradictions("success-share") == ()


def test_each_programme_is_said_to_be_part_of_the_other(cases: Casework) -> None:
    for handle in ("fox-hunt", "sky-net"):
        found = [one for one in cases.contradictions(handle) if one.how == "direction"]
        assert [(one.field, len(one.facts)) for one in found] == [("part-of", 2)]
    assert cases.tally("sky-net", "senior-to", "fox-hunt").documents == 1


def test_sky_net_began_in_2014_or_2015(cases: Casework) -> None:
    (found,) = (one for one in cases.contradictions("sky-net") if one.how == "values")
    assert found.field == "started"
    assert {facts.get(cases.db, identity).value for identity in found.facts} == {"2014", "2015"}
    assert [fact.value for fact in cases.of("fox-hunt", "started")] == ["2014"]
    assert [fact.value for fact in cases.of("anti-corruption", "started")] == ["2013"]


def test_over_120_countries_are_three_figures_that_count_different_things(cases: Casework) -> None:
    handles = ("countries-claimed", "countries-forced", "countries-searched")
    assert all([fact.value for fact in cases.of(one, "value")] == ["over 120"] for one in handles)
    for one, other in combinations(handles, 2):
        assert "counts" in figures.differences(cases.figure(one), cases.figure(other))
    assert cases.contradictions(*handles) == ()


def test_2500_forced_and_2500_returned_are_not_compared(cases: Casework) -> None:
    press, official = cases.figure("forced-since-pandemic"), cases.figure("official-two-years")
    assert [fact.value for figure in (press, official) for fact in figure.of("value")] == ["over 2500", "about 2500"]
    assert figures.differences(press, official) == ("counts", "period")
    assert len(official.of("excludes")) == 2
    assert cases.contradictions("forced-since-pandemic", "official-two-years") == ()


def test_no_two_figures_count_the_same(cases: Casework) -> None:
    all_of_them = [
        cases.figure(handle)
        for handle, identity in cases.handles.items()
        if subjects.get(cases.db, identity).kind is Kind.FIGURE
    ]
    compared = figures.compare(cases.db, all_of_them)
    assert len(compared) == len(all_of_them)
    opposed = {one.figures[0].subject.id for one in compared if one.opposed}
    assert opposed == {cases.handles["returned-since-2014"], cases.handles["cases-studied"]}


def test_nothing_contradicts_but_what_does(cases: Casework) -> None:
    found = {(one.subject, one.field, one.how) for one in cases.contradictions(*cases.handles)}
    assert found == {
        (cases.handles[handle], field, how)
        for handle, field, how in (
            ("returned-since-2014", "value", "values"),
            ("cases-studied", "value", "values"),
            ("fox-hunt", "part-of", "direction"),
            ("sky-net", "part-of", "direction"),
            ("sky-net", "started", "values"),
            ("dong-taken", "event-type", "sources"),
        )
    }


def test_the_absence_of_a_record_stands_against_the_transfer(cases: Casework) -> None:
    transfer = cases.one("dong-taken", "event-type", "transfer")
    assert [source.stance for source in transfer.sources] == [Stance.STATES, Stance.NO_RECORD]
    assert weighing.tally(cases.db, transfer) == Tally(documents=1, origins=1, against=1)


def test_outcomes_are_a_history(cases: Casework) -> None:
    history = [(fact.value, fact.as_of) for fact in cases.of("dong-case", "outcome")]
    assert history == [("returned-forced", "2015/2019"), ("sentenced", "2015/2019"), ("released", "2019")]
    assert cases.contradictions("dong-case") == ()
    (believed,) = cases.of("xiao-case", "outcome")
    assert (believed.as_of, believed.sources[0].stance) == ("2022-01-19", Stance.BELIEVES)
    assert cases.one("xiao-missing", "date", "2017").sources[0].date_words == "Two years later"


def test_negations_and_hedges_are_kept(cases: Casework) -> None:
    denied = cases.one("us-campaign", "part-of", "sky-net")
    assert [source.stance for source in denied.sources] == [Stance.DENIES]
    assert cases.tally("us-campaign", "part-of", "sky-net") == Tally(documents=0, origins=0, against=1)
    taken = cases.one("gui-taken", "event-type", "abduction").sources[0]
    assert (taken.stance, taken.hedge) == (Stance.ALLEGES, "allegedly")
    assert cases.one("returned-since-2014", "reached", "2021-12-25~").sources[0].date_words.endswith("Christmas")


def test_persons_are_named_in_their_own_script_and_no_others_are_named(cases: Casework) -> None:
    named = {
        handle: {fact.value for fact in cases.of(handle, "name")}
        for handle, identity in cases.handles.items()
        if subjects.get(cases.db, identity).kind is Kind.PERSON
    }
    assert named == {
        "gui": {"Gui Minhai", "桂民海"},
        "xiao": {"Xiao Jianhua", "肖建华"},
        "dong": {"Dong Guangping", "董广平"},
        "harth": {"Laura Harth"},
        "commissioner": set(),
    }
    concerned = {fact.value for fact in cases.everything() if fact.field == "person-concerned"}
    assert concerned == {cases.handles[handle] for handle in ("gui", "xiao", "dong")}
    assert not [fact for fact in cases.everything() if fact.field.startswith("actor-") and fact.field != "actor-named"]
    assert [fact.value for fact in cases.of("charges", "group-size")] == ["5"]


def test_the_cut_category_is_counted_and_not_made_up(cases: Casework) -> None:
    assert [fact.value for fact in cases.of("interpretation", "categories")] == ["5"]
    assert [fact.value for fact in cases.of("supervision-law", "article")] == ["52"]
    (cut,) = cases.of("interpretation", "content")
    assert "cut off" in cut.value


def test_the_desk_has_judged_nothing(cases: Casework) -> None:
    assert {fact.assessment for fact in cases.everything()} == {Assessment.NONE}


def test_codes_tell_nothing_about_the_cases(cases: Casework, tmp_path: Path) -> None:
    path = tmp_path / "again.tamarisk"
    with Workspace(path, container.create(path), write=True) as workspace:
        workspace.import_([sample.SOURCE])
        sample.record(workspace)
        again = [(one.label, one.code) for one in subjects.of_kind(workspace.archive.db, Kind.CASE)]
        assert list(custody.breaks(workspace.archive.db)) == []
    codes = [(one.label, one.code) for one in subjects.of_kind(cases.db, Kind.CASE)]
    assert [label for label, _ in again] == [label for label, _ in codes]
    letters = re.compile("C-[2-9A-HJ-NP-Z]{5}")
    assert all(letters.fullmatch(code) for _, code in (*codes, *again))
    assert not {code for _, code in codes} & {code for _, code in again}
