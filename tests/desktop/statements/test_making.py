"""A statement as PDF: every word of it found again, the whole of it attached, and what differs put in sentences."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest

from archive.errors import Cancelled
from desktop.statements import making, told
from desktop.statements.making import rendered
from index import gazetteer, statement_file
from index.answers import PLACE_NAME, Filter, Query
from index.comparison import compare
from index.coverage import Gap
from index.statement import CLOSING, Found, Made, Statement, Widening

UYGHUR, CHINESE, LONG = "ۋادىدىكى چىراغ توغرىسىدا", "河边的灯笼", "A title of very many words, " * 20
STATEMENT = Statement(
    made=Made("Lanterns", "0f0e", "9c", 1204, 97, "1.0", "6.4", "2026-11-28T10:00:00Z", "Documentation desk"),
    query=Query("桂民海", (Filter("language", "zh"), Filter("country", "TH", exclude=True)), "newest"),
    confidential=False,
    interpretation="桂民海",
    relaxed=False,
    notes=("behind",),
    widenings=(Widening("traditional"), Widening("pinyin", "gui minhai")),
    total=3,
    documents=97,
    gaps=(Gap("no-text", 14, 212), Gap("locked", 1)),
    waiting=2,
    hits=(
        Found("11aa", "document", "ab" * 32, UYGHUR, "2015-10", 4, ("traditional",)),
        Found("22bb", "document", "cd" * 32, CHINESE, "", 0, ()),
        Found("33cc", "case", "", LONG, "2015/2016", 0, ("prefix",)),
    ),
)


def words(made: bytes) -> str:
    with pypdfium2.PdfDocument(made) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return unicodedata.normalize("NFKC", " ".join(" ".join(pages).split()))


def test_the_pdf_says_everything_and_ends_as_it_must() -> None:
    made = rendered(STATEMENT, ".pdf")
    text = words(made)
    for expected in (
        "Search statement",
        "A hit is a text match, not an identification.",
        "Documentation desk",
        "2026-11-28T10:00:00Z",
        "0f0e",
        statement_file.digest(STATEMENT),
        "桂民海",
        "Language: Chinese",
        "not Thailand",
        "newest first",
        "gui minhai",
        "3 records were found",
        "97 documents were in reach",
        "14 documents without text (212 pages)",
        "2 records not searchable yet",
        "left out, whether they would be found or not",
        CHINESE,
        "ab" * 32,
        "page 4",
        "beginning of a word",
    ):
        assert unicodedata.normalize("NFKC", expected) in text.replace("\n", " "), expected
    before_foot = text.rsplit("Lanterns · 2026-11-28", 1)[0].rstrip()
    assert before_foot.endswith(CLOSING)
    assert "چىراغ" in text or "غاريچ" in text


def test_the_whole_statement_is_attached() -> None:
    with pypdfium2.PdfDocument(rendered(STATEMENT, ".pdf")) as document:
        attached = bytes(document.get_attachment(0).get_data())
    assert attached == rendered(STATEMENT, ".json")
    assert statement_file.parsed(attached, "statement.json").hits == STATEMENT.hits


def test_of_very_many_hits_the_first_are_printed_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_PRINTED", 1)
    text = words(rendered(STATEMENT, ".pdf"))
    assert "2 further hits are in the file statement.json" in text
    assert CHINESE not in text


def test_what_was_found_by_nothing_but_its_words_is_said() -> None:
    plain = replace(STATEMENT, widenings=(), gaps=(), waiting=0, hits=(), total=0, query=Query(""), interpretation="")
    text = words(rendered(plain, ".pdf"))
    for expected in ("No hit was found by another form", "0 records were found", "every record", "searched in full"):
        assert expected in text


def test_by_which_names_a_place_was_found_is_said_in_full_with_what_a_text_cannot_tell() -> None:
    libya = gazetteer.called("Tripoli")[0].key
    medina = gazetteer.called("المدينة المنورة")[0].key
    many = [Widening(PLACE_NAME, f"Tripoli {n}", libya) for n in range(20)]
    named = (Widening(PLACE_NAME, "Tripoli", libya), *many, Widening(PLACE_NAME, "Medina", medina))
    asked = replace(STATEMENT, widenings=named)
    text = words(rendered(asked, ".pdf"))
    assert "Tripoli (Libya): recorded there, or named in the text: Tripoli, Tripoli 0, Tripoli 1" in text
    assert "Tripoli 19" in text
    assert "because a name is shared: Tripoli, North (Lebanon)" in text
    assert "Not looked for in texts, because they are ordinary words" in text
    assert "…" not in text.partition("Tripoli (Libya)")[2].partition("Also found by")[0]
    assert "place name" not in text
    assert statement_file.parsed(statement_file.written(asked), "x").widenings == named


def test_printing_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        rendered(STATEMENT, ".pdf", cancelled=lambda: True)


def test_what_differs_is_said_in_sentences() -> None:
    now = replace(
        STATEMENT,
        made=replace(STATEMENT.made, archive="ffff", generation="aa", program="2.0"),
        total=2,
        hits=STATEMENT.hits[1:],
        gaps=(Gap("locked", 3),),
    )
    said = told.sentences(compare(STATEMENT, now))
    assert "2026-11-28T10:00:00Z" in said[0]
    assert "finds 2; then it found 3. 0 are new, 1 are gone" in said[1]
    whole = "\n".join(said)
    for expected in (
        "another archive: 0f0e",
        "restored or upgraded",
        "Version of the program: 2.0; then: 1.0",
        "Not searchable: no text: 0; then: 14 (212 pages)",
        "Not searchable: locked: 3; then: 1",
    ):
        assert expected in whole
    assert "the same 3 records" in told.sentences(compare(STATEMENT, STATEMENT))[1]


def test_every_change_has_its_words() -> None:
    other = Statement(
        made=Made("x", "y", "z", 1, 2, "3", "4", "2027-01-01T00:00:00Z", ""),
        query=STATEMENT.query,
        confidential=True,
        interpretation="other",
        relaxed=True,
        notes=(),
        widenings=(),
        total=0,
        documents=0,
        gaps=tuple(Gap(code, 1) for code in ("unreadable", "in-part", "poor-text", "no-word-analysis")),
        waiting=0,
        hits=(),
    )
    found = compare(STATEMENT, other)
    assert len(found.changes) == 7 + 5 + 2 + 6
    assert all(told.change(one) for one in found.changes)
    assert json.dumps([told.change(one) for one in found.changes])
