"""Thesauri: levels, labels, retiring and merging; and the CSV they travel in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import shipped, thesaurus_csv, vocabularies
from archive.cases.vocabularies import ROLES, Label, Mapping, Term
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="|\x00"), min_size=1, max_size=12)
WORDS = WORDS.map(str.strip).filter(bool)
CODES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=8)
TERMS = st.builds(
    Term,
    st.just("method"),
    CODES,
    CODES | st.just(""),
    st.just("current"),
    st.just(""),
    st.lists(st.builds(Label, st.sampled_from(("en", "zh-Hans", "ug")), st.sampled_from(ROLES), WORDS)).map(tuple),
    st.lists(
        st.builds(Mapping, st.sampled_from(("huridocs", "report")), WORDS, st.sampled_from(thesaurus_csv.MATCHES))
    ).map(tuple),
)


def term(code: str, broader: str = "") -> Term:
    return Term("try", code, broader, "current", "", (Label("en", "preferred", code.title()),), ())


def test_shipped_terms_are_in_every_archive(archive: Archive) -> None:
    assert "event-type" in vocabularies.names(archive.db)
    assert vocabularies.label(archive.db, "event-type", "detention", "en") == "Detention"
    for one in shipped.terms():
        assert any(label.role == "preferred" and label.language == "en" for label in one.labels), one.code


def test_what_a_desk_retired_stays_retired(archive: Archive) -> None:
    vocabularies.retire(archive.db, "method", "stalking", who="desk")
    archive.db.execute("DELETE FROM meta WHERE key = 'vocabularies'")
    shipped.seed(archive.db)
    assert vocabularies.get(archive.db, "method", "stalking").status == "retired"


def test_levels(archive: Archive) -> None:
    above = ""
    for level in range(vocabularies.DEEPEST):
        vocabularies.put(archive.db, term(f"level-{level}", above))
        above = f"level-{level}"
    with pytest.raises(InvalidValue):
        vocabularies.put(archive.db, term("too-deep", above))
    with pytest.raises(InvalidValue):
        vocabularies.put(archive.db, term("level-0", "level-2"))
    with pytest.raises(InvalidValue):
        vocabularies.put(archive.db, term("orphan", "nothing"))
    assert vocabularies.narrower(archive.db, "try", "level-3") == {"level-3", "level-4"}
    assert vocabularies.related(archive.db, "try", "level-0", "level-4")


def test_a_merged_term_is_read_as_the_other(archive: Archive) -> None:
    for code in ("one", "two", "three"):
        vocabularies.put(archive.db, term(code))
    vocabularies.retire(archive.db, "try", "one", into="two", who="desk")
    vocabularies.retire(archive.db, "try", "two", into="three", who="desk")
    assert vocabularies.resolve(archive.db, "try", "one") == "three"
    assert vocabularies.resolve(archive.db, "try", "One") == "three"
    assert "one" in vocabularies.narrower(archive.db, "try", "three")
    with pytest.raises(InvalidValue):
        vocabularies.retire(archive.db, "try", "three", into="one", who="desk")
    with pytest.raises(NoSuchRecord):
        vocabularies.retire(archive.db, "try", "three", into="nothing", who="desk")


@given(st.lists(TERMS, max_size=6, unique_by=lambda one: one.code))
def test_csv_gives_the_same_terms_back(terms: list[Term]) -> None:
    again = list(thesaurus_csv.read("method", thesaurus_csv.write(terms)))
    assert [(one.code, one.broader) for one in again] == [(one.code, one.broader) for one in terms]
    for before, after in zip(terms, again, strict=True):
        assert set(after.labels) == set(before.labels)
        assert set(after.mappings) == set(before.mappings)


@pytest.mark.parametrize("text", ["", "label\nx", "code,colour\nx,red", "code,preferred:en\n,Word", "code\nx,y,z"])
def test_csv_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        list(thesaurus_csv.read("method", text))
