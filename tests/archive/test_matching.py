"""Documents and subjects are found by words that they hold, in any order and any script."""

from __future__ import annotations

import pytest

from archive import matching
from archive.cases import subjects
from archive.cases.records import Kind
from archive.container import Archive

LABELS = ("Hill Post 100%", "post of the hill", "Москва", "İ", "广平", "a_b")


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """With works of these names."""
    for label in LABELS:
        made = subjects.create(archive.db, Kind.WORK, who="desk")
        archive.db.table("subject").update(made.row, {"label": label})
    return archive


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", set(LABELS)),
        ("POST hill", {"Hill Post 100%", "post of the hill"}),
        ("москва", {"Москва"}),
        ("平", {"广平"}),
        ("0%", {"Hill Post 100%"}),
        ("%", {"Hill Post 100%"}),
        ("_", {"a_b"}),
        ("!", set()),
        ("hill gate", set()),
    ],
)
def test_words_are_found(archive: Archive, typed: str, expected: set[str]) -> None:
    found = matching.called(archive.db, Kind.WORK, typed, 99)
    assert {label for _, label in found} == expected
    assert len(matching.called(archive.db, Kind.WORK, typed, 1)) == min(1, len(expected))
    for identity, label in found:
        assert label not in {other for _, other in matching.called(archive.db, Kind.WORK, typed, 99, but=identity)}
