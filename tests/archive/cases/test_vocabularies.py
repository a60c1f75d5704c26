"""Thesauri: levels, labels, retiring and merging; and the CSV they travel in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import feed, meta
from archive.cases import shipped, subjects, thesaurus_csv, vocabularies
from archive.cases.records import Kind
from archive.cases.vocabularies import ROLES, Label, Mapping, Term
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from tests.archive.cases.conftest import Make, Say

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


def test_shipped_terms_are_told_in_english_and_chinese() -> None:
    for one in shipped.terms():
        languages = {role: {label.language for label in one.labels if label.role == role} for role in ROLES}
        assert languages["preferred"] >= {"en", "zh-Hans", "es", "fr", "ru", "ar"}, one.code
        assert "en" in languages["definition"], one.code
        if one.vocabulary in ("event-type", "method", "outcome", "channel", "protection"):
            assert "zh-Hans" in languages["definition"], one.code


def test_shipped_labels_lead_to_one_term() -> None:
    meant: dict[tuple[str, str, str], str] = {}
    for one in shipped.terms():
        names = [label for label in one.labels if label.role != "definition"]
        preferred = [label.language for label in names if label.role == "preferred"]
        assert len(preferred) == len(set(preferred)), one.code
        assert len(names) == len({(label.language, label.text.casefold()) for label in names}), one.code
        for label in names:
            key = one.vocabulary, label.language, label.text.casefold()
            assert meant.setdefault(key, one.code) == one.code, key


def test_shipped_terms_come_after_their_broader_ones() -> None:
    before = {("", "")}
    for one in shipped.terms():
        assert not one.broader or (one.vocabulary, one.broader) in before, one.code
        before.add((one.vocabulary, one.code))


def test_shipped_files_are_as_the_program_writes_them() -> None:
    for file in sorted((Path(__file__).parents[3] / "resources" / "vocabularies").glob("*.csv")):
        text = file.read_text("utf-8")
        assert thesaurus_csv.write(thesaurus_csv.read(file.stem, text)) == text, file.name


def test_the_shipped_terms_are_remembered_for_later_versions() -> None:
    file = Path(__file__).parents[3] / "resources" / "vocabularies" / shipped.EVER
    lines = [line.split() for line in file.read_text("utf-8").splitlines()]
    versions = {digest: int(version) for digest, version, _ in lines}
    assert max(versions.values()) == int(shipped.VERSION)
    for one in shipped.terms():
        # a term that is not there was changed: raise VERSION, then `python -m archive.cases.shipped`
        assert shipped.digest(one) in versions, one.code


@pytest.fixture
def earlier(archive: Archive) -> Term:
    """A term as it was shipped with version 2, in an archive that was last opened then."""
    labels = (Label("en", "preferred", "Stalking"), Label("en", "definition", "A person abroad is followed or watched"))
    then = Term("method", "stalking", "approach-abroad", "current", "", labels, ())
    vocabularies.put(archive.db, then)
    meta.write(archive.db, "vocabularies", "2")
    return then


def test_new_labels_come_to_terms_that_nobody_altered(archive: Archive, earlier: Term) -> None:
    shipped.seed(archive.db)
    now = next(one for one in shipped.terms() if one.code == "stalking")
    assert shipped.digest(vocabularies.get(archive.db, "method", "stalking")) == shipped.digest(now)


def test_what_a_desk_altered_or_retired_stays(archive: Archive, earlier: Term) -> None:
    altered = replace(earlier, labels=(*earlier.labels, Label("de", "preferred", "Nachstellen")))
    vocabularies.put(archive.db, altered)
    vocabularies.retire(archive.db, "method", "threats", who="desk")
    shipped.seed(archive.db)
    assert vocabularies.get(archive.db, "method", "stalking") == altered
    assert vocabularies.get(archive.db, "method", "threats").status == "retired"


def test_what_a_term_names_is_called_by_its_new_label(archive: Archive, make: Make, say: Say) -> None:
    case = make(Kind.CASE)
    event = subjects.create(archive.db, Kind.EVENT, parent=case.id, who="desk")
    say(event, ("event-type", "detention"))
    other = make(Kind.CASE)
    seen = feed.position(archive.db)
    known = vocabularies.get(archive.db, "event-type", "detention")
    vocabularies.put(archive.db, known)
    assert feed.changes(archive.db, seen, 9) == []
    vocabularies.put(archive.db, replace(known, labels=(Label("en", "preferred", "Holding"),)))
    assert subjects.get(archive.db, event.id).label == "Holding"
    told = {change.record for change in feed.changes(archive.db, seen, 99)}
    assert told == {case.id, event.id}
    assert other.id not in told


def test_merging_tells_whom_it_is_about(archive: Archive, make: Make, say: Say) -> None:
    case = make(Kind.CASE)
    say(case, ("outcome", "sentenced"))
    seen, revision = feed.position(archive.db), vocabularies.revision(archive.db)
    vocabularies.retire(archive.db, "outcome", "sentenced", into="in-custody", who="desk")
    assert {change.record for change in feed.changes(archive.db, seen, 9)} == {case.id}
    assert vocabularies.revision(archive.db) != revision


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
    vocabularies.put(archive.db, term("top"))
    with pytest.raises(InvalidValue):
        vocabularies.put(archive.db, term("level-0", "top"))
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
    once = thesaurus_csv.write(terms)
    assert thesaurus_csv.write(thesaurus_csv.read("method", once)) == once


@pytest.mark.parametrize("text", ["", "label\nx", "code,colour\nx,red", "code,preferred:en\n,Word", "code\nx,y,z"])
def test_csv_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        list(thesaurus_csv.read("method", text))


@pytest.mark.parametrize("into", ["", "nothing", "retired"])
def test_a_term_merged_into_none_in_use_is_no_value(archive: Archive, into: str) -> None:
    for code, status, by in (("retired", "retired", ""), ("lost", "merged", into)):
        vocabularies.put(archive.db, Term("try", code, "", status, by, (), ()))
    with pytest.raises(InvalidValue):
        vocabularies.resolve(archive.db, "try", "lost")
