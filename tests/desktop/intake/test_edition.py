"""Importing begins in the editor edition, and is refused in words in the reading edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import importers
from archive.errors import ArchiveError
from archive.reading import dispatch
from archive.reading.source import Sink, Source
from desktop import messages, reasons
from desktop.intake.edition import gated


def test_where_files_can_be_imported_the_step_is_taken_with_what_was_given() -> None:
    taken: list[tuple[Path, ...]] = []
    refused: list[ArchiveError] = []
    gated(taken.append, refused.append)((Path("a"), Path("b")))
    assert taken == [(Path("a"), Path("b"))]
    assert not refused


def test_in_the_reading_edition_it_is_said_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importers, "present", lambda: False)
    taken: list[tuple[Path, ...]] = []
    refused: list[ArchiveError] = []
    gated(taken.append, refused.append)((Path("a"),))
    assert not taken
    (error,) = refused
    assert error.code == "editor-needed"
    assert "needs the editor edition" in messages.sentence(error)


@pytest.mark.parametrize(("whole", "reason"), [(True, "reader-missing"), (False, "editor-needed")])
def test_a_file_without_its_reader_tells_a_broken_program_from_the_reading_edition(
    monkeypatch: pytest.MonkeyPatch, whole: bool, reason: str
) -> None:
    def absent(source: Source, sink: Sink) -> None:
        raise ModuleNotFoundError("kreuzberg")

    monkeypatch.setattr(importers, "present", lambda: whole)
    monkeypatch.setattr(dispatch, "reader_of", lambda media_type, readers: absent)
    source = type("Given", (), {"size": 1, "media_type": "application/epub+zip"})()
    reading = dispatch.read(source, None, {}, 1000)  # type: ignore[arg-type]
    assert reading.reason == reason
    assert reasons.words(reason) != reason.replace("-", " ")
