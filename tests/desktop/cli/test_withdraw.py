from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archive import texts, unlocking
from archive.container import Archive
from archive.errors import ArchiveError, Busy, DiskFull, NoPermission
from archive.notebook import notes, opening, shelves
from archive.notebook.records import Colour
from archive.withdrawal import erasing, tombstones
from desktop import withdrawing
from desktop.cli import failures
from tests import pages
from tests.desktop.cli.conftest import Tamarisk

WORDS = "The lanternkeeper Zorblatt was seen at the old quay of Fennimore."


@pytest.fixture
def shelf(tamarisk: Tamarisk, tmp_path: Path) -> Path:
    """An archive with two documents, searchable."""
    path, files = tmp_path / "desk.tamarisk", tmp_path / "files"
    files.mkdir()
    (files / "zorblatt.txt").write_text(WORDS)
    (files / "other.txt").write_text("Another page about the quay.")
    assert tamarisk("new", path, "--open").status == 0
    assert tamarisk("import", path, files).status == 0
    return path


def id_of(tamarisk: Tamarisk, shelf: Path) -> str:
    (hit,) = tamarisk("search", shelf, "zorblatt", "--json").json()["hits"]
    return str(hit["id"])


def test_it_says_what_goes_and_takes_it_out_of_every_file(tamarisk: Tamarisk, shelf: Path) -> None:
    gone = id_of(tamarisk, shelf)
    look = tamarisk("withdraw", shelf, gone, "--reason", "person", "--preview")
    assert look.status == 0
    assert "1 document goes" in look.out
    assert "zorblatt.txt" in look.out
    assert id_of(tamarisk, shelf) == gone

    said = tamarisk("withdraw", shelf, gone[:8], "--reason", "person", "--yes", "--json")
    assert said.status == 0, said
    assert said.json()["records"] == [gone]
    assert said.json()["erased"]
    assert tamarisk("search", shelf, "zorblatt", "--json").json()["hits"] == []
    assert len(tamarisk("search", shelf, "quay", "--json").json()["hits"]) == 1
    key = unlocking.unlock(shelf)
    assert pages.holding(pages.of_archive(shelf, key), "rblatt", "lanternkeeper", "ennimore") == []
    with Archive(shelf, key, write=False) as archive:
        assert not erasing.derived(archive.db)
        assert [one.record for one in tombstones.every(archive.db)] == [gone]
    assert tamarisk("verify", shelf).status == 0


