"""`tamarisk correct --for-safety`: no value that stood there is in any page of the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import corrections, unlocking
from archive.container import Archive
from archive.withdrawal import erasing
from tests import pages
from tests.desktop.cli.conftest import Tamarisk

OLD = "Marguerite Qzorblatt"


@pytest.fixture
def shelf(tamarisk: Tamarisk, tmp_path: Path) -> tuple[Path, str]:
    """An archive with one searchable document, which is titled by a name, and its id."""
    path, files = tmp_path / "desk.tamarisk", tmp_path / "files"
    files.mkdir()
    (files / "page.txt").write_text("A page about the quay.")
    assert tamarisk("new", path, "--open").status == 0
    assert tamarisk("import", path, files).status == 0
    (hit,) = tamarisk("search", path, "quay", "--json").json()["hits"]
    assert tamarisk("correct", path, hit["id"], "--title", OLD).status == 0
    assert tamarisk("search", path, "qzorblatt", "--json").json()["hits"]
    return path, str(hit["id"])


def holding(path: Path) -> list[str]:
    return pages.holding(pages.of_archive(path, unlocking.unlock(path)), "zorblatt", "arguerite")


def test_it_is_in_no_page_of_any_file(tamarisk: Tamarisk, shelf: tuple[Path, str]) -> None:
    path, document = shelf
    assert holding(path)
    assert tamarisk("correct", path, document, "--title", "Told by a witness", "--for-safety").status == 0
    assert holding(path) == []
    assert tamarisk("search", path, "qzorblatt", "--json").json()["hits"] == []
    assert tamarisk("search", path, "witness", "--json").json()["hits"]
    assert tamarisk("verify", path).status == 0
    assert "arguerite" not in tamarisk("show", path, document, "--json").out


def test_the_words_of_a_date_go_with_it(tamarisk: Tamarisk, shelf: tuple[Path, str]) -> None:
    path, document = shelf
    words = ("--published", "2015-10-17", "--published-words", "the seventeenth of qzorblatt")
    assert tamarisk("correct", path, document, "--title", "A page", "--for-safety").status == 0
    assert tamarisk("correct", path, document, *words).status == 0
    assert holding(path)
    assert tamarisk("correct", path, document, "--published", "2015", "--for-safety").status == 0
    assert holding(path) == []
    given = ("--published", "2014", "--published-words", "some years ago")
    assert tamarisk("correct", path, document, *given, "--for-safety").status == 0
    assert "some years ago" in tamarisk("show", path, document, "--json").out


def test_what_was_corrected_before_can_be_taken_out_of_the_history(tamarisk: Tamarisk, shelf: tuple[Path, str]) -> None:
    path, document = shelf
    assert tamarisk("correct", path, document, "--title", "Told by a witness").status == 0
    assert holding(path)
    assert tamarisk("correct", path, document, "--title", "Told by a witness", "--for-safety").status == 0
    assert holding(path) == []
    with Archive(path, unlocking.unlock(path), write=False) as archive:
        assert {one.old for one in corrections.history(archive.db, document)} == {corrections.HIDDEN}


def test_what_an_import_keeps_from_being_erased_is_erased_at_the_next_opening(
    tamarisk: Tamarisk, shelf: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, document = shelf
    with monkeypatch.context() as patched:
        patched.setattr(erasing, "finish", lambda archive: None)
        corrected = tamarisk("correct", path, document, "--title", "Told by a witness", "--for-safety")
    assert corrected.status == 1
    assert "kept a part of it from being erased" in corrected.err
    assert tamarisk("index", path).status == 0
    assert holding(path) == []
