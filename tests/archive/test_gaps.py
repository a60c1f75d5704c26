"""Why a search may miss a document, from the readings that real readers give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.gaps import Gap, gap, pages_without_text
from archive.records import Confidentiality, Document, Metadata, Verdict

READ = Document(
    "", 1, "", Metadata(), "", "", Confidentiality.PUBLIC, "", "application/pdf", 1, 1, "", Verdict.GOOD, "", 9, 100
)  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "reason", "expected"),
    [
        (Verdict.GOOD, "", None),
        (Verdict.NONE, "no-text-layer", Gap.NO_TEXT),
        (Verdict.NONE, "not-recognised-yet", Gap.NO_TEXT),
        (Verdict.NONE, "password", Gap.LOCKED),
        (Verdict.POOR, "encrypted", Gap.LOCKED),
        (Verdict.NONE, "damaged", Gap.UNREADABLE),
        (Verdict.NONE, "a reason of a later program", Gap.UNREADABLE),
        (Verdict.POOR, "pages-without-text", Gap.IN_PART),
        (Verdict.POOR, "text-limit", Gap.IN_PART),
        (Verdict.POOR, "a reason of a later program", Gap.IN_PART),
        (Verdict.POOR, "garbled-text", Gap.POOR_TEXT),
    ],
)
def test_every_reading_has_its_gap(verdict: Verdict, reason: str, expected: Gap | None) -> None:
    assert gap(replace(READ, verdict=verdict, reason=reason)) is expected


@pytest.mark.parametrize(
    ("reason", "detail", "pages"),
    [
        ("no-text-layer", "", 9),
        ("pages-without-text", "3 of 9 pages without text", 3),
        ("pages-damaged", "2 of 9 pages cannot be opened", 2),
        ("garbled-text", "4 of 9 pages with garbled text", 0),
        ("pages-without-text", "", 0),
    ],
)
def test_the_pages_without_text_are_counted(reason: str, detail: str, pages: int) -> None:
    assert pages_without_text(replace(READ, reason=reason, detail=detail)) == pages
