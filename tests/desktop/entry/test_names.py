"""Names are found as by looking at each of them, only sooner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.cases.records import Kind
from desktop.entry.names import Name, Names, fit

KINDS = (Kind.PERSON, Kind.ORGANISATION)
LABELS = st.text(alphabet="ab (B广平ß", min_size=1, max_size=7)


def made(labels: list[str], first: int = 0) -> list[Name]:
    return [Name(str(at), KINDS[at % 2], label) for at, label in enumerate(labels, first)]


def ranks(found: list[Name], typed: str) -> list[int]:
    return [rank for one in found if (rank := fit(typed.casefold().strip(), one.words)) is not None]


@given(st.lists(LABELS, max_size=12), st.text(alphabet="abB (广平ß", max_size=4), st.integers(1, 14))
def test_what_fits_best_is_found(labels: list[str], typed: str, most: int) -> None:
    every = made(labels)
    found = Names(every).find(typed, KINDS, most)
    expected = sorted(ranks(every, typed))
    assert len({one.id for one in found}) == len(found)
    assert ranks(found, typed) == expected[:most]


@given(st.lists(LABELS, max_size=8), st.lists(LABELS, max_size=8), st.text(alphabet="ab (", max_size=3))
def test_changed_names_are_found_as_if_all_had_been_made_anew(old: list[str], new: list[str], typed: str) -> None:
    names = Names(made(old))
    changes: dict[str, Name | None] = {one.id: one for one in made(new, 4)}
    changes["0"] = None
    changed = names.changed(changes)
    anew = Names(changed.every())
    assert {one.id: one for one in changed.every()} == {
        **{one.id: one for one in made(old) if one.id != "0"},
        **{one.id: one for one in made(new, 4)},
    }
    assert ranks(changed.find(typed, KINDS, 20), typed) == ranks(anew.find(typed, KINDS, 20), typed)
    assert changed.get("0") is None


def test_only_the_kinds_asked_for_are_found_and_none_left_out() -> None:
    names = Names(
        [Name("p", Kind.PERSON, "Hill"), Name("o", Kind.ORGANISATION, "Hill"), Name("q", Kind.PERSON, "Hill B")]
    )
    assert [one.id for one in names.find("hill", (Kind.PERSON,), 5)] == ["p", "q"]
    assert [one.id for one in names.find("hill", KINDS, 5, without={"p"})] == ["o", "q"]


def test_a_case_is_found_by_its_code() -> None:
    names = Names([Name("c", Kind.CASE, "Person A", "C-22222"), Name("d", Kind.CASE, "C-33333", "C-33333")])
    assert [one.words for one in names.find("c-2", (Kind.CASE,), 5)] == ["Person A (C-22222)"]
    assert [one.words for one in names.find("c-3", (Kind.CASE,), 5)] == ["C-33333"]
