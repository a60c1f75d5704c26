"""Whoever looks for one name of a person finds what holds the others, and is told so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import facts, judging, people, recording, subjects
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind, Stance
from archive.records import Confidentiality
from index.answers import Filter, Query, Widened
from index.widen.names import keys
from tests.index.conftest import Desk

TEXTS = {
    "latin": "Yang Benren wrote a letter.",
    "han": "有人见过樣本人。",
    "alias": "Anna Yang was seen at the harbour.",
    "initials": "The letter is signed A. Yang.",
    "turned": "Benren Yang left in spring.",
    "neither": "Anna met a man called Yang Bo at the harbour; Benren is a name too.",
}
NAMES = ("Yang Benren", "样本人", "Anna Yang")


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    note = desk.add(", ".join(NAMES), title="note")
    for name, text in TEXTS.items():
        desk.add(text, title=name)
    drafts = (Draft("person", Kind.PERSON), Draft("other", Kind.PERSON))
    entries = (*(Entry("person", "name", name) for name in NAMES), Entry("other", "name", "Bo Ling"))
    recording.record(desk.archive.db, Citation(note, 1, 0, 9), drafts, entries, who="desk")
    return desk


def titles(shelf: Desk, text: str, widen: str = "all") -> set[str]:
    shelf.found(text, widen=widen)  # type: ignore[arg-type]
    hits = shelf.ask(text, widen=widen).hits  # type: ignore[arg-type]
    return {hit.title.text for hit in hits if hit.kind == "document"} - {"note"}


EVERY = {"latin", "han", "alias", "initials", "turned"}


@pytest.mark.parametrize(
    "text", ["yang benren", "Benren Yang", "yangbenren", "Yang Ben-ren", '"Anna Yang"', "样本人", "樣本人", "anna yang"]
)
def test_every_name_finds_the_others(shelf: Desk, text: str) -> None:
    assert titles(shelf, text) - {"neither"} == EVERY


def test_what_is_typed_comes_first_and_the_name_is_named(shelf: Desk) -> None:
    hits = [hit for hit in shelf.ask("样本人", widen="all").hits if hit.kind == "document"]
    assert {hit.title.text for hit in hits[:2]} == {"han", "note"}
    alias = next(hit for hit in hits if hit.title.text == "alias")
    assert alias.through == (Widened("样本人", "Anna Yang", "name"),)
    assert [alias.snippet.text[start:end] for start, end in alias.snippet.marks] == ["Anna Yang"]
    assert next(hit for hit in hits if hit.title.text == "han").through == ()


@pytest.mark.parametrize("text", ["=样本人", '="Anna Yang"', "=yangbenren"])
def test_an_equals_sign_wants_only_this(shelf: Desk, text: str) -> None:
    assert titles(shelf, text) < EVERY


def test_nothing_is_widened_where_it_is_switched_off(shelf: Desk) -> None:
    assert titles(shelf, "样本人", "none") == {"han"}
    assert titles(shelf, "样本人", "names") == EVERY


def test_part_of_a_name_is_no_name(shelf: Desk) -> None:
    assert titles(shelf, "benren") == {"latin", "turned", "neither"}


def test_names_are_found_inside_of_longer_queries_and_never_below_not(shelf: Desk) -> None:
    assert titles(shelf, "yang benren harbour") == {"alias", "neither"}
    assert titles(shelf, "harbour NOT 样本人") == {"alias", "neither"}


def test_names_that_are_withdrawn_or_denied_are_known_no_longer(desk: Desk) -> None:
    note = desk.add("Bo Ling, whom nobody calls Mountain Bird", title="note")
    desk.add("A mountain bird sang.", title="bird")
    made = recording.record(
        desk.archive.db,
        Citation(note, 1, 0, 7),
        (Draft("person", Kind.PERSON),),
        (Entry("person", "name", "Bo Ling"), Entry("person", "name", "Mountain Bird", stance=Stance.DENIES)),
        who="desk",
    )
    assert titles(desk, "bo ling") == set()
    recording.undo(desk.archive.db, made, who="desk")
    assert titles(desk, "bo ling") == set()
    assert not desk.ask("bo ling", widen="all").widened


def test_a_merged_person_is_found_by_the_names_of_both(desk: Desk) -> None:
    note = desk.add("Bo Ling; Ling Xiaobo", title="note")
    desk.add("A song of Ling Xiaobo.", title="song")
    drafts = (Draft("one", Kind.PERSON), Draft("two", Kind.PERSON))
    entries = (Entry("one", "name", "Bo Ling"), Entry("two", "name", "Ling Xiaobo"))
    made = recording.record(desk.archive.db, Citation(note, 1, 0, 7), drafts, entries, who="desk").made
    assert titles(desk, "bo ling") == set()
    people.merge(desk.archive.db, made["one"], made["two"], "the same letter names both", who="desk")
    assert titles(desk, "bo ling") == {"song"}


def test_another_name_with_the_same_initials_is_somebody_else(desk: Desk) -> None:
    """Bo Ling is B. Ling, and so is Bao Ling: neither is found by the names of the other, both by `B. Ling`."""
    note = desk.add("Bo Ling; Mountain Bird; Bao Ling; River Stone", title="note")
    desk.add("A mountain bird sang.", title="bird")
    desk.add("There lay a river stone.", title="stone")
    desk.add("The letter of B. Ling.", title="letter")
    drafts = (Draft("one", Kind.PERSON), Draft("two", Kind.PERSON))
    called = {"one": ("Bo Ling", "Mountain Bird"), "two": ("Bao Ling", "River Stone")}
    entries = [Entry(who, "name", name) for who, names in called.items() for name in names]
    recording.record(desk.archive.db, Citation(note, 1, 0, 7), drafts, entries, who="desk")
    assert titles(desk, "bo ling") == {"bird", "letter"}
    assert titles(desk, "bao ling") == {"stone", "letter"}
    assert titles(desk, "b. ling") == {"bird", "stone", "letter"}


def test_a_person_recorded_with_initials_is_found_by_the_whole_name(desk: Desk) -> None:
    note = desk.add("B. Ling; Mountain Bird", title="note")
    desk.add("A mountain bird sang.", title="bird")
    entries = [Entry("one", "name", name) for name in ("B. Ling", "Mountain Bird")]
    recording.record(desk.archive.db, Citation(note, 1, 0, 7), (Draft("one", Kind.PERSON),), entries, who="desk")
    assert titles(desk, "bo ling") == {"bird"}


def test_a_name_of_one_letter_does_not_stand_for_a_person(desk: Desk) -> None:
    note = desk.add("Bo Ling, called B; Room 12", title="note")
    desk.add("Plan B failed.", title="plan")
    desk.add("In room 1.", title="room")
    drafts = (Draft("one", Kind.PERSON), Draft("two", Kind.ORGANISATION))
    entries = (*(Entry("one", "name", name) for name in ("Bo Ling", "B")), Entry("two", "name", "Room 12"))
    recording.record(desk.archive.db, Citation(note, 1, 0, 7), drafts, entries, who="desk")
    assert titles(desk, "bo ling") == set()
    assert titles(desk, "room 12") == set()


def test_names_that_are_everyday_words_are_not_counted_for_a_person(desk: Desk) -> None:
    """Ivy May is I. May: but that `I may` stands for her is chance, and so is a bare `May`, which is only offered."""
    note = desk.add("Ivy May, called May; Mountain Bird", title="note")
    desk.add("Letter of I. Bird.", title="bird")
    for at in range(60):
        desk.add("I may go, may I?", title=f"paper {at}")
    entries = [Entry("one", "name", name) for name in ("Ivy May", "May", "Mountain Bird", "Ivy Bird")]
    recording.record(desk.archive.db, Citation(note, 1, 0, 7), (Draft("one", Kind.PERSON),), entries, who="desk")
    assert titles(desk, "mountain bird") == {"bird"}
    assert titles(desk, "ivy may") == {"bird"}
    assert "paper 3" in {hit.title.text for hit in desk.ask("mountain bird", widen="sound", limit=99).hits}
    assert len(desk.found("may", widen="all")) >= 60  # of what was typed all count


def test_a_form_that_two_ways_lead_to_counts_once(desk: Desk) -> None:
    note = desk.add("Yang Benren", title="note")
    desk.add("Benren Yang was seen.", title="turned")
    desk.add("Nothing else.", title="other")
    recording.record(
        desk.archive.db,
        Citation(note, 1, 0, 7),
        (Draft("one", Kind.PERSON),),
        (Entry("one", "name", "Yang Benren"),),
        who="desk",
    )
    answer = desk.ask('"yang benren"', widen="all")
    assert [form.found.lower() for form in answer.widened].count("benren yang") == 1
    turned = next(hit for hit in answer.hits if hit.title.text == "turned")
    own = next(hit for hit in desk.ask('"benren yang"').hits if hit.title.text == "turned")
    assert turned.score == pytest.approx(own.score)


def test_a_name_in_a_field_that_is_not_shown_is_told(desk: Desk) -> None:
    note = desk.add("Bo Ling, Mountain Bird", title="note")
    desk.add("About harbours.", title="written", authors=("Ling Bo",))
    desk.add("About harbours.", title="filed", name="Mountain Bird.pdf")
    entries = [Entry("one", "name", name) for name in ("Bo Ling", "Mountain Bird")]
    recording.record(desk.archive.db, Citation(note, 1, 0, 7), (Draft("one", Kind.PERSON),), entries, who="desk")
    for text in ("mountain bird", '"mountain bird"', "mountain bird harbours"):
        hits = {hit.title.text: hit for hit in desk.ask(text, widen="all").hits}
        assert hits["written"].matched_by == ("author",)
        assert [(one.found, one.way) for one in hits["written"].through] == [("Ling Bo", "order")]
        assert hits["filed"].matched_by == ("file-name",)
        assert hits["filed"].through == ()


def test_names_that_confidential_records_and_facts_alone_tell_are_not_used_without_these(desk: Desk) -> None:
    note = desk.add("Bo Ling; Mountain Bird; River Stone", title="note")
    desk.add("A mountain bird sang.", title="bird")
    desk.add("There lay a river stone.", title="stone")
    drafts = (Draft("one", Kind.PERSON), Draft("two", Kind.PERSON, confidentiality=Confidentiality.CONFIDENTIAL))
    called = {"one": ("Bo Ling", "River Stone"), "two": ("Bo Ling", "Mountain Bird")}
    entries = [Entry(who, "name", name) for who, names in called.items() for name in names]
    made = recording.record(desk.archive.db, Citation(note, 1, 0, 7), drafts, entries, who="desk").made
    without = Filter("confidentiality", "confidential", exclude=True)

    def documents(text: str, *filters: Filter) -> set[str]:
        found = desk.ask(text, *filters, widen="all")
        assert desk.index.searcher().totals(Query(text, filters)).total == len(found.hits)
        return {hit.title.text for hit in found.hits if hit.kind == "document"} - {"note"}

    assert documents("bo ling") == {"bird", "stone"}
    assert documents("bo ling", without) == documents("bo ling", Filter("confidentiality", "public")) == {"stone"}
    assert documents("mountain bird", without) == {"bird"}
    called_one = facts.of_subject(desk.archive.db, subjects.get(desk.archive.db, made["one"]))
    stone = next(fact for fact in called_one if fact.value == "River Stone")
    judging.protect(desk.archive.db, stone.id, Confidentiality.CONFIDENTIAL, who="desk")
    assert documents("bo ling") == {"bird", "stone"}
    assert documents("bo ling", without) == set()
    assert documents("river stone", without) == {"stone"}


def test_of_a_name_that_very_many_have_only_its_other_spelling_is_searched(desk: Desk) -> None:
    note = desk.add("Bo Ling is the name of very many.", title="note")
    desk.add("样本人来了。", title="spelling")
    desk.add("A bird of stone.", title="alias")
    for at in range(12):
        entries = [
            Entry("one", "name", name) for name in ("Bo Ling", "样本人", "bird of stone" if at == 3 else f"nobody{at}")
        ]
        recording.record(
            desk.archive.db, Citation(note, 1, 0, at + 1), (Draft("one", Kind.PERSON),), entries, who="desk"
        )
    assert titles(desk, "bo ling") == {"spelling"}


@pytest.mark.parametrize("text", ["who saw yang benren in the spring of this year", "yang benren nosuchword"])
def test_where_any_word_will_do_so_will_any_name(shelf: Desk, text: str) -> None:
    assert "han" in titles(shelf, text)
    hit = next(hit for hit in shelf.ask(text, widen="all", limit=99).hits if hit.title.text == "han")
    assert [(one.typed, one.way) for one in hit.through] == [("yang benren", "name")]
    assert "any-word" in hit.matched_by
    assert "han" not in titles(shelf, text, "none")


@given(st.text(max_size=60))
def test_any_name_has_keys_that_a_query_finds(name: str) -> None:
    found = keys(name)
    assert found == keys(name.upper()) or name.upper().lower() != name.lower()
    assert all(key == key.strip() for key in found)


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=8), min_size=2, max_size=3))
def test_the_order_and_the_spacing_of_a_name_do_not_matter(words: list[str]) -> None:
    assert keys(" ".join(words)) & keys(" ".join(reversed(words)))
    assert keys(" ".join(words)) & keys("".join(words))
    assert keys(" ".join(words)) & keys("-".join(words))


@pytest.fixture(scope="module")
def han_alone(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    note = desk.add("杨本仁, 杨仁, Anna Yang", title="note")
    desk.add("楊本仁寫信。", title="long")
    desk.add("杨仁写信。", title="short")
    desk.add("楊本任寫信。", title="somebody else")
    desk.add("Anna Yang was seen.", title="alias")
    drafts = (Draft("long", Kind.PERSON), Draft("short", Kind.PERSON))
    entries = (Entry("long", "name", "杨本仁"), Entry("long", "name", "Anna Yang"), Entry("short", "name", "杨仁"))
    recording.record(desk.archive.db, Citation(note, 1, 0, 5), drafts, entries, who="desk")
    return desk


@pytest.mark.parametrize(
    "text",
    ["yang benren", "Yang Ben-ren", "yangbenren", "yáng běnrén", "yang2 ben3 ren2", "Benren Yang", "yang pen-jen"],
)
def test_a_known_person_is_found_by_the_reading_of_a_name_in_han(han_alone: Desk, text: str) -> None:
    """Recorded in Han alone: what is read so is that name, and not only the sound of it."""
    assert titles(han_alone, text) == {"long", "alias"}


def test_a_known_name_of_two_syllables_is_found_by_its_reading(han_alone: Desk) -> None:
    assert titles(han_alone, '"yang ren"') == {"short"}
