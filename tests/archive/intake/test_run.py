"""The import: every input accounted for, nothing twice, nothing lost when it is interrupted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from filelock import FileLock

from archive import container, documents, texts, verify
from archive.container import Archive
from archive.errors import Busy, DiskFull
from archive.intake.readers import Part, Readers, Task
from archive.intake.report import Progress, Report
from archive.intake.run import run
from archive.reading.process import Origin
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Relation, Verdict


def held(archive: Archive) -> list[Document]:
    return list(documents.iterate(archive.db, documents.identities(archive.db)))


def titles(archive: Archive) -> dict[str, str]:
    return {document.metadata.title: document.id for document in held(archive)}


def accounted(report: Report) -> bool:
    """Every input, and every member found, is added, a duplicate, or unreadable and not kept."""
    lost = [item for item in report.unreadable if not item.kept]
    return report.inputs + report.members == report.added + report.duplicates + len(lost)


def mail(subject: str, attachment: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"] = "Desk <desk@example.org>"
    message["To"] = "Other <other@example.org>"
    message["Subject"] = subject
    message["Date"] = "Tue, 03 Oct 2023 10:00:00 +0000"
    message.set_content(f"The body of {subject}.\n")
    if attachment:
        message.add_attachment(attachment, maintype="text", subtype="plain", filename="notes.txt")
    return bytes(message)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "given"
    made.mkdir()
    return made


def test_each_input_has_its_outcome(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("Some words of a first file.")
    (folder / "b.txt").write_text("Some words of a first file.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_text("Hidden words.")
    (folder / "blob.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (folder / "link").symlink_to("a.txt")
    report = run(archive, [folder, folder / "none"])
    assert accounted(report)
    assert (report.inputs, report.added, report.duplicates) == (8, 5, 1)
    assert {(item.path, item.reason) for item in report.no_text} == {
        ("given/empty.txt", "empty"),
        ("given/blob.bin", "unknown-type"),
    }
    assert {(item.path, item.code, item.kept) for item in report.unreadable} == {
        ("given/broken.pdf", "damaged", True),
        ("given/link", "link", False),
        ("none", "missing", False),
    }
    kept = documents.get(archive.db, titles(archive)["blob.bin"])
    assert b"".join(archive.originals.read(kept.sha256)) == bytes(range(256)) * 20
    assert verify.check(archive).faults == ()


def test_a_second_run_adds_nothing(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("Some words.")
    (folder / "m.eml").write_bytes(mail("Report", b"attached words"))
    first = run(archive, [folder])
    before = documents.count(archive.db)
    second = run(archive, [folder])
    assert (first.added, first.members) == (3, 1)
    assert (second.added, second.duplicates) == (0, 2)
    assert documents.count(archive.db) == before


def test_same_bytes_are_one_document_with_both_names(archive: Archive, folder: Path) -> None:
    (folder / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (folder / name).write_text("the same")
    run(archive, [folder])
    (document,) = held(archive)
    assert {name.shown for name in documents.names(archive.db, document.id)} == {"given/a.txt", "given/sub/b.txt"}


def test_of_two_with_the_same_bytes_the_first_gives_the_title(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("the same")
    read, others = Readers._read, threading.Event()

    def slow(readers: Readers, task: Task, origin: Origin) -> tuple[Reading, tuple[Part, ...]]:
        """Both are being read before either is recorded, and the second is through first."""
        came = read(readers, task, origin)
        if task.name.shown.endswith("a.txt"):
            assert others.wait(30)
            time.sleep(0.3)
        others.set()
        return came

    monkeypatch.setattr(Readers, "_read", slow)
    run(archive, [folder], jobs=2)
    assert [document.metadata.title for document in held(archive)] == ["a.txt"]


def test_members_hang_on_what_they_came_in(archive: Archive, folder: Path) -> None:
    with zipfile.ZipFile(folder / "box.zip", "w") as box:
        box.writestr("inner/m.eml", mail("Inner", b"words in an attachment in a mail in a box"))
        box.writestr("copy.txt", "words in an attachment in a mail in a box")
    report = run(archive, [folder])
    assert accounted(report)
    found = titles(archive)
    (attached,) = [d for d in held(archive) if "notes.txt" in str(documents.names(archive.db, d.id))]
    kin = {(parent.title, parent.relation) for parent in documents.parents(archive.db, attached.id)}
    assert kin == {("Inner", Relation.ATTACHMENT), ("box.zip", Relation.MEMBER)}
    assert {child.name for child in documents.children(archive.db, found["box.zip"])} == {"inner/m.eml", "copy.txt"}
    assert documents.unfinished(archive.db) == ()


def test_a_box_in_itself_ends(archive: Archive, folder: Path) -> None:
    inner = b"the innermost"
    for depth in range(20):
        path = folder / f"box{depth}.zip"
        with zipfile.ZipFile(path, "w") as box:
            box.writestr("inner" if depth == 0 else f"box{depth - 1}.zip", inner)
        inner = path.read_bytes()
        path.unlink()
    (folder / "outer.zip").write_bytes(inner)
    report = run(archive, [folder])
    assert accounted(report)
    assert 2 < documents.count(archive.db) < 15
    assert documents.unfinished(archive.db) == ()


def test_a_box_that_comes_many_times_is_read_once(archive: Archive, folder: Path) -> None:
    """Twenty boxes in twenty boxes in twenty boxes, all the same: 8,000 members if each were unpacked."""
    inner = b"the innermost"
    for _ in range(3):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as box:
            for number in range(20):
                box.writestr(zipfile.ZipInfo(f"{number}.zip"), inner)
        inner = held.getvalue()
    (folder / "outer.zip").write_bytes(inner)
    report = run(archive, [folder])
    assert accounted(report)
    assert (report.added, report.members) == (4, 60)
    assert documents.unfinished(archive.db) == ()
    assert verify.check(archive).faults == ()
    volumes = [archive.originals.database(number) for number in archive.originals.volumes()]
    assert sum(volume.table("chunk").count for volume in volumes) == 4, "no bytes without a record"


def test_confidentiality_is_cautious_unless_told(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("one")
    run(archive, [folder])
    (folder / "b.txt").write_text("two")
    run(archive, [folder / "b.txt"], confidentiality=Confidentiality.PUBLIC)
    kept = {document.metadata.title: document.confidentiality for document in held(archive)}
    assert sorted(kept.values()) == [Confidentiality.PUBLIC, Confidentiality.RESTRICTED]


def test_progress_ends_at_all_of_all(archive: Archive, folder: Path) -> None:
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"text {number}")
    told: list[Progress] = []
    run(archive, [folder], progress=told.append)
    assert (told[-1].done, told[-1].bytes, told[-1].documents) == (30, told[-1].total_bytes, 30)
    assert [step.done for step in told] == sorted(step.done for step in told)


def test_cancelling_keeps_what_is_committed(archive: Archive, folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"text number {number}")
    seen = 0

    def cancelled() -> bool:
        nonlocal seen
        seen += 1
        return seen > 600

    report = run(archive, [folder], cancelled=cancelled)
    assert report.cancelled
    kept = documents.count(archive.db)
    assert kept == report.added < 300
    again = run(archive, [folder])
    assert again.added == 300 - kept
    assert verify.check(archive).faults == ()


def test_only_one_import_at_a_time(archive: Archive, folder: Path) -> None:
    lock = FileLock(archive.path / "import.lock")
    with lock, pytest.raises(Busy):
        run(archive, [folder])
    assert run(archive, [folder]).inputs == 0


def test_full_disk_stops_and_keeps(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("first")
    run(archive, [folder])
    volume = archive.originals.database(1)
    volume.conn.execute(f"PRAGMA max_page_count = {volume.conn.execute('PRAGMA page_count').fetchone()[0] + 20}")
    (folder / "b.bin").write_bytes(os.urandom(3 << 20))
    with pytest.raises(DiskFull):
        run(archive, [folder])
    assert documents.count(archive.db) == 1
    volume.conn.execute("PRAGMA max_page_count = 1073741823")
    assert run(archive, [folder]).added == 1
    assert verify.check(archive).faults == ()


def test_an_open_container_is_gone_on_with(archive: Archive, folder: Path) -> None:
    """As after a kill between the batch with the container and the batch with its members."""
    (folder / "m.eml").write_bytes(mail("Report", b"attached words"))
    run(archive, [folder])
    parent = titles(archive)["Report"]
    (child,) = documents.children(archive.db, parent)
    row = documents.get(archive.db, child.id).row
    archive.db.conn.execute("PRAGMA foreign_keys = off")
    for table, column in (
        ("document", "row"),
        ("document_name", "document"),
        ("document_parent", "child"),
        ("text_version", "document"),
        ("text_row", "document"),
    ):
        archive.db.conn.execute(f"DELETE FROM {table} WHERE {column} = ?", (row,))
    archive.db.conn.execute("DELETE FROM original WHERE sha256 = ?", (hashlib.sha256(b"attached words").hexdigest(),))
    archive.db.conn.execute("PRAGMA foreign_keys = on")
    documents.set_open(archive.db, documents.get(archive.db, parent).row, True)
    (folder / "m.eml").unlink()
    report = run(archive, [folder])
    assert report.added == 1
    assert [kin.name for kin in documents.children(archive.db, parent)] == ["notes.txt"]
    assert documents.unfinished(archive.db) == ()
    assert verify.check(archive).faults == ()


def test_a_damaged_container_does_not_stop_the_others(archive: Archive, folder: Path) -> None:
    (folder / "m.eml").write_bytes(mail("Report", os.urandom(60_000).hex().encode()))
    run(archive, [folder])
    parent = documents.get(archive.db, titles(archive)["Report"])
    documents.set_open(archive.db, parent.row, True)
    staged = archive.originals.locate(parent.sha256)
    archive.originals.database(1).conn.execute("DELETE FROM chunk WHERE token = ?", (staged.token,))
    (folder / "a.txt").write_text("other words")
    report = run(archive, [folder])
    assert report.added == 1
    assert "damaged" in {item.code for item in report.unreadable}


def test_a_container_stays_open_where_it_gives_less_than_before(archive: Archive, folder: Path) -> None:
    """As where the worker fails a container, a mailbox for one, that an interrupted import left open."""
    (folder / "m.zip").write_bytes(b"PK\x03\x04 and nothing of a box follows")
    run(archive, [folder])
    (parent,) = held(archive)
    archive.db.conn.execute("UPDATE text_version SET verdict = 'good', reason = ''")
    documents.set_open(archive.db, parent.row, True)
    for _ in range(2):
        report = run(archive, [])
        assert [(item.path, item.code, item.kept) for item in report.unreadable] == [("given/m.zip", "damaged", True)]
        assert documents.unfinished(archive.db) == (parent.id,)


def test_a_container_that_gives_nothing_again_is_closed(archive: Archive, folder: Path) -> None:
    (folder / "m.zip").write_bytes(b"PK\x03\x04 and nothing of a box follows")
    run(archive, [folder])
    (parent,) = held(archive)
    documents.set_open(archive.db, parent.row, True)
    assert run(archive, []).unreadable == ()
    assert documents.unfinished(archive.db) == ()


def test_text_and_metadata_arrive(archive: Archive, folder: Path) -> None:
    (folder / "m.eml").write_bytes(mail("Report on a hearing"))
    run(archive, [folder])
    (document,) = held(archive)
    assert document.metadata.title == "Report on a hearing"
    assert document.metadata.published == "2023-10-03"
    assert document.metadata.type == "message"
    assert document.verdict is Verdict.GOOD
    assert "The body of Report on a hearing." in texts.read(archive.db, document.row, 1)


IMPORT = """
import sys
from pathlib import Path
from archive import unlocking
from archive.container import Archive
from archive.intake.run import run

