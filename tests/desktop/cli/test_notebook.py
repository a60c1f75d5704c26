"""`tamarisk notebook`: out as files, over to a colleague, and merged there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import documents, keys, unlocking
from archive.container import Archive
from archive.notebook import notes, opening, shelves
from archive.notebook.opening import Notebook
from tests.desktop.cli.conftest import Tamarisk

QUOTE = 40


@pytest.fixture
def noted(sample: Path) -> Path:
    """The sample archive, with a notebook of one note, a tag and a collection."""
    key = unlocking.unlock(sample)
    with Archive(sample, key, write=False) as archive, of(sample) as opened:
        row = archive.db.conn.execute("SELECT uuid FROM document WHERE text_version > 0 LIMIT 1").fetchone()
        document = documents.get(archive.db, row[0])
        place = notes.passage(archive.db, document.id, document.text_version, 0, QUOTE)
        notes.add(opened.db, document.id, "ask again, 柽柳", passage=place, tags=["port"])
        shelves.collect(opened.db, shelves.make_collection(opened.db, "For the desk").id, [document.id])
    return sample


def of(path: Path, data: Path | None = None) -> Notebook:
    return opening.of_archive(unlocking.unlock(path), protected=False, data=data)


@pytest.fixture
def colleague(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data_folder: Path) -> Iterator[object]:
    """Turns to the colleague's computer, and back when called again."""
    homes = [data_folder.parent, tmp_path / "colleague"]

    def turn() -> Path:
        homes.reverse()
        monkeypatch.setenv("XDG_DATA_HOME", str(homes[0]))
        return homes[0] / "tamarisk"

    return turn  # type: ignore[return-value]


