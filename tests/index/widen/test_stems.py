"""Forms of words are found by their stems, in the languages that a word is used in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.answers import Query, Widened
from tests.index.conftest import Desk

TEXTS = {
    "forms": ("The men were kidnapped. They say that whoever kidnaps is named.", "en"),
    "typed": ("A kidnapping at night.", "en"),
    "short": ("They use a boat.", "en"),
    "casa": ("Usaron una casa; la usan todavía. Dos secuestros.", "es"),
    "casas": ("Las casas estaban vacías.", "es"),
    "mixed": ("An English report.\n\nEn español: tres deportaciones forzadas.", "en"),
    "policy": ("Two policies were published.", "en"),
    "russian": ("Его похищение видели соседи.", "ru"),
    "russian-forms": ("О похищениях не сообщали.", "ru"),
    "arabic": ("كتب المعارض رسالة", "ar"),
    "arabic-forms": ("كتب معارضون رسائل ومعارضات", "ar"),
    "turkish": ("Sınırdaki köy boşaltıldı.", "tr"),
    "turkish-forms": ("Köyler yakıldı, köyde kimse yok.", "tr"),
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    for name, (text, language) in TEXTS.items():
        desk.add(text, name=f"{name}.txt", title=name, language=language)
    return desk


def found(shelf: Desk, text: str) -> list[str]:
    shelf.found(text, widen="all")
    return [hit.title.text for hit in shelf.ask(text, widen="all").hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kidnapping", ["typed", "forms"]),
        ("=kidnapping", ["typed"]),
        ('"kidnapping"', ["typed"]),
        ("policy", ["policy"]),
        ("deportación", ["mixed"]),
        ("secuestro", ["casa"]),
        ("casa", ["casa", "casas"]),
        ("похищения", ["russian", "russian-forms"]),
        ("معارض", ["arabic", "arabic-forms"]),
        ("köy", ["turkish", "turkish-forms"]),
        ("NOT kidnap", sorted(TEXTS)),
    ],
)
def test_found(shelf: Desk, text: str, expected: list[str]) -> None:
    """What was typed comes first; the rest is told apart from it by nothing but the forms that stand there."""
    assert sorted(found(shelf, text)) == sorted(expected)


def test_a_short_word_of_one_language_takes_no_forms_of_another(shelf: Desk) -> None:
    assert found(shelf, "use") == ["short"]


def test_what_was_typed_comes_first_and_the_other_form_is_named(shelf: Desk) -> None:
    answer = shelf.ask("kidnapping", widen="all")
    first, second = answer.hits
    assert (first.title.text, first.through) == ("typed", ())
    assert second.title.text == "forms"
    assert Widened("kidnapping", "kidnapped", "stem") in second.through
    assert second.snippet.marks
    assert {one.found for one in answer.widened} == {"kidnapped", "kidnaps"}


def test_titles_and_authors_are_searched_as_typed(shelf: Desk) -> None:
    assert found(shelf, "title:policies") == []


def test_a_form_is_marked_in_the_text(shelf: Desk) -> None:
    from archive import texts

    identity = next(hit.id for hit in shelf.ask("kidnapping", widen="all").hits if hit.title.text == "forms")
    document = shelf.document(identity)
    rows = list(texts.rows(shelf.archive.db, document.row, document.text_version))
    searcher = shelf.index.searcher()
    marked = [rows[0].text[start:end] for start, end in searcher.marks(Query("kidnapping"), document, rows)]
    assert marked == ["kidnapped", "kidnaps"]
    assert searcher.marks(Query("kidnapping", widen="none"), document, rows) == ()


def test_paragraphs_in_another_script_than_the_documents_language(desk: Desk) -> None:
    """No document is recorded as Russian, Arabic, Greek or Hindi; the script of the words tells."""
    desk.add("An English report. Похищенных вернули. Боялись معتقلون, απαγωγές, किताबें.", title="one", language="en")
    desk.add("Another. Все похищенные дома, страх. معتقل, απαγωγή, किताब.", title="two", language="en")
    for text in ("похищенные", "معتقل", "απαγωγή", "किताब", "किताबें"):
        assert sorted(found(desk, text)) == ["one", "two"], text


def test_a_word_that_older_papers_have_in_another_language(desk: Desk) -> None:
    for at in range(210):
        desk.add(f"Hablo is the name of boat {at}.", language="en", published="1990")
    desk.add("Yo hablo poco.", title="hablo", language="es", published="2020")
    for _ in range(20):
        desk.add("Sin título: hablo.", language="es", published="2020")
    desk.add("Nadie quiere hablar.", title="hablar", language="es", published="2020")
    assert "hablar" in [form.found for form in desk.ask("hablo", widen="all").widened]


def test_words_of_a_language_without_stemmer_are_not_stemmed_as_those_of_another(desk: Desk) -> None:
    desk.add("ۋادىدا بىر چىراغ بار ئىدى. كىتاب", title="one", language="ug")
    desk.add("چىراغلار يورۇق. كىتابات", title="two", language="ug")
    desk.add("كتاب المعارض", title="arabic", language="ar")
    assert found(desk, "كىتاب") == ["one"]
    assert found(desk, "كىتابات") == ["two"]
    desk.add("Тіл туралы кітаптар", title="three", language="kk")
    desk.add("Тіл кітаптары", title="four", language="kk")
    assert found(desk, "кітаптар") == ["three"]
