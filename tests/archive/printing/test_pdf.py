"""A printed file: what it carries along, that it can be stopped, and nothing about the hour."""

from __future__ import annotations

import datetime
import io

import pypdfium2
import pytest

from archive.errors import Cancelled
from archive.printing import pdf
from archive.printing.blocks import Block, Style
from archive.printing.pdf import Attachment

DAY = datetime.date(2026, 11, 22)


def test_a_file_is_carried_along_as_it_is() -> None:
    content = b'{"words": "\xe6\xa1\x82"}' * 1000
    file = Attachment("statement.json", content, "application/json")
    made = pdf.render([Block(Style.TITLE, "One")], title="One", footer="foot", made=DAY, attached=file)
    with pypdfium2.PdfDocument(made) as document:
        assert document.count_attachments() == 1
        attachment = document.get_attachment(0)
        assert attachment.get_name() == "statement.json"
        assert bytes(attachment.get_data()) == content
    assert made == pdf.render([Block(Style.TITLE, "One")], title="One", footer="foot", made=DAY, attached=file)
    assert b"D:20261122000000Z" in made


def test_every_page_is_told_and_work_can_be_ended() -> None:
    told = [Block(Style.TEXT, f"line {number}") for number in range(200)]
    seen: list[tuple[int, int]] = []
    pdf.render(told, title="Many", footer="", made=DAY, going_on=lambda page, pages: seen.append((page, pages)))
    assert len(seen) > 3
    assert seen == [(number, len(seen)) for number in range(1, len(seen) + 1)]

    def end(page: int, pages: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        pdf.render(told, title="Many", footer="", made=DAY, going_on=end)


def test_a_file_without_words_is_a_page() -> None:
    made = pdf.render([], title="", footer="", made=DAY)
    with pypdfium2.PdfDocument(io.BytesIO(made)) as document:
        assert len(document) == 1
