"""What verbs write without protection is remembered in the notebook, so that a withdrawal can tell of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive import unlocking
from archive.container import Archive
from archive.notebook import opening, shelves
from archive.notebook.records import Export
from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture(autouse=True)
def begun(sample: Path) -> None:
    """There is a notebook about the sample archive on this computer."""
    opening.of_archive(unlocking.unlock(sample), protected=False).close()


def remembered(path: Path) -> tuple[Export, ...]:
    with opening.of_archive(unlocking.unlock(path), protected=False) as notebook:
        return shelves.exports(notebook.db)


def one_of(path: Path, statement: str) -> str:
    with Archive(path, unlocking.unlock(path), write=False) as archive:
        return str(archive.db.conn.execute(statement).fetchone()[0])


def test_a_dossier_is_told_of_when_one_of_its_facts_is_withdrawn(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path
) -> None:
    case = one_of(sample, "SELECT uuid FROM subject WHERE kind = 'case' LIMIT 1")
    assert tamarisk("dossier", sample, case, "--out", tmp_path / "case.html", "--yes").status == 0
    (held,) = remembered(sample)
    assert (held.what, held.form) == ("dossier", "html")
    fact = one_of(
        sample, f"SELECT f.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE s.uuid = '{case}' LIMIT 1"
    )
    said = tamarisk("withdraw", sample, fact, "--reason", "error", "--yes")
    assert "You exported a dossier (HTML) with this record on" in said.out
    assert "Please destroy it and tell whoever received it." in said.out


@pytest.mark.parametrize("form", ["csv", "json", "ftm", "html"])
def test_a_copy_of_casework_is_remembered_with_all_it_tells_of(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path, form: str
) -> None:
    assert tamarisk("cases", "export", sample, "--format", form, "--out", tmp_path / "cases").status == 0
    (held,) = remembered(sample)
    assert (held.what, held.form) == ("cases", form)
    person = one_of(
        sample, "SELECT s.uuid FROM subject AS s JOIN fact AS f ON f.value = s.uuid WHERE s.kind = 'person' LIMIT 1"
    )
    document = one_of(sample, "SELECT d.uuid FROM source AS o JOIN document AS d ON d.row = o.document LIMIT 1")
    assert {person, document} <= set(held.records)
    assert len(held.records) == len(set(held.records))


def test_what_a_pipe_takes_is_remembered_too(tamarisk: Tamarisk, sample: Path) -> None:
    document = one_of(sample, "SELECT uuid FROM document LIMIT 1")
    assert tamarisk("cases", "export", sample, "--format", "csv").status == 0
    assert tamarisk("cite", sample, document, "--format", "ris").status == 0
    assert [(one.what, one.form) for one in remembered(sample)] == [("citation", "ris"), ("cases", "csv")]
    assert remembered(sample)[0].records == (document,)


def test_what_is_confidential_and_stayed_is_not_said_to_have_left(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path
) -> None:
    case = one_of(sample, "SELECT uuid FROM subject WHERE kind = 'case' LIMIT 1")
    with Archive(sample, unlocking.unlock(sample), write=True) as archive:
        archive.db.conn.execute("UPDATE subject SET confidentiality = 'confidential' WHERE uuid = ?", (case,))
    for name, how in (("open", ()), ("all", ("--confidential",))):
        assert tamarisk("cases", "export", sample, "--format", "csv", "--out", tmp_path / name, *how).status == 0
    everything, without = remembered(sample)
    assert case in everything.records
    assert case not in without.records


def test_originals_statements_and_lists_are_remembered_with_their_records(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path
) -> None:
    tamarisk("index", sample)
    (hit, *_) = tamarisk("search", sample, "deportation", "--json").json()["hits"]
    document = one_of(sample, "SELECT uuid FROM document LIMIT 1")
    assert tamarisk("show", sample, document, "--original", tmp_path / "copy.md").status == 0
    assert tamarisk("search", sample, "deportation", "--statement", tmp_path / "said.json").status == 0
    names = tmp_path / "names.txt"
    names.write_text("deportation\n")
    assert tamarisk("list-search", sample, names, "--csv", tmp_path / "list.csv").status == 0
    listed, stated, original = remembered(sample)
    assert (original.what, original.form, original.records) == ("original", "md", (document,))
    assert (stated.what, stated.form) == ("statement", "json")
    assert (listed.what, listed.form) == ("list", "csv")
    assert hit["id"] in stated.records
    assert hit["id"] in listed.records


def test_what_was_not_written_is_not_remembered(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    case = one_of(sample, "SELECT uuid FROM subject WHERE kind = 'case' LIMIT 1")
    there = tmp_path / "case.html"
    there.write_text("of another")
    assert tamarisk("dossier", sample, case, "--out", there, "--yes").status == 2
    assert remembered(sample) == ()


def test_a_notebook_of_another_key_is_told_in_one_sentence_and_hinders_nothing(
    tamarisk: Tamarisk, protected: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    unlock = ("--passphrase-file", passphrase_file)
    key = unlocking.unlock(protected, passphrase_file.read_text("utf-8").strip())
    opening.of_archive(key, protected=True).close()
    for slot in (opening.place(key.archive) / "keys").iterdir():
        slot.rename(slot.with_name("0123456789ab.archive.json"))
    said = tamarisk("cases", "export", protected, *unlock, "--format", "csv", "--out", tmp_path / "cases.csv")
    assert said.status == 0
    assert (tmp_path / "cases.csv").exists()
    assert said.err.count("\n") == 1
    assert "Your notebook does not remember this copy" in said.err
    assert "tamarisk notebook unlock" in said.err


def test_where_there_is_no_notebook_none_is_made(
    tamarisk: Tamarisk, built_sample: Path, tmp_path: Path, data_folder: Path
) -> None:
    assert not data_folder.exists() or shutil.rmtree(data_folder) is None
    said = tamarisk("cases", "export", built_sample, "--format", "csv", "--out", tmp_path / "cases.csv")
    assert said.status == 0
    assert "notebook" not in said.err
    assert not opening.place(unlocking.unlock(built_sample).archive).exists()
