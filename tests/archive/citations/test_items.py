"""Citations of documents and works: types, dates and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind
from archive.citations import items
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from tests.archive.conftest import Keep


def test_a_document_is_cited_with_its_hash(archive: Archive, keep: Keep) -> None:
    document = keep(
        "Text.",
        title="A {title}\nin two lines",
        authors=("A. Author", "某作者", " "),
        publisher="The Paper",
        published="2022-01-19",
        language="en",
        type="article",
        source_url="https://example.org/a b?c={d}",
    )
    assert items.item(archive.db, document.id) == {
        "id": document.id,
        "type": "article-newspaper",
        "title": "A {title} in two lines",
        "author": [{"literal": "A. Author"}, {"literal": "某作者"}],
        "container-title": "The Paper",
        "issued": {"date-parts": [[2022, 1, 19]]},
        "language": "en",
        "URL": "https://example.org/a%20b?c=%7Bd%7D",
        "note": f"SHA-256 {document.sha256}",
    }
    bare = keep("Other text.")
    assert items.item(archive.db, bare.id) == {
        "id": bare.id,
        "type": "document",
        "note": f"SHA-256 {bare.sha256}",
    }


def test_a_work_is_cited_from_its_facts(archive: Archive, keep: Keep) -> None:
    document = keep("A page that names a report and the body that made it.", language="en")
    body = subjects.create(archive.db, Kind.ORGANISATION, who="desk")
    work = subjects.create(archive.db, Kind.WORK, who="desk")
    facts.record(
        archive.db,
        Citation(document.id, 1, 0, 10),
        [
            Entry(body.id, "name", "A body"),
            Entry(work.id, "title", "A report"),
            Entry(work.id, "issued-by", body.id),
            Entry(work.id, "date", "2022-01"),
            Entry(work.id, "address", "https://example.org/report"),
        ],
        who="desk",
    )
    assert items.item(archive.db, work.id) == {
        "id": work.id,
        "type": "document",
        "title": "A report",
        "author": [{"literal": "A body"}],
        "issued": {"date-parts": [[2022, 1]]},
        "URL": "https://example.org/report",
    }
    with pytest.raises(InvalidValue):
        items.item(archive.db, body.id)
    with pytest.raises(NoSuchRecord):
        items.item(archive.db, "gone")


@pytest.mark.parametrize(
    ("edtf", "made"),
    [
        ("2015", {"date-parts": [[2015]]}),
        ("2015-10?", {"date-parts": [[2015, 10]], "circa": True}),
        ("2014/2016-03", {"date-parts": [[2014], [2016, 3]]}),
        ("2015-21", {"literal": "spring"}),
        ("../2016", {"literal": "spring"}),
        ("", {"literal": "spring"}),
    ],
)
def test_dates_are_numbers_where_they_can_be(edtf: str, made: items.Item) -> None:
    assert items.issued(edtf, "spring") == made
    assert items.issued("", "") == {}


@given(st.text())
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    cleaned = items.clean(text)
    assert not items.UNFIT.search(cleaned)
    assert cleaned == cleaned.strip()
    assert items.clean(cleaned) == cleaned


@given(st.text())
def test_an_address_holds_nothing_that_a_form_would_have_to_escape(text: str) -> None:
    made = items.address(text)
    assert made.isascii()
    assert not set(made) & set(' {}\\"<>^`|')