if __name__ == "__main__":
    path = Path(sys.argv[1])
    with Archive(path, unlocking.unlock(path), write=True) as archive:
        run(archive, [Path(sys.argv[2])], progress=lambda progress: print(progress.done, flush=True))
"""


def test_killed_ten_times_it_ends_the_same(archive: Archive, folder: Path, tmp_path: Path) -> None:
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"text number {number} " * 50)
    for number in range(20):
        (folder / f"{number:03}.eml").write_bytes(mail(f"Mail {number}", f"attachment {number}".encode() * 100))
    with zipfile.ZipFile(folder / "box.zip", "w") as box:
        for number in range(120):
            box.writestr(f"{number}.txt", f"member number {number}")
    script = tmp_path / "import.py"
    script.write_text(IMPORT)
    for attempt in range(10):
        process = subprocess.Popen(
            [sys.executable, str(script), str(archive.path), str(folder)],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout is not None
        # killed at once, or after some progress: each attempt at another point
        for _ in range(attempt % 3):
            process.stdout.readline()
        time.sleep(0.05 * attempt)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    report = run(archive, [folder])
    assert report.inputs == 81
    uninterrupted = tmp_path / "whole.tamarisk"
    with Archive(uninterrupted, container.create(uninterrupted), write=True) as whole:
        run(whole, [folder])
        assert snapshot(archive) == snapshot(whole)
    assert verify.check(archive).faults == ()


def snapshot(archive: Archive) -> list[str]:
    """All that an import decides, without ids and times."""
    found = []
    for document in held(archive):
        names = sorted(name.shown for name in documents.names(archive.db, document.id))
        parents = sorted((kin.title, kin.relation, kin.name) for kin in documents.parents(archive.db, document.id))
        text = texts.read(archive.db, document.row, document.text_version)
        found.append(json.dumps([document.sha256, document.metadata.title, names, parents, text]))
    return sorted(found)


def test_cancelled_before_it_began_it_still_reports(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    report = run(archive, [folder], cancelled=lambda: True)
    assert report.cancelled
    assert documents.count(archive.db) == 0
