"""Notebooks: what opens one, what does not, and what is left of it on the disk."""

from __future__ import annotations

import json
import multiprocessing
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive import container, keys, slots
from archive.errors import ArchiveMissing, CannotUnlock, Damaged, NewerFormat
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, tables

RECORD = "7ad3a7f3-4ab5-4f0d-a0bb-3d1a4b3f8f4e"
WORDS = "quince-blossom-sentinel"


def test_the_key_of_the_archive_opens_it_and_nothing_else_does(key: ArchiveKey, tmp_path: Path) -> None:
    with opening.of_archive(key, protected=True, data=tmp_path) as made:
        assert made.protected
        note = notes.add(made.db, RECORD, WORDS)
    with opening.of_archive(key, protected=True, data=tmp_path) as again:
        assert notes.of_record(again.db, RECORD) == (note,)
    with pytest.raises(CannotUnlock):
        opening.of_archive(keys.generate(key.archive), protected=True, data=tmp_path)


def test_nothing_on_the_disk_says_what_is_noted_or_holds_the_key(key: ArchiveKey, tmp_path: Path) -> None:
    with opening.of_archive(key, protected=True, data=tmp_path) as made:
        own = made._key
        notes.add(made.db, RECORD, WORDS)
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        content = b"".join(file.read_bytes() for file in files)
    for secret in (WORDS.encode(), own.key, own.key.hex().encode(), key.key, key.key.hex().encode()):
        assert secret not in content
    assert own.key != key.key


def test_every_archive_has_a_notebook_of_its_own(key: ArchiveKey, tmp_path: Path) -> None:
    other = keys.generate("5e0f8f43-7b2e-4ad6-a3f1-6f0a2f2b7f10")
    with opening.of_archive(key, protected=True, data=tmp_path) as one:
        notes.add(one.db, RECORD, WORDS)
    with opening.of_archive(other, protected=False, data=tmp_path) as two:
        assert notes.every(two.db) == ()
        assert not two.protected


def test_the_notebook_of_an_open_archive_says_that_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "open.tamarisk"
    own = container.create(path)
    with opening.of_archive(own, protected=slots.is_protected(path), data=tmp_path) as made:
        assert not made.protected
    assert (opening.place(own.archive, tmp_path) / keys.FOLDER / slots.OPEN_SLOT).exists()
    opening.of_archive(own, protected=False, data=tmp_path).close()


def test_a_passphrase_opens_it_when_the_archive_has_another_key(key: ArchiveKey, tmp_path: Path) -> None:
    with opening.of_archive(key, protected=True, data=tmp_path) as made:
        note = notes.add(made.db, RECORD, WORDS)
        made.set_passphrase("a passphrase")
    changed = keys.generate(key.archive)
    with opening.by_passphrase(key.archive, "a passphrase", key=changed, data=tmp_path) as opened:
        assert notes.every(opened.db) == (note,)
    for one in (key, changed):
        opening.of_archive(one, protected=True, data=tmp_path).close()
    with pytest.raises(ArchiveMissing):
        opening.by_passphrase(RECORD, "a passphrase", data=tmp_path)


def test_losing_the_notebook_never_touches_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "desk.tamarisk"
    own = container.create(path)
    before = {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}
    opening.of_archive(own, protected=False, data=tmp_path / "data").close()
    assert {file: file.read_bytes() for file in path.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"nonce": "", "sealed": ""}', b'{"nonce": "zz", "sealed": 1}']
)
def test_a_slot_without_a_key_is_damage(key: ArchiveKey, tmp_path: Path, content: bytes) -> None:
    opening.of_archive(key, protected=True, data=tmp_path).close()
    slot = next((opening.place(key.archive, tmp_path) / keys.FOLDER).iterdir())
    slot.write_bytes(content)
    with pytest.raises(Damaged):
        opening.of_archive(key, protected=True, data=tmp_path)


def test_a_sealed_slot_that_was_altered_is_damage(key: ArchiveKey, tmp_path: Path) -> None:
    opening.of_archive(key, protected=True, data=tmp_path).close()
    slot = next((opening.place(key.archive, tmp_path) / keys.FOLDER).iterdir())
    data = json.loads(slot.read_bytes())
    data["sealed"] = ("1" if data["sealed"][0] == "0" else "0") + data["sealed"][1:]
    slot.write_text(json.dumps(data))
    with pytest.raises(Damaged):
        opening.of_archive(key, protected=True, data=tmp_path)


def test_a_newer_notebook_is_refused(key: ArchiveKey, tmp_path: Path) -> None:
    with opening.of_archive(key, protected=True, data=tmp_path) as made:
        made.db.conn.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(tables.FORMAT + 1),))
    with pytest.raises(NewerFormat):
        opening.of_archive(key, protected=True, data=tmp_path)


def _fill(key: ArchiveKey, data: Path, count: int) -> None:
    with opening.of_archive(key, protected=True, data=data) as opened:
        for at in range(count):
            notes.add(opened.db, RECORD, f"note {at}")


def test_two_programs_make_and_fill_one_notebook(key: ArchiveKey, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=_fill, args=(key, tmp_path, 20)) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0, 0]
    with opening.of_archive(key, protected=True, data=tmp_path) as opened:
        assert len(notes.every(opened.db)) == 40
    assert [path.name for path in (tmp_path / "notebooks").iterdir()] == [key.archive]


WRITER = """
import sys
from pathlib import Path
from archive import keys, slots
from archive.notebook import notes, opening

key = keys.parse(Path("."), bytes.fromhex(sys.argv[1]))
with opening.of_archive(key, protected=True, data=Path(sys.argv[2])) as opened:
    for at in range(100_000):
        print(notes.add(opened.db, "a record", "x" * 500, tags=["kept"]).id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_killed_program_loses_no_note_it_had_added(key: ArchiveKey, tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", WRITER, keys.serialise(key).hex(), str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        added = [program.stdout.readline().strip() for _ in range(10)]
        program.send_signal(signal.SIGKILL)
        added += [line.strip() for line in program.stdout if line.endswith("\n")]
    with opening.of_archive(key, protected=True, data=tmp_path) as opened:
        held = {note.id: note for note in notes.every(opened.db)}
        assert set(added) <= set(held)
        assert all(note.tags == ("kept",) for note in held.values())
        assert opened.db.conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
