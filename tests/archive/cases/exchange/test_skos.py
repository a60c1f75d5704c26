"""Thesauri go out as SKOS and come back the same; what others write is read without leaving the machine."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cases import shipped
from archive.cases.exchange import skos
from archive.cases.vocabularies import Label, Mapping, Term
from archive.errors import InvalidValue

PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix e: <https://example.org/thesaurus/> .\n"


def ordered(terms: tuple[Term, ...]) -> dict[str, tuple[object, ...]]:
    return {
        one.code: (one.broader, one.status, one.replaced_by, frozenset(one.labels), frozenset(one.mappings))
        for one in terms
    }


@pytest.mark.parametrize("vocabulary", sorted({term.vocabulary for term in shipped.terms()}))
def test_the_shipped_thesauri_come_back(vocabulary: str) -> None:
    terms = tuple(term for term in shipped.terms() if term.vocabulary == vocabulary)
    again = skos.read(vocabulary, skos.write(vocabulary, terms))
    assert ordered(again) == ordered(terms)
    seen = {""}
    for term in again:
        assert term.broader in seen
        seen.add(term.code)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10).filter(str.strip)
LABELS = st.builds(
    Label, st.sampled_from(["en", "zh-Hans", "zh-Hant-TW", "ug"]), st.sampled_from(list(skos.PROPERTIES)), WORDS
)
MAPPINGS = st.builds(Mapping, WORDS.filter(lambda one: one != skos.FOREIGN), WORDS, st.sampled_from(skos.MATCHES))


@settings(max_examples=50)
@given(
    st.dictionaries(
        WORDS, st.tuples(st.lists(LABELS, max_size=3), st.lists(MAPPINGS, max_size=2)), min_size=1, max_size=4
    )
)
def test_any_thesaurus_comes_back(told: dict[str, tuple[list[Label], list[Mapping]]]) -> None:
    terms, above = [], ""
    for code, (labels, mappings) in told.items():
        status = ("current", "retired", "merged")[len(terms) % 3]
        replaced = next(iter(told)) if status == "merged" else ""
        terms.append(Term("any words", code, above, status, replaced, tuple(labels), tuple(mappings)))
        above = code
    assert ordered(skos.read("any words", skos.write("any words", terms))) == ordered(tuple(terms))


def test_what_others_write_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def reach(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", reach)
    text = (
        PREFIXES
        + """
        e:act skos:prefLabel "Act" ; skos:narrower e:taking ; skos:exactMatch <https://example.org/other/1> .
        e:taking a skos:Concept ; skos:prefLabel "Taking"@en-gb ; skos:altLabel "" ; skos:broader e:deed .
        <https://example.org/thesaurus#deed> a skos:Concept ; skos:notation "deed-1" .
        e:deed a skos:Concept .
    """
    )
    act, deed, other, taking = skos.read("acts", text)
    assert [one.code for one in (act, deed, other, taking)] == ["act", "deed", "deed-1", "taking"]
    assert act.labels == (Label("en", "preferred", "Act"),)
    assert act.mappings == (Mapping("uri", "https://example.org/other/1", "exact"),)
    assert (taking.broader, taking.mappings) == ("act", (Mapping("acts", "deed", "broad"),))
    assert taking.labels == (Label("en-GB", "preferred", "Taking"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "this is no turtle",
        "<rdf:RDF/>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        PREFIXES + "[" * 5000,
        PREFIXES + 'e:a skos:notation "1" ; skos:prefLabel "A" . e:b skos:notation "1" ; skos:prefLabel "B" .',
    ],
)
def test_what_is_no_thesaurus_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        skos.read("acts", text)


def test_a_label_in_no_language_is_refused() -> None:
    with pytest.raises(InvalidValue):
        skos.write("acts", [Term("acts", "a", "", "current", "", (Label("no tag", "preferred", "A"),), ())])
