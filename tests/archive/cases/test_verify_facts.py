"""Verification tells of passages that do not stand, sources that were altered and facts without a source."""

from __future__ import annotations

import pytest

from archive import verify
from archive.cases.records import Kind
from archive.container import Archive
from tests.archive.cases.conftest import Make


@pytest.mark.parametrize(
    ("alteration", "codes"),
    [
        ("SELECT 1", []),
        ("UPDATE source SET quote = 'Else'", ["passage", "source"]),
        ("UPDATE source SET stance = 'denies'", ["source"]),
        ("UPDATE source SET version = 2", ["passage", "source"]),
        ("DELETE FROM source", ["unsourced"]),
    ],
)
def test_what_is_found(archive: Archive, make: Make, alteration: str, codes: list[str]) -> None:
    make(Kind.PROGRAMME, name="A programme")
    archive.db.execute(alteration)
    assert [fault.code for fault in verify.check(archive).faults] == codes