@pytest.mark.parametrize("ending", [".md", ".html", ".json"])
def test_a_notebook_is_written_as_what_its_name_says(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"notes{ending}"
    assert tamarisk("notebook", "export", noted, "--out", out).status == 2  # nobody to ask
    assert not out.exists()
    said = tamarisk("notebook", "export", noted, "--out", out, "--yes")
    assert said.status == 0
    assert "not protected" in said.out
    written = out.read_text("utf-8")
    assert "ask again, 柽柳" in written.replace("\\", "")
    assert "SHA-256" in written.replace("\\", "")
    assert "For the desk" in written
    if ending == ".json":
        assert json.loads(written)["notes"][0]["tags"] == ["port"]
    assert tamarisk("notebook", "export", noted, "--out", out, "--yes").status == 2
    assert out.read_text("utf-8") == written
    with of(noted) as opened:
        assert [one.what for one in shelves.exports(opened.db)] == ["notebook"]


def test_a_name_without_a_known_ending_is_refused(noted: Path, tamarisk: Tamarisk, tmp_path: Path) -> None:
    said = tamarisk("notebook", "export", noted, "--out", tmp_path / "notes.doc", "--yes")
    assert said.status == 2
    assert ".md" in said.err


def test_notes_go_to_a_colleague_and_come_back_without_loss(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path, colleague: object
) -> None:
    package, back = tmp_path / "p.tamarisk-notes", tmp_path / "back.tamarisk-notes"
    own = tamarisk("notebook", "key", noted).out.strip()
    colleague()  # type: ignore[operator]
    theirs = tamarisk("notebook", "key", noted, "--json").json()["key"]
    assert theirs.startswith("age1")
    assert theirs != own
    colleague()  # type: ignore[operator]
    packed = tamarisk("notebook", "pack", noted, "--to", theirs, "--sign-as", "Heron", "--out", package)
    assert packed.status == 0
    assert "1 note, 1 tag, 1 collection and 0 saved searches" in packed.out
    assert "柽柳".encode() not in package.read_bytes()
    fingerprint = tamarisk("notebook", "key", noted, "--sign-as", "Heron", "--json").json()["fingerprint"]
    refused = tamarisk("notebook", "merge", noted, package, "--json")
    assert (refused.status, refused.json()["error"]["code"]) == (3, "package-for-others")
    data = colleague()  # type: ignore[operator]
    merged = tamarisk("notebook", "merge", noted, package)
    assert merged.status == 0
    assert "Heron" in merged.err
    assert fingerprint in merged.err
    again = tamarisk("notebook", "merge", noted, package, "--json").json()
    assert (again["new"], again["same"], again["beside"], again["signer"]["seen"]) == (0, 2, [], "known")
    with of(noted, data) as opened:
        (note,) = notes.every(opened.db)
        assert (note.text, note.tags, len(note.passage.quote) if note.passage else 0) == (
            "ask again, 柽柳",
            ("port",),
            QUOTE,
        )
        notes.edit(opened.db, note, "theirs")
    assert tamarisk("notebook", "pack", noted, "--to", own, "--out", back, "--collection", "for the DESK").status == 0
    data = colleague()  # type: ignore[operator]
    with of(noted) as opened:
        notes.edit(opened.db, notes.every(opened.db)[0], "mine")
    said = tamarisk("notebook", "merge", noted, back)
    assert "1 note was changed by both of you" in said.out
    assert "Nobody signed" in said.err
    with of(noted) as opened:
        assert sorted(one.text for one in notes.every(opened.db)) == ["mine", "theirs"]
        assert [one.form for one in shelves.exports(opened.db)] == ["package"]


@pytest.mark.parametrize(("content", "status", "code"), [(b"hello", 2, "not-a-package"), (b"age-encryption.org/v1\n->",
                         4, "altered-package")])  # fmt: skip
def test_what_is_no_package_is_said_to_be_none(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path, content: bytes, status: int, code: str
) -> None:
    (tmp_path / "p").write_bytes(content)
    said = tamarisk("notebook", "merge", noted, tmp_path / "p", "--json")
    assert (said.status, said.json()["error"]["code"]) == (status, code)


def test_what_cannot_be_packed_is_said(noted: Path, tamarisk: Tamarisk, tmp_path: Path) -> None:
    out = tmp_path / "p"
    own = tamarisk("notebook", "key", noted).out.strip()
    assert tamarisk("notebook", "pack", noted, "--to", "age1xyz", "--out", out).status == 2
    assert tamarisk("notebook", "pack", noted, "--to", own, "--out", out, "--collection", "none").status == 2
    assert not out.exists()


def test_without_a_notebook_the_archive_is_read_and_it_is_said_why(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path, data_folder: Path
) -> None:
    folder = opening.place(unlocking.unlock(noted).archive, data_folder)
    before = {file: file.read_bytes() for file in noted.rglob("*") if file.is_file()}
    (folder / "notebook.db").write_bytes(b"x" * 8192)
    said = tamarisk("notebook", "key", noted)
    assert said.status == 4
    assert str(folder) in said.err
    assert "The archive itself is not touched" in said.err
    assert tamarisk("info", noted).status == 0
    shutil.rmtree(folder)
    assert tamarisk("notebook", "key", noted).status == 0  # a new one
    assert {file: file.read_bytes() for file in noted.rglob("*") if file.is_file()} == before


def test_what_was_exported_comes_back_after_the_notebook_was_lost(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path, data_folder: Path
) -> None:
    out = tmp_path / "notes.json"
    assert tamarisk("notebook", "export", noted, "--out", out, "--yes").status == 0
    shutil.rmtree(opening.place(unlocking.unlock(noted).archive, data_folder))
    assert tamarisk("notebook", "import", noted, out, "--json").json()["new"] == 2
    with of(noted) as opened:
        assert [note.text for note in notes.every(opened.db)] == ["ask again, 柽柳"]
    again = tamarisk("notebook", "import", noted, out)
    assert again.out.startswith("0 entries")
    for content in (b"{}", b"\xff", b"["):
        out.write_bytes(content)
        refused = tamarisk("notebook", "import", noted, out, "--json")
        assert (refused.status, refused.json()["error"]["code"]) == (2, "not-a-package")
    assert tamarisk("notebook", "import", noted, tmp_path / "none.json").status == 2


def test_a_passphrase_opens_the_notebook_where_the_archive_comes_with_another_key(
    protected: Path, passphrase_file: Path, tamarisk: Tamarisk, tmp_path: Path, data_folder: Path
) -> None:
    def call(verb: str, *more: object) -> tuple[int, str]:
        said = tamarisk("notebook", verb, protected, "--passphrase-file", passphrase_file, *more)
        return said.status, said.out + said.err

    key = call("key")[1]
    # the archive's own passphrase may open the notebook, too
    assert call("passphrase", "--new-passphrase-file", passphrase_file)[0] == 0
    folder = opening.place(unlocking.unlock(protected, passphrase_file.read_text("utf-8").strip()).archive, data_folder)
    (sealed,) = (folder / keys.FOLDER).glob("*.archive.json")
    sealed.unlink()  # as if it had been made under another key
    assert tamarisk("info", protected, "--passphrase-file", passphrase_file).status == 0  # makes the index
    before = {file: file.read_bytes() for file in protected.rglob("*") if file.is_file()}
    status, words = call("key")
    assert status == 3
    assert "The archive itself is not touched" in words
    assert "notebook unlock" in words
    assert tamarisk("info", protected, "--passphrase-file", passphrase_file).status == 0
    (tmp_path / "wrong").write_text("wrong", "utf-8")
    assert call("unlock", "--notebook-passphrase-file", tmp_path / "wrong")[0] == 3
    assert call("unlock", "--notebook-passphrase-file", passphrase_file)[0] == 0
    assert call("key") == (0, key)
    assert {file: file.read_bytes() for file in protected.rglob("*") if file.is_file()} == before


def test_a_notebook_that_is_not_protected_takes_no_passphrase(noted: Path, tamarisk: Tamarisk, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("words", "utf-8")
    said = tamarisk("notebook", "passphrase", noted, "--new-passphrase-file", tmp_path / "words")
    assert said.status == 2
    assert "not protected" in said.err


def test_a_notebook_that_comes_back_brings_no_quotation_of_what_was_withdrawn(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path
) -> None:
    out = tmp_path / "notes.json"
    assert tamarisk("notebook", "export", noted, "--out", out, "--yes").status == 0
    with of(noted) as opened:
        (note,) = notes.every(opened.db)
    assert tamarisk("withdraw", noted, note.record, "--reason", "person", "--yes").status == 0
    shutil.rmtree(opening.place(unlocking.unlock(noted).archive))
    said = tamarisk("notebook", "import", noted, out)
    assert said.status == 0, said.err
    assert "1 quotation or search was left out" in said.out
    with of(noted) as opened:
        (again,) = notes.every(opened.db)
    assert (again.text, again.passage) == (note.text, None)


def test_a_package_under_a_name_that_had_another_key_is_asked_for_first(
    noted: Path, tamarisk: Tamarisk, colleague: Callable[[], Path], tmp_path: Path
) -> None:
    key = tamarisk("notebook", "key", noted, "--json").json()["key"]
    package = tmp_path / "first.tamarisk-notes"
    assert tamarisk("notebook", "key", noted, "--sign-as", "Heron").status == 0
    colleague()
    with of(noted) as opened:
        notes.add(opened.db, one_document(noted), "said by the first")
    how = ("--to", key, "--sign-as", "Heron")
    assert tamarisk("notebook", "pack", noted, *how, "--out", package).status == 0
    shutil.rmtree(opening.place(unlocking.unlock(noted).archive))  # another notebook, and so another key
    with of(noted) as opened:
        notes.add(opened.db, one_document(noted), "said by the second")
    other = tmp_path / "second.tamarisk-notes"
    assert tamarisk("notebook", "pack", noted, *how, "--out", other).status == 0
    colleague()
    assert tamarisk("notebook", "merge", noted, package).status == 0
    refused = tamarisk("notebook", "merge", noted, other)
    assert refused.status == 2
    assert "another than before" in refused.err
    assert "Nothing was merged." in refused.err
    with of(noted) as opened:
        assert "said by the second" not in {one.text for one in notes.every(opened.db)}
    assert tamarisk("notebook", "merge", noted, other, "--yes").status == 0
    with of(noted) as opened:
        assert "said by the second" in {one.text for one in notes.every(opened.db)}


def one_document(path: Path) -> str:
    with Archive(path, unlocking.unlock(path), write=False) as archive:
        return str(archive.db.conn.execute("SELECT uuid FROM document LIMIT 1").fetchone()[0])


def test_notes_on_confidential_records_are_asked_for_before_they_are_packed(
    noted: Path, tamarisk: Tamarisk, tmp_path: Path
) -> None:
    with of(noted) as opened:
        (note,) = notes.every(opened.db)
    assert tamarisk("correct", noted, note.record, "--confidentiality", "confidential").status == 0
    key = tamarisk("notebook", "key", noted, "--json").json()["key"]
    package = tmp_path / "p.tamarisk-notes"
    how = ("notebook", "pack", noted, "--to", key, "--out", package)
    refused = tamarisk(*how)
    assert refused.status == 2
    assert "1 of the notes is on a confidential record." in refused.err
    assert not package.exists()
    assert tamarisk(*how, "--yes").status == 0
    assert package.exists()