def test_the_notebook_on_this_machine_is_purged_too(
    tamarisk: Tamarisk, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    gone, key = id_of(tamarisk, shelf), unlocking.unlock(shelf)
    with opening.of_archive(key, protected=False) as notebook, Archive(shelf, key, write=False) as archive:
        place = notes.passage(archive.db, gone, 1, 4, 28)
        notes.add(notebook.db, gone, "Ask at the quay.", passage=place)
        shelves.note_export(notebook.db, "dossier", "pdf", [gone])
    said = tamarisk("withdraw", shelf, gone, "--reason", "person", "--yes")
    assert "1 of your notes mentions what was withdrawn. The quotations are gone" in said.out
    assert "  Ask at the quay." in said.out
    assert "You exported a dossier (PDF) with this record on" in said.out
    with opening.of_archive(key, protected=False) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [None]


def test_a_notebook_that_does_not_open_is_told_beside_what_was_done(
    tamarisk: Tamarisk, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    gone, key = id_of(tamarisk, shelf), unlocking.unlock(shelf)
    opening.of_archive(key, protected=False).close()
    (opening.place(key.archive) / opening.FILE).write_bytes(b"no database at all" * 400)
    said = tamarisk("withdraw", shelf, gone, "--reason", "person", "--yes")
    assert said.status == failures.LISTED
    assert "1 record was withdrawn" in said.out
    assert "Your notebook may still quote what was withdrawn." in said.err
    assert tamarisk("search", shelf, "zorblatt", "--json").json()["hits"] == []


@pytest.mark.parametrize("fault", [Busy, DiskFull])
def test_an_index_that_cannot_be_made_anew_is_told_beside_what_was_done(
    tamarisk: Tamarisk, shelf: Path, monkeypatch: pytest.MonkeyPatch, fault: type[ArchiveError]
) -> None:
    gone = id_of(tamarisk, shelf)

    def stopped(*_: object) -> None:
        raise fault(path="index.db")

    with monkeypatch.context() as patched:
        patched.setattr(withdrawing, "purge", stopped)
        said = tamarisk("withdraw", shelf, gone, "--reason", "person", "--yes")
        (other,) = tamarisk("search", shelf, "another", "--json").json()["hits"]
        corrected = tamarisk("correct", shelf, other["id"], "--title", "Told by a witness", "--for-safety")
    assert said.status == corrected.status == failures.LISTED
    assert "1 record was withdrawn" in said.out
    assert "Corrected: Told by a witness" in corrected.out
    assert "The index still holds words of it." in said.err
    assert "The index still holds words of it." in corrected.err
    assert tamarisk("index", shelf).status == 0
    with Archive(shelf, unlocking.unlock(shelf), write=False) as archive:
        assert not erasing.derived(archive.db)


def test_files_that_cannot_be_erased_now_leave_it_withdrawn_and_the_notebook_purged(
    tamarisk: Tamarisk, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    gone, key = id_of(tamarisk, shelf), unlocking.unlock(shelf)
    with opening.of_archive(key, protected=False) as notebook:
        shelves.ask(notebook.db, "zorblatt.txt")

    def refused(*_: object) -> None:
        raise NoPermission(path="archive-before-format-4.db")

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "finish", refused)
        said = tamarisk("withdraw", shelf, gone, "--reason", "person", "--yes", "--json")
    assert said.status == failures.LISTED
    assert (said.json()["records"], said.json()["erased"]) == ([gone], False)
    with opening.of_archive(key, protected=False) as notebook:
        assert shelves.history(notebook.db) == ()
    assert tamarisk("index", shelf).status == 0
    with Archive(shelf, key, write=False) as archive:
        assert not erasing.pending(archive.db)


def test_nobody_is_asked_where_nobody_can_be(tamarisk: Tamarisk, shelf: Path) -> None:
    gone = id_of(tamarisk, shelf)
    assert tamarisk("withdraw", shelf, gone, "--reason", "error").status == 2
    assert id_of(tamarisk, shelf) == gone


def test_failures_are_told_apart(tamarisk: Tamarisk, shelf: Path) -> None:
    gone = id_of(tamarisk, shelf)
    assert tamarisk("withdraw", shelf, gone, "--reason", "replaced", "--yes").status == 0
    again = tamarisk("withdraw", shelf, gone, "--reason", "error", "--yes", "--json")
    assert (again.status, again.json()["error"]["code"]) == (2, "withdrawn")
    unknown = tamarisk(
        "withdraw", shelf, "00000000-0000-4000-8000-000000000000", "--reason", "error", "--yes", "--json"
    )
    assert (unknown.status, unknown.json()["error"]["code"]) == (2, "no-such-record")


def test_what_was_withdrawn_stays_out_and_can_be_let_in(tamarisk: Tamarisk, shelf: Path) -> None:
    files = shelf.parent / "files"
    tamarisk("withdraw", shelf, id_of(tamarisk, shelf), "--reason", "legal", "--yes")
    report = tamarisk("import", shelf, files)
    assert "zorblatt.txt: withdrawn on 2" in report.out
    assert ", for a legal reason" in report.out
    assert tamarisk("search", shelf, "zorblatt", "--json").json()["hits"] == []
    assert tamarisk("import", shelf, files, "--withdrawn-too").status == 0
    assert len(tamarisk("search", shelf, "zorblatt", "--json").json()["hits"]) == 1


def test_a_fact_is_replaced_by_the_right_one(tamarisk: Tamarisk, sample: Path) -> None:
    with Archive(sample, unlocking.unlock(sample), write=False) as archive:
        wrong, subject = archive.db.conn.execute(
            "SELECT f.uuid, s.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE f.field = 'name'"
            " AND s.kind = 'person' AND f.state = 'current' LIMIT 1"
        ).fetchone()
    how = ("--reason", "replaced", "--yes")
    assert tamarisk("withdraw", sample, wrong, *how, "--as-of", "2015").status == 2
    assert tamarisk("withdraw", sample, subject, *how, "--instead", "A witness").status == 2
    refused = tamarisk("withdraw", sample, wrong, *how, "--instead", "  ", "--json")
    assert (refused.status, refused.json()["error"]["code"]) == (2, "invalid-value")
    said = tamarisk("withdraw", sample, wrong, *how, "--instead", "A witness Qzorblatt", "--json")
    assert said.status == 0, said
    assert said.json()["records"] == [wrong]
    shown = tamarisk("show", sample, subject, "--json").out
    assert said.json()["recorded"] in shown
    assert "A witness Qzorblatt" in shown
    assert tamarisk("search", sample, "qzorblatt", "--json").json()["hits"]


def test_a_note_on_the_file_it_was_packed_in_loses_what_was_cut_there(
    tamarisk: Tamarisk, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    package = tmp_path / "papers.zip"
    with zipfile.ZipFile(package, "w") as packed:
        packed.writestr("a-first.txt", "One page of a sort.")
        packed.writestr("qzorblatt-letter.txt", "The letter of somebody.")
    assert tamarisk("import", shelf, package).status == 0
    key = unlocking.unlock(shelf)
    with opening.of_archive(key, protected=False) as notebook, Archive(shelf, key, write=False) as archive:
        ((container, row),) = archive.db.conn.execute("SELECT uuid, row FROM document WHERE media_type LIKE '%zip%'")
        text = texts.read(archive.db, row, 1)
        line, first = text.index("qzorblatt"), text.index("a-first.txt")
        cut = notes.passage(archive.db, container, 1, line, line + 20)
        near = notes.passage(archive.db, container, 1, first, first + 11)
        notes.add(notebook.db, container, "Who is that?", passage=cut)
        notes.add(notebook.db, container, passage=cut, colour=Colour.GREEN)
        notes.add(notebook.db, container, "This one.", passage=near)
    (member,) = tamarisk("search", shelf, "letter somebody", "--json").json()["hits"]
    assert tamarisk("withdraw", shelf, member["id"], "--reason", "person", "--yes").status == 0
    with opening.of_archive(key, protected=False) as notebook:
        held = {one.text: one.passage for one in notes.every(notebook.db)}
        secret = notebook._key.secret("notebook")
    assert set(held) == {"Who is that?", "This one."}
    assert held["Who is that?"] is None
    kept = held["This one."]
    assert kept is not None
    assert kept.quote == "a-first.txt"
    folder = opening.place(key.archive)
    assert b"zorblatt" not in b"".join(pages.of_file(folder / opening.FILE, secret))
