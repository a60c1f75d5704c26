"""The PDF file: page numbers, words that can be found again in any script, and nothing about who made it."""

from __future__ import annotations

import dataclasses
import logging
import re
import tempfile
import unicodedata

import pypdfium2
import pytest

from archive.cases.dossier import pdf
from archive.cases.dossier.gather import Dossier


def pages(made: bytes) -> list[str]:
    """The text of each page as pdfium reads it."""
    with pypdfium2.PdfDocument(made) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_bounded())
            text.close()
            page.close()
        return found


def test_words_of_every_script_are_found_again_on_numbered_pages(dossier: Dossier) -> None:
    told = pages(pdf.render(dossier))
    assert len(told) > 2
    for number, page in enumerate(told, 1):
        assert f"page {number} of {len(told)}" in page
        assert "desk · 2026-11-22 · inclusion is not a finding" in page
    words = unicodedata.normalize("NFKC", "".join(told))
    for expected in (
        "Hong Kong",
        "shortly before Christmas",
        "某甲",
        "一个标题：关于某甲的没有内容的文章",
        "བོད་ཡིག་གི་ཁ་བྱང་རིང་པོ་ཞིག",
        "ماۋزۇسى",
        dossier.exhibits[0].document.sha256,
    ):
        assert unicodedata.normalize("NFKC", expected) in words


def test_nothing_tells_who_made_it_or_the_hour_and_no_file_is_written(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **named: object) -> object:
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    made = pdf.render(dossier)
    with pypdfium2.PdfDocument(made) as document:
        told = {name: value for name, value in document.get_metadata_dict().items() if value}
    assert told.pop("Title").startswith("Dossier C-")
    assert told == {"Producer": "Tamarisk", "CreationDate": "D:20261122000000Z"}
    assert b"xmpmeta" not in made
    assert not re.search(rb"/(JS|JavaScript|URI|Launch|EmbeddedFile|AF)\b", made)
    assert pdf.render(dossier) == made


def test_a_letter_that_no_font_has_is_given_by_its_number(dossier: Dossier, caplog: pytest.LogCaptureFixture) -> None:
    strange = dataclasses.replace(dossier, archive="desk \U00020000 {nb} " + "long " * 60)
    with caplog.at_level(logging.WARNING):
        told = pages(pdf.render(strange))
    assert "desk [U+20000] {nb} long" in told[0]
    assert "one that the fonts of this file do not have" in " ".join(" ".join(told).split())
    assert caplog.records == []
