"""Reading again: what a limit or a crash ended is not the last word, and nothing good is lost to a later failure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest

from archive import corrections, custody, documents, feed, texts, verify
from archive.container import Archive
from archive.intake import readers
from archive.intake.report import Report
from archive.intake.run import reread, run
from archive.reading.process import ReadingProcess
from archive.records import Confidentiality, Document, Metadata, Verdict
from tests.archive.reading import hostile

Yesterday = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def yesterday(monkeypatch: pytest.MonkeyPatch) -> Yesterday:
    """Within it a media type has the reader of a version of the program that crashes on it."""

    @contextmanager
    def then(media_type: str) -> Iterator[None]:
        broken = {media_type: f"{hostile.__name__}:fail"}
        with monkeypatch.context() as patch:
            patch.setattr(readers, "ReadingProcess", partial(ReadingProcess, readers=broken))
            yield

    return then


def only(archive: Archive) -> Document:
    (document,) = documents.iterate(archive.db, documents.identities(archive.db))
    return document


def accounted(report: Report) -> bool:
    lost = [item for item in report.unreadable if not item.kept]
    return report.inputs + report.members == report.added + report.duplicates + report.reread + len(lost)


def said(report: Report) -> list[tuple[str, str, bool]]:
    return [(item.path, item.code, item.kept) for item in report.unreadable]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    words = "The river rose in spring and the lower road was closed for eleven days. " * 5
    path.write_text(f"<html><head><title>The river</title></head><body><article><p>{words}</p></article></body></html>")
    return path


def test_bytes_given_again_are_read_where_a_crash_ended_it(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    with yesterday("text/html"):
        first = run(archive, [page])
    assert said(first) == [("page.html", "crashed", True)]
    before = only(archive)
    second = run(archive, [page])
    assert accounted(second)
    assert (second.added, second.duplicates, second.reread, second.unreadable) == (0, 0, 1, ())
    document = only(archive)
    assert "the lower road" in texts.read(archive.db, document.row, document.text_version)
    assert (document.text_version, document.verdict, document.media_type) == (2, Verdict.GOOD, "text/html")
    assert (before.metadata.title, document.metadata.title) == ("page.html", "The river")
    assert (before.metadata.type, document.metadata.language) == ("other", "en")
    assert document.metadata.type != "other"
    entry = custody.entries(archive.db, document.id)[-1]
    assert entry.action == "read again"
    assert entry.content is not None
    assert (entry.content["version"], entry.content["title"]) == (2, "The river")
    third = run(archive, [page])
    assert (third.duplicates, third.reread) == (1, 0)
    assert only(archive) == document
    assert verify.check(archive).faults == ()


def test_what_a_person_corrected_stays(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    with yesterday("text/html"):
        run(archive, [page])
    corrections.correct(archive.db, only(archive), Metadata(title="page.html", type="field note"), who="desk")
    corrections.correct(archive.db, only(archive), Metadata(title="Ours", type="field note"), who="desk")
    run(archive, [page])
    assert (only(archive).metadata.title, only(archive).metadata.type) == ("Ours", "field note")
    assert only(archive).verdict is Verdict.GOOD


def test_what_still_fails_is_said_each_time_and_read_once(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    twin = page.with_name("twin.html")
    twin.write_bytes(page.read_bytes())
    with yesterday("text/html"):
        first = run(archive, [page, twin])
        assert accounted(first)
        assert (first.added, first.duplicates) == (1, 1)
        second = run(archive, [page, twin])
    assert accounted(second)
    assert (second.duplicates, second.reread) == (2, 0)
    assert [code for _, code, _ in said(second)] == ["crashed"]
    assert only(archive).text_version == 1


def test_members_that_come_out_now_are_added(archive: Archive, tmp_path: Path, yesterday: Yesterday) -> None:
    path = tmp_path / "box.zip"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("a.txt", "words of a")
        box.writestr("b.txt", "words of b")
    with yesterday("application/zip"):
        run(archive, [path], confidentiality=Confidentiality.CONFIDENTIAL)
    container = only(archive)
    report = run(archive, [path], confidentiality=Confidentiality.PUBLIC)
    assert accounted(report)
    assert (report.added, report.reread, report.members) == (2, 1, 2)
    assert sorted(kin.name for kin in documents.children(archive.db, container.id)) == ["a.txt", "b.txt"]
    held = documents.iterate(archive.db, documents.identities(archive.db))
    assert {document.confidentiality for document in held} == {Confidentiality.CONFIDENTIAL}
    assert documents.unfinished(archive.db) == ()
    assert verify.check(archive).faults == ()


def test_a_member_that_comes_again_is_read_and_hung_up(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    with yesterday("text/html"):
        run(archive, [page])
    document = only(archive)
    inner, outer = io.BytesIO(), page.with_name("outer.zip")
    with zipfile.ZipFile(inner, "w") as box:
        box.write(page, "page.html")
    with zipfile.ZipFile(outer, "w") as box:
        box.writestr("inner.zip", inner.getvalue())
    report = run(archive, [outer])
    assert accounted(report)
    assert (report.added, report.reread, report.members) == (2, 1, 2)
    assert [kin.title for kin in documents.parents(archive.db, document.id)] == ["inner.zip"]
    assert documents.get(archive.db, document.id).verdict is Verdict.GOOD
    assert documents.unfinished(archive.db) == ()
    volumes = [archive.originals.database(number) for number in archive.originals.volumes()]
    assert sum(volume.table("chunk").count for volume in volumes) == 3, "no bytes without a record"


def test_asked_for_a_document_is_read_again(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    with yesterday("text/html"):
        run(archive, [page])
    page.unlink()
    report = reread(archive, documents.identities(archive.db))
    assert (report.inputs, report.reread, report.duplicates, report.unreadable) == (1, 1, 0, ())
    assert only(archive).verdict is Verdict.GOOD


def test_a_good_text_is_not_lost_to_a_failure(archive: Archive, page: Path, yesterday: Yesterday) -> None:
    run(archive, [page])
    before = only(archive)
    with yesterday("text/html"):
        report = reread(archive, [before.id])
    assert (report.inputs, report.reread, said(report)) == (1, 0, [("page.html", "crashed", True)])
    assert only(archive) == before


def test_the_same_reading_changes_nothing(archive: Archive, page: Path) -> None:
    box = page.with_name("box.zip")
    with zipfile.ZipFile(box, "w") as made:
        made.write(page, "page.html")
        made.writestr("empty.txt", "")
    run(archive, [box])
    position, whole = feed.position(archive.db), list(documents.iterate(archive.db, documents.identities(archive.db)))
    report = reread(archive, documents.identities(archive.db))
    assert (report.inputs, report.added, report.reread, report.unreadable) == (3, 0, 0, ())
    assert [(item.path, item.reason) for item in report.no_text] == [("box.zip/empty.txt", "empty")]
    assert list(documents.iterate(archive.db, documents.identities(archive.db))) == whole
    custody_after = [entry.action for document in whole for entry in custody.entries(archive.db, document.id)]
    assert set(custody_after) == {"received"}
    names = [name for document in whole for name in documents.names(archive.db, document.id)]
    assert len(names) == 3
    assert documents.unfinished(archive.db) == ()
    assert feed.position(archive.db) - position <= 2, "the container was marked open and complete again"


def test_an_original_that_is_absent_is_said(archive: Archive, page: Path) -> None:
    run(archive, [page])
    archive.db.conn.execute("DELETE FROM original")
    report = reread(archive, documents.identities(archive.db))
    assert (report.inputs, said(report)) == (1, [("page.html", "original-absent", True)])
